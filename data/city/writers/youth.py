"""Youth justice, what 16 to 18 year-olds do, youth clubs and mentors, and the register of births."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from data.city.clock import RECORDS_DAY, STARTS, TODAY_DAY
from data.city.identity import Habits, age_on
from data.city.log import Table, sort, take
from data.city.writers.frame import Book, day_column, words
from data.sources.neet import FIELDS as NEET_FIELDS
from data.sources.youth_justice import FIELDS as JUSTICE_FIELDS
from data.sources.youth_service import FIELDS as CLUB_FIELDS

JUSTICE = Habits(forename=0.065, surname=0.055, birth=0.04, stale=0.26, prefix="Y")
NEET = Habits(upn=0.85, forename=0.05, surname=0.045, birth=0.03, stale=0.26, prefix="B")
CLUB = Habits(forename=0.12, surname=0.06, birth=0.07, stale=0.22, no_home=0.15, prefix="V")
BIRTHS = Habits(forename=0.02, surname=0.02, birth=0.004, stale=0.0, no_home=0.0, prefix="R")
INTERVENTIONS = ("prevention", "out of court", "youth caution", "referral order", "youth rehabilitation order")


def write(book: Book) -> None:
    """All four feeds."""
    _justice(book)
    _activity(book)
    _clubs(book)
    _births(book)


def _justice(book: Book) -> None:
    """An intervention after about a third of a child's recorded offences."""
    rng, register = book.rng("youth_justice"), book.register("youth_justice", JUSTICE)
    table = book.happened("suspect")
    age = age_on(book.true.people, table["person"], table["day"])
    table = take(table, (age >= 10) & (age < 18) & (rng.random(len(age)) < 0.32))
    begin = table["day"] + rng.gamma(2, 30, len(table["day"])).astype(np.int32)
    keep = begin < TODAY_DAY - 20
    who, begin = table["person"][keep], begin[keep]
    ends = begin + rng.gamma(2.5, 60, len(who)).astype(np.int32)
    book.write(
        "youth_justice",
        "intervention",
        {
            "yot_id": register.locals(who),
            **register.fields(JUSTICE_FIELDS, who, begin),
            "intervention": words(INTERVENTIONS, rng.choice(5, len(who), p=[0.34, 0.3, 0.14, 0.15, 0.07])),
            "started_on": day_column(begin),
            "ended_on": day_column(ends),
            "recorded_on": day_column(begin + rng.integers(0, 15, len(who))),
        },
    )


def _activity(book: Book) -> None:
    """Quarterly states joined into spells."""
    register = book.register("neet", NEET)
    table = sort(book.run.lives.log.table("activity"), "child", "month")
    table = take(table, STARTS[table["month"]] >= RECORDS_DAY - 90)
    child, state = table["child"], table["state"]
    begins = np.append(True, (child[1:] != child[:-1]) | (state[1:] != state[:-1])) if len(child) else np.empty(0, bool)
    at = np.flatnonzero(begins)
    last = np.append(at[1:], len(child)) - 1
    start = STARTS[table["month"][at]] - 30
    until = np.minimum(STARTS[table["month"][last]] + 61, book.true.people.birth[child[at]] + 6574)
    going = (last == len(child) - 1) | (table["month"][last] >= 131)
    past = start < TODAY_DAY - 30
    child, state, start, until, going = child[at][past], state[at][past], start[past], until[past], going[past]
    until = np.maximum(until, start + 10)
    book.write(
        "neet",
        "activity",
        {
            "young_person_id": register.locals(child),
            **register.fields(NEET_FIELDS, child, start),
            "activity": words(("EET", "NEET", "UNKNOWN"), state),
            "from_date": day_column(start),
            "to_date": day_column(np.where(going, TODAY_DAY, until)),
        },
    )


def _clubs(book: Book) -> None:
    register = book.register("youth_service", CLUB)
    table: Table = book.run.lives.log.table("club")
    begin, end = STARTS[table["month"] - 2], STARTS[table["month"] + 1] - 1
    keep = (begin >= RECORDS_DAY) & (end < TODAY_DAY - 14)
    table, begin, end = take(table, keep), begin[keep], end[keep]
    book.write(
        "youth_service",
        "club",
        {
            "member_id": register.locals(table["child"]),
            **register.fields(CLUB_FIELDS, table["child"], begin),
            "quarter_start": day_column(begin),
            "quarter_end": day_column(end),
            "times": pa.array(table["times"]),
        },
    )
    met = book.happened("mentor")
    met = take(met, met["day"] < TODAY_DAY - 14)
    book.write(
        "youth_service",
        "mentor",
        {
            "member_id": register.locals(met["child"]),
            **register.fields(CLUB_FIELDS, met["child"], met["day"]),
            "mentor": words(tuple(f"Mentor {n}" for n in range(1, 31)), met["child"] % 30),
            "from_date": day_column(met["day"]),
            "to_date": day_column(met["to"]),
        },
    )


def _births(book: Book) -> None:
    """Births in the city to families that lived here: fathers are named on four in five of those with one."""
    rng, register = book.rng("registrar"), book.register("registrar", BIRTHS)
    people, lives = book.true.people, book.run.lives
    child = np.flatnonzero(
        (people.arrived[: lives.children] <= people.birth[: lives.children])
        & (people.birth[: lives.children] < TODAY_DAY - 50)
    )
    mothers, fathers = (np.full(len(lives.families), -1, np.int64) for _ in range(2))
    for role, found in ((1, mothers), (2, fathers)):
        of = np.flatnonzero(people.role == role)
        found[people.family[of]] = of
    mother, father = mothers[people.family[child]], fathers[people.family[child]]
    named = (father >= 0) & (rng.random(len(child)) < 0.93)
    on = people.birth[child].astype(np.int64)
    own = register.fields(("forename", "surname", "birth_date", "sex", "postcode"), child, on)
    hers = register.fields(("forename", "surname", "birth_date"), mother, on)
    dad = np.where(named, father, mother)
    his = register.fields(("forename", "surname", "birth_date"), dad, on)
    maiden = pa.array(book.true.new_surname[mother], pa.string(), mask=rng.random(len(child)) < 0.4)
    hidden = pa.array(~named)
    book.write(
        "registrar",
        "birth",
        {
            "child_ref": register.locals(child),
            "child_forename": own["forename"],
            "child_surname": own["surname"],
            "child_birth_date": day_column(people.birth[child]),
            "child_sex": own["sex"],
            "mother_ref": register.locals(mother),
            "mother_forename": hers["forename"],
            "mother_surname": hers["surname"],
            "mother_former_surname": maiden,
            "mother_birth_date": hers["birth_date"],
            "father_ref": _unless(hidden, register.locals(dad)),
            "father_forename": _unless(hidden, his["forename"]),
            "father_surname": _unless(hidden, his["surname"]),
            "father_birth_date": _unless(hidden, his["birth_date"]),
            "postcode": own["postcode"],
            "registered_on": day_column(on + rng.integers(5, 45, len(child))),
        },
    )


def _unless(hidden: pa.Array, column: pa.Array) -> pa.Array:
    return pa.compute.if_else(hidden, pa.nulls(len(column), column.type), column)
