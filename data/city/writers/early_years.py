"""The first five years: health reviews and extra visits, children's centres, funded places for two year-olds."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.city.chronicle import begins, quarters, strikes
from data.city.clock import RECORDS_DAY, TODAY_DAY, YEAR, day
from data.city.identity import Habits
from data.city.log import Table, take
from data.city.members import adult_of, apart, in_town
from data.city.population import MOTHER
from data.city.writers.frame import Book, day_column, numbered, words
from data.city.writers.money import spells
from data.sources.child_health import FIELDS as HEALTH_FIELDS
from data.sources.childrens_centres import FIELDS as CENTRE_FIELDS

HEALTH = Habits(nhs=0.985, forename=0.06, surname=0.06, birth=0.015, stale=0.18, no_home=0.01, prefix="HC")
CENTRE = Habits(forename=0.1, surname=0.06, birth=0.06, stale=0.16, no_home=0.08, prefix="CC")
NEW_SYSTEM = day("2021-04-01")  # the service's computer knows children born since
SHUT = (day("2020-04-01"), day("2021-04-01"))  # children's centres during the pandemic
REVIEWS = {"new_birth": 12, "six_weeks": 49, "one_year": 365, "two_years": 850, "school_entry": 1720}  # age in days
HANDED_ON = 1918  # age in days: five and a quarter
OUTCOMES = ("done", "concern", "missed")
CENTRES = tuple(f"Centre {n}" for n in range(1, 13))


def write(book: Book) -> None:
    """Both feeds."""
    child, taken, handed = _caseload(book)
    _reviews(book, child, taken, handed)
    _extra(book, child, taken, handed)
    _visits(book)
    _places(book)


def _caseload(book: Book) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """(child, from, to): every child born since the new system began, from birth or arrival to school."""
    people, register = book.run.lives.people, book.register("child_health", HEALTH)
    birth = people.birth[: book.run.lives.children].astype(np.int64)
    child = np.flatnonzero((birth >= NEW_SYSTEM) & (birth < TODAY_DAY - 28))
    taken = np.maximum(birth[child] + 10, people.arrived[child] + 20)
    handed = np.minimum(birth[child] + HANDED_ON, people.left[child].astype(np.int64))
    keep = (taken < handed) & (taken < TODAY_DAY)
    child, taken, handed = child[keep], taken[keep], handed[keep]
    book.write(
        "child_health",
        "child",
        {
            "chis_id": register.locals(child),
            **register.fields(HEALTH_FIELDS, child, np.minimum(handed, TODAY_DAY) - 1),
            "taken_on": day_column(taken),
            "handed_on": day_column(handed),
        },
    )
    return child, taken, handed


def _reviews(book: Book, child: NDArray[np.int64], taken: NDArray[np.int64], handed: NDArray[np.int64]) -> None:
    """Each review that falls due: missed where home is disordered, and finding what is there to be found."""
    rng, register = book.rng("child_health"), book.register("child_health", HEALTH)
    ages = np.array([*REVIEWS.values()])
    which = np.tile(np.arange(len(ages)), len(child))
    row = np.repeat(np.arange(len(child)), len(ages))
    due = book.run.lives.people.birth[child[row]].astype(np.int64) + ages[which] + rng.integers(-4, 30, len(row))
    keep = (due >= taken[row]) & (due < handed[row]) & (due < TODAY_DAY - 28)
    who, which, due = child[row][keep], which[keep], due[keep]
    book.write_by_year(
        "child_health",
        "review",
        {
            "chis_id": register.locals(who),
            "review": words(tuple(REVIEWS), which),
            "outcome": words(OUTCOMES, _outcome(book, who, which, due, rng)),
            "due_on": day_column(due),
            "reviewer": words(tuple(f"Health visitor {n}" for n in range(1, 61)), who % 60),
        },
        due,
    )


def _outcome(
    book: Book, child: NDArray[np.int64], which: NDArray[np.int64], due: NDArray[np.int64], rng: np.random.Generator
) -> NDArray[np.int64]:
    lives, family = book.run.lives, book.run.lives.family[child]
    trouble = {name: book.run.chronicle.then(name, family, due) for name in ("neglect", "money", "domestic", "claim")}
    missed = 0.03 + 0.025 * which + 0.16 * trouble["neglect"] + 0.05 * trouble["money"] + 0.04 * trouble["claim"]
    slow = lives.traits["learning"][child] + lives.traits["autism"][child] > 0
    found = (which >= 2) * (0.05 + 0.4 * slow + 0.12 * trouble["neglect"] + 0.05 * trouble["domestic"])
    size = len(child)
    return np.where(rng.random(size) < missed, 2, (rng.random(size) < found).astype(int))


def _extra(book: Book, child: NDArray[np.int64], taken: NDArray[np.int64], handed: NDArray[np.int64]) -> None:
    """Families with young children in trouble, or whose child needs more, are visited more often for a time."""
    rng, register, told = book.rng("extra visits"), book.register("child_health", HEALTH), book.run.chronicle
    lives, parts = book.run.lives, []
    for quarter in (q for q in quarters() if begins(q) >= NEW_SYSTEM):
        here = np.flatnonzero((taken <= begins(quarter)) & (handed > begins(quarter)))
        family = lives.family[child[here]]
        names = ("neglect", "domestic", "parent_mental", "parent_substance")
        need = sum((told.trouble(name, quarter)[family] * 0.03 for name in names), np.full(len(here), 0.006))
        at, on = strikes(rng, quarter, need + 0.02 * lives.traits["learning"][child[here]])
        parts.append((child[here[at]], on.astype(np.int64), (need[at] > 0.06).astype(int)))
    who, on, level = (np.concatenate([part[i] for part in parts]) for i in range(3))
    end = on + 60 + rng.gamma(2, 90, len(who)).astype(np.int64)
    keep = in_town(book.run, who, on) & (on < TODAY_DAY - 28) & apart(who, on, end)
    who, on, level, end = who[keep], on[keep], level[keep], end[keep]
    book.write(
        "child_health",
        "extra",
        {
            "chis_id": register.locals(who),
            "level": words(("targeted", "specialist"), level),
            "extra_from": day_column(on),
            "extra_to": day_column(end),
        },
    )


def _visits(book: Book) -> None:
    """Mothers and their youngest child at a children's centre: those who need it rather more, the unwatched less."""
    rng, register = book.rng("childrens_centres"), book.register("childrens_centres", CENTRE)
    table = _goers(book, rng)
    begin, end = (np.array([begins(q) for q in range(45)])[table["quarter"] + step] for step in (0, 1))
    order = np.lexsort([table["who"], begin])
    table, begin, end = take(table, order), begin[order], end[order] - 1
    family = book.true.people.family[table["who"]]
    book.write_by_year(
        "childrens_centres",
        "attendance",
        {
            "centre_member": register.locals(table["who"]),
            **register.fields(CENTRE_FIELDS, table["who"], begin),
            "family_ref": numbered("CF", family),
            "role": words(("child", "parent"), table["parent"]),
            "centre": words(CENTRES, family % len(CENTRES)),
            "visits_from": day_column(begin),
            "visits_to": day_column(end),
            "visits": pa.array(1 + rng.poisson(4, len(family))),
        },
        begin,
    )


