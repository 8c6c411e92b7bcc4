"""Education welfare and special needs: what follows from absence, from moves, and from how a child learns."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.city.clock import RECORDS_DAY, TODAY_DAY, YEAR
from data.city.identity import Habits
from data.city.log import take
from data.city.members import adult_of, apart, in_town
from data.city.population import MOTHER
from data.city.schooling import half_term
from data.city.writers.frame import Book, day_column, words
from data.city.writers.home_taught import home_taught
from data.sources.education_welfare import FIELDS as WELFARE_FIELDS
from data.sources.special_needs import FIELDS as NEEDS_FIELDS

WELFARE = Habits(upn=0.9, forename=0.055, surname=0.05, birth=0.03, stale=0.2, prefix="EW")
NEEDS = Habits(upn=0.82, nhs=0.4, forename=0.05, surname=0.05, birth=0.03, stale=0.22, prefix="SN")
STEPS = ("letter", "penalty", "supervision", "court")
MISSING, HOME, REDUCED = range(3)
TRUANT = 8  # sessions without permission in a half term, at which the service looks
NEED_TYPES = ("ASD", "SEMH", "MLD", "SLCN", "SPLD", "PD", "SLD", "HI")
WEEKS = 140  # days in which a plan must be issued (20 weeks)


def write(book: Book) -> None:
    """Both feeds."""
    _notices(book)
    _episodes(book)
    _special_needs(book)


def _notices(book: Book) -> None:
    """Steps against the parent of a child who missed many sessions without permission: each harder than the last."""
    rng, register = book.rng("education_welfare"), book.register("education_welfare", WELFARE)
    child, day = _truants(book, rng)
    before = np.arange(len(child)) - np.searchsorted(child, child)
    step = np.select(
        [before == 0, before == 1], [(rng.random(len(child)) < 0.5).astype(int), np.ones(len(child), int)],
        rng.choice([1, 2, 3], len(child), p=[0.6, 0.05, 0.35]),
    )  # fmt: skip
    mother = adult_of(book.run, MOTHER)[book.run.lives.family[child]]
    hers = in_town(book.run, mother, day) & (rng.random(len(child)) < 0.94)
    parent = np.where(hers, mother, child)
    own = register.fields(("forename", "surname", "birth_date", "sex", "upn", "postcode"), child, day)
    other = register.fields(("forename", "surname"), parent, day)
    hidden = pa.array(~hers)
    book.write_by_year(
        "education_welfare",
        "notice",
        {
            "ews_child": register.locals(child),
            "child_forename": own["forename"],
            "child_surname": own["surname"],
            "child_birth_date": own["birth_date"],
            "child_sex": own["sex"],
            "upn": own["upn"],
            "ews_parent": _unless(hidden, register.locals(parent)),
            "parent_forename": _unless(hidden, other["forename"]),
            "parent_surname": _unless(hidden, other["surname"]),
            "postcode": own["postcode"],
            "step": words(STEPS, step),
            "issued_on": day_column(day),
        },
        day,
    )


def _unless(hidden: pa.Array, column: pa.Array) -> pa.Array:
    return pa.compute.if_else(hidden, pa.nulls(len(column), column.type), column)


def _truants(book: Book, rng: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(child, day) of each legal step, in order: one in sixteen half terms with much absence without permission."""
    table = book.run.lives.log.table("attendance")
    table = take(table, (table["unauthorised"] >= TRUANT) & (table["year"] >= 1))
    table = take(table, rng.random(len(table["child"])) < 0.06)
    ends = {month: half_term(month)[1] for month in np.unique(table["month"]).tolist()}
    day = np.array([ends.get(month, 0) for month in range(133)], np.int64)[table["month"]]
    day = day + rng.integers(12, 50, len(day))
    child = table["child"].astype(np.int64)
    keep = (day >= RECORDS_DAY) & (day < TODAY_DAY - 7) & in_town(book.run, child, day)
    child, day = child[keep], day[keep]
    order = np.lexsort([day, child])
    return child[order], day[order]


def _episodes(book: Book) -> None:
    """Missing education, taught at home, on a reduced timetable."""
    register = book.register("education_welfare", WELFARE)
    rng = book.rng("education episodes")
    taught = home_taught(book)
    parts = [_waiting(book, rng), _after_exclusion(book, rng), _reduced(book, rng)]
    parts.append((taught["child"], taught["from"], taught["to"], np.full(len(taught["child"]), HOME)))
    child, begin, end, status = (np.concatenate([part[i] for part in parts]).astype(np.int64) for i in range(4))
    keep = in_town(book.run, child, begin) & (begin >= RECORDS_DAY) & (begin < TODAY_DAY - 14)
    keep &= apart(child * 3 + status, begin, end)
    child, begin, end, status = child[keep], begin[keep], end[keep], status[keep]
    book.write(
        "education_welfare",
        "episode",
        {
            "ews_child": register.locals(child),
            **register.fields(WELFARE_FIELDS, child, begin),
            "status": words(("missing", "home", "reduced"), status),
            "began_on": day_column(begin),
            "finished_on": day_column(end),
        },
    )


