"""Community safety and the domestic abuse service: what offends neighbours, and what goes on at home."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.city.behaviour import OFFENCES
from data.city.chronicle import quarters, strikes
from data.city.clock import TODAY_DAY
from data.city.households import OWNED
from data.city.identity import Habits
from data.city.log import Table, take
from data.city.members import Members, adult_of, in_town, man_at_home
from data.city.population import MOTHER
from data.city.writers.frame import Book, day_column, numbered, words
from data.sources.community_safety import FIELDS as SAFETY_FIELDS
from data.sources.domestic_abuse_service import FIELDS as HAVEN_FIELDS

SAFETY = Habits(forename=0.1, surname=0.075, birth=0.06, stale=0.15, no_home=0.05, prefix="CS")
HAVEN = Habits(forename=0.075, surname=0.07, birth=0.045, stale=0.3, no_home=0.42, prefix="HV")
NATURES = ("noise", "rowdy", "intimidation", "damage", "drugs", "vehicles", "litter", "neighbours", "cuckooing")
ACTIONS = ("warning", "contract", "notice", "injunction", "order", "closure")
SUPPORTS = ("advocate", "outreach", "refuge", "child", "programme")
ADVOCATE, OUTREACH, REFUGE, CHILD_WORK, PROGRAMME = range(5)
TOGETHER = tuple(OFFENCES.index(name) for name in ("damage", "order", "vehicle", "theft"))
ASKED_BIRTH = 0.35  # of complainants give a date of birth

Rows = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def write(book: Book) -> None:
    """Both feeds."""
    named = _cases(book)
    _actions(book, named)
    _support(book)
    _conferences(book)


def _cases(book: Book) -> Table:
    """Cases with those named and, of six in ten, who complained. The named, in order of day."""
    rng, register = book.rng("community_safety"), book.register("community_safety", SAFETY)
    named = _named(book, rng)
    table = _and_complainants(book, named, rng)
    closed = (
        table["day"]
        + 20
        + book.rng("cases close").gamma(2, 45, int(table["case"].max(initial=0)) + 1).astype(int)[table["case"]]
    )
    keep = table["day"] < TODAY_DAY - 5
    table, closed = take(table, keep), closed[keep]
    fields = register.fields(SAFETY_FIELDS, table["who"], table["day"])
    hidden = pa.array((table["role"] == 1) & (rng.random(len(table["who"])) > ASKED_BIRTH))
    fields["birth_date"] = pa.compute.if_else(hidden, pa.scalar(None, pa.date32()), fields["birth_date"])
    book.write_by_year(
        "community_safety",
        "case",
        {
            "asb_person": register.locals(table["who"]),
            **fields,
            "case_ref": numbered("ASB", table["case"]),
            "role": words(("named", "complainant"), table["role"]),
            "nature": words(NATURES, table["nature"]),
            "opened_on": day_column(table["day"]),
            "closed_on": day_column(closed),
        },
        table["day"],
    )
    return take(named, named["day"] < TODAY_DAY - 5)


def _named(book: Book, rng: np.random.Generator) -> Table:
    """Young people reported, alone or with friends; and homes with drink, drugs or crime in them."""
    young = book.happened("antisocial")
    young = take(young, rng.random(len(young["day"])) < 0.2)
    friends = book.happened("suspect")
    friends = take(
        friends, (friends["joint"] >= 0) & np.isin(friends["offence"], TOGETHER) & (friends["joint"] % 3 == 0)
    )
    homes, day = _loud_homes(book, rng)
    who = np.concatenate([young["person"], friends["person"], homes]).astype(np.int64)
    days = np.concatenate([young["day"] + 3, friends["day"] + 9, day]).astype(np.int64)
    key = np.concatenate([-1 - np.arange(len(young["day"])), friends["joint"], -1_000_000 - np.arange(len(homes))])
    nature = np.concatenate(
        [
            rng.choice([1, 2, 3, 5], len(young["day"])),
            rng.choice([1, 3], len(friends["day"])),
            rng.choice([0, 2, 4, 6, 7, 8], len(homes), p=[0.36, 0.14, 0.16, 0.1, 0.2, 0.04]),
        ]
    )
    order = np.lexsort([who, days])
    _, case = np.unique(key, return_inverse=True)
    table: Table = {"who": who, "day": days, "case": case, "nature": nature}
    return take(table, order)


def _loud_homes(book: Book, rng: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(person, day): one adult of a rented home in trouble; landlords see what owners' neighbours put up with."""
    told, run = book.run.chronicle, book.run
    rented = np.where(run.lives.homes.tenure[: len(run.lives.families)] == OWNED, 0.35, 1.0)
    parts = []
    for quarter in quarters():
        crime, drink = (told.trouble(name, quarter) for name in ("parent_offending", "parent_substance"))
        parts.append(strikes(rng, quarter, rented * (0.0008 + 0.011 * crime + 0.009 * drink)))
    family, day = (np.concatenate([part[i] for part in parts]).astype(np.int64) for i in range(2))
    man = man_at_home(run, family, day)
    who = np.where((man >= 0) & (rng.random(len(family)) < 0.5), man, adult_of(run, MOTHER)[family])
    here = in_town(run, who, day)
    return who[here], day[here]