def _goers(book: Book, rng: np.random.Generator) -> Table:
    """Who goes in which quarter, with each youngest child under five and two mothers in three."""
    lives, parts = book.run.lives, []
    families, people = lives.families, lives.people
    mother = adult_of(book.run, MOTHER)
    likes = 0.16 * np.exp(0.3 * families.adversity + 0.3 * np.minimum(families.watched, 1.5)) > rng.random(
        len(families)
    )
    for quarter in quarters():
        first = begins(quarter)
        if SHUT[0] <= first < SHUT[1] or begins(quarter + 1) > TODAY_DAY - 14:
            continue
        young = np.flatnonzero(
            (first - people.birth[: lives.children] < 5 * YEAR) & (people.birth[: lives.children] < first)
        )
        young = young[in_town(book.run, young, np.full(len(young), first))]
        young = young[likes[lives.family[young]] & (rng.random(len(young)) < 0.42)]
        hers = mother[lives.family[young]]
        hers = np.unique(hers[(rng.random(len(young)) < 0.65) & in_town(book.run, hers, np.full(len(young), first))])
        who, parent = np.concatenate([young, hers]), np.repeat([0, 1], [len(young), len(hers)])
        parts.append({"who": who, "parent": parent, "quarter": np.full(len(who), quarter)})
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _places(book: Book) -> None:
    """Funded places from two for seven in ten children of families on a claim, until the third birthday and a term."""
    rng, register, lives = book.rng("early places"), book.register("childrens_centres", CENTRE), book.run.lives
    family, since, until = spells(book, "claim")
    birth = lives.people.birth[: lives.children].astype(np.int64)
    child = np.flatnonzero(birth < TODAY_DAY)
    two = birth[child] + 730
    last = (
        np.searchsorted(family * 100_000 + since, lives.family[child].astype(np.int64) * 100_000 + two, side="right")
        - 1
    )
    due = (last >= 0) & (family[np.maximum(last, 0)] == lives.family[child]) & (until[np.maximum(last, 0)] > two)
    begin = two + rng.integers(15, 120, len(child))
    keep = due & (rng.random(len(child)) < 0.7) & (begin >= RECORDS_DAY) & (begin < TODAY_DAY - 21)
    keep &= in_town(book.run, child, begin)
    child, begin = child[keep], begin[keep]
    book.write(
        "childrens_centres",
        "place",
        {
            "centre_member": register.locals(child),
            **register.fields(CENTRE_FIELDS, child, begin),
            "provider": words(tuple(f"Nursery {n}" for n in range(1, 81)), lives.family[child] % 80),
            "place_from": day_column(begin),
            "place_to": day_column(birth[child] + 1095 + 60),
        },
    )