Episodes = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def _waiting(book: Book, rng: np.random.Generator) -> Episodes:
    """Children of school age who came to the city: half are without a school for some weeks."""
    people, size = book.run.lives.people, book.run.lives.children
    came = people.arrived[:size].astype(np.int64)
    age = (came - people.birth[:size]) / YEAR
    child = np.flatnonzero((age > 5) & (age < 15.8) & (rng.random(size) < 0.5))
    begin = came[child] + rng.integers(5, 20, len(child))
    return child, begin, begin + rng.integers(14, 60, len(child)), np.full(len(child), MISSING)


def _after_exclusion(book: Book, rng: np.random.Generator) -> Episodes:
    """After a permanent exclusion, until another school takes the child: mostly longer than the six days allowed."""
    out = book.happened("suspension")
    out = take(out, out["permanent"] & (rng.random(len(out["day"])) < 0.75))
    begin = out["day"].astype(np.int64) + 7
    to = begin + 5 + rng.gamma(2, 18, len(begin)).astype(np.int64)
    return out["child"].astype(np.int64), begin, to, np.full(len(begin), MISSING)


def _reduced(book: Book, rng: np.random.Generator) -> Episodes:
    """Schools that can't manage a child's behaviour cut the day short after a long suspension."""
    long = book.happened("suspension")
    long = take(long, (long["sessions"] >= 4) & (rng.random(len(long["day"])) < 0.16))
    begin = long["day"].astype(np.int64) + long["sessions"] // 2 + 3
    to = begin + 14 + rng.gamma(2, 35, len(begin)).astype(np.int64)
    return long["child"].astype(np.int64), begin, to, np.full(len(begin), REDUCED)


def _special_needs(book: Book) -> None:
    """Requests for assessment: those that schools' census shows with a plan got one; others asked in vain."""
    rng, register, lives = book.rng("special_needs"), book.register("special_needs", NEEDS), book.run.lives
    child, noticed, has_plan = _asking(book, rng)
    wait = np.where(has_plan, WEEKS + rng.gamma(2, 30, len(child)), 0).astype(np.int64)
    asked = noticed - wait
    plan_to = np.minimum(lives.people.birth[child].astype(np.int64) + 19 * 365, lives.people.left[child])
    keep = (
        (asked < TODAY_DAY - 10) & (np.where(has_plan, plan_to, asked) > RECORDS_DAY) & in_town(book.run, child, asked)
    )
    child, asked, noticed, plan_to = (column[keep] for column in (child, asked, noticed, plan_to))
    has_plan = has_plan[keep]
    waiting = (np.where(has_plan, noticed, asked + 42)) >= TODAY_DAY
    decision = np.where(waiting, 3, np.where(has_plan, 2, (rng.random(len(child)) < 0.2).astype(int)))
    issued = has_plan & ~waiting
    book.write(
        "special_needs",
        "request",
        {
            "sen_id": register.locals(child),
            **register.fields(NEEDS_FIELDS, child, np.maximum(asked, RECORDS_DAY)),
            "primary_need": words(NEED_TYPES, _need_type(book, child, rng)),
            "requested_on": day_column(asked),
            "decision": words(("refused", "no_plan", "plan", "waiting"), decision),
            "plan_from": day_column(np.where(issued, noticed, -1)),
            "plan_to": day_column(np.where(issued, plan_to, -1)),
        },
    )


def _asking(book: Book, rng: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """(child, day on which the need is plain, whether it is met by a plan), by the measure of the schools' census."""
    lives = book.run.lives
    child = np.arange(lives.children)
    need, spread = lives.traits["need"], (child * 2654435761 % 1000) / 1000
    age = np.clip(4.3 + 7 * spread**2 - 0.6 * need, 2.5, 15)
    plan = need + 0.5 * spread > 2.4
    asks = plan | ((need + 0.5 * spread > 1.4) & (rng.random(lives.children) < 0.3))
    noticed = lives.people.birth[: lives.children].astype(np.int64) + (age * YEAR).astype(np.int64)
    asks &= noticed < TODAY_DAY + WEEKS + 300
    return child[asks], noticed[asks], plan[asks]


def _need_type(book: Book, child: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    """The main need as the team sees it."""
    traits = book.run.lives.traits
    drawn = rng.choice(8, len(child), p=[0.06, 0.2, 0.16, 0.28, 0.18, 0.06, 0.03, 0.03])
    plain = np.select([traits[name][child] > 0 for name in ("autism", "learning", "adhd")], [0, 2, 1], -1)
    return np.where((plain >= 0) & (rng.random(len(child)) < 0.8), plain, drawn)