def _and_complainants(book: Book, named: Table, rng: np.random.Generator) -> Table:
    """The named and, for six cases in ten, a mother from anywhere in the city who lives near enough to mind."""
    case, first = np.unique(named["case"], return_index=True)
    tells = first[rng.random(len(case)) < 0.6]
    mothers = adult_of(book.run, MOTHER)
    who = mothers[rng.integers(0, len(mothers), len(tells))]
    tells, who = tells[in_town(book.run, who, named["day"][tells])], who[in_town(book.run, who, named["day"][tells])]
    role = np.repeat([0, 1], [len(named["who"]), len(tells)])
    return {
        "who": np.concatenate([named["who"], who]),
        **{name: np.concatenate([named[name], named[name][tells]]) for name in ("day", "case", "nature")},
        "role": role,
    }


def _actions(book: Book, named: Table) -> None:
    """A warning for one in three; whoever comes again meets something harder."""
    rng, register = book.rng("community actions"), book.register("community_safety", SAFETY)
    order = np.lexsort([named["day"], named["who"]])
    who, day = named["who"][order], named["day"][order]
    again = np.append(False, who[1:] == who[:-1]) if len(who) else np.empty(0, bool)
    acts = rng.random(len(who)) < np.where(again, 0.6, 0.34)
    hard = rng.choice([1, 2, 3, 4, 5], len(who), p=[0.42, 0.34, 0.13, 0.08, 0.03])
    issued = day + rng.integers(5, 60, len(who))
    acts &= issued < TODAY_DAY - 5
    book.write(
        "community_safety",
        "action",
        {
            "asb_person": register.locals(who[acts]),
            "action": words(ACTIONS, np.where(again, hard, 0)[acts]),
            "issued_on": day_column(issued[acts]),
        },
    )


def _support(book: Book) -> None:
    """The service takes on mothers after incidents or of their own accord, some with their children, and a few men."""
    rng, register = book.rng("domestic_abuse_service"), book.register("domestic_abuse_service", HAVEN)
    family, day, grade = _seeking(book, rng)
    flees = (grade == 3) & (rng.random(len(family)) < 0.16)
    end = day + 14 + rng.gamma(2, 55, len(family)).astype(np.int64)
    mother = np.where(flees, REFUGE, np.where(grade == 3, ADVOCATE, OUTREACH))
    row, child = Members(book.run).children(family, day)
    goes = flees[row] | (rng.random(len(row)) < 0.25)
    row, child = row[goes], child[goes]
    men = man_at_home(book.run, family, day)
    course = np.flatnonzero((men >= 0) & (rng.random(len(family)) < 0.05))
    at = np.concatenate([np.arange(len(family)), row, course])
    who = np.concatenate([adult_of(book.run, MOTHER)[family], child, men[course]])
    kind = np.concatenate([mother, np.where(flees[row], REFUGE, CHILD_WORK), np.full(len(course), PROGRAMME)])
    keep = in_town(book.run, who, day[at]) & (day[at] < TODAY_DAY - 14)
    at, who, kind = at[keep], who[keep], kind[keep]
    book.write(
        "domestic_abuse_service",
        "support",
        {
            "haven_id": register.locals(who),
            **register.fields(HAVEN_FIELDS, who, day[at]),
            "family_ref": numbered("HF", at),
            "support": words(SUPPORTS, kind),
            "supported_from": day_column(day[at]),
            "supported_to": day_column(end[at]),
        },
    )


def _seeking(book: Book, rng: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """(family, day, grade): after an incident that the police saw, the graver the more; or without any (grade 0)."""
    incident, told = book.happened("domestic"), book.run.chronicle
    parts: list[tuple[NDArray[np.integer], ...]] = []
    comes = rng.random(len(incident["day"])) < np.array([0.0, 0.05, 0.11, 0.34])[incident["grade"]]
    parts.append((incident["family"][comes], incident["day"][comes] + 4, incident["grade"][comes]))
    for quarter in quarters():
        found, on = strikes(rng, quarter, 0.03 * told.trouble("domestic", quarter))
        parts.append((found, on, np.zeros(len(found), np.int8)))
    family, day, grade = (np.concatenate([part[i] for part in parts]).astype(np.int64) for i in range(3))
    return family, day, grade


def _conferences(book: Book) -> None:
    """Half of the gravest incidents come before the conference: mother, the man at home, the children."""
    rng, register = book.rng("risk conference"), book.register("domestic_abuse_service", HAVEN)
    incident = book.happened("domestic")
    grave = take(incident, (incident["grade"] == 3) & (rng.random(len(incident["day"])) < 0.5))
    day = grave["day"].astype(np.int64) + rng.integers(6, 24, len(grave["day"]))
    grave, day = take(grave, day < TODAY_DAY - 3), day[day < TODAY_DAY - 3]
    row, who = Members(book.run).open(grave["family"], day)
    role = book.true.people.role[who]
    young = day[row] - book.true.people.birth[who] < 6574
    keep = (role > 0) | young
    row, who, part = row[keep], who[keep], np.where(role == MOTHER, 0, np.where(role > 0, 1, 2))[keep]
    book.write_by_year(
        "domestic_abuse_service",
        "conference",
        {
            "haven_id": register.locals(who),
            **register.fields(HAVEN_FIELDS, who, day[row]),
            "conference_ref": numbered("RC", row),
            "role": words(("victim", "perpetrator", "child"), part),
            "discussed_on": day_column(day[row]),
        },
        day[row],
    )
