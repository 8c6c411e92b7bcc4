"""Health: GP registrations, hospital and community visits, mental health and substance services."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.city.behaviour import CLINICS, NATURES
from data.city.clock import RECORDS_DAY, TODAY_DAY
from data.city.identity import Habits
from data.city.writers.frame import Book, day_column, words
from data.sources.gp_registration import FIELDS as GP_FIELDS
from data.sources.hospital import FIELDS as HOSPITAL_FIELDS
from data.sources.mental_health import FIELDS as MIND_FIELDS

GP = Habits(nhs=0.985, forename=0.05, surname=0.045, birth=0.03, stale=0.12, no_home=0.01, prefix="G")
HOSPITAL = Habits(nhs=0.9, forename=0.06, surname=0.05, birth=0.035, stale=0.28, named_after=5, prefix="H")
MIND = Habits(nhs=0.8, forename=0.06, surname=0.055, birth=0.04, stale=0.26, prefix="W")


def write(book: Book) -> None:
    """All health feeds."""
    _gp(book)
    _hospital(book)
    _mind(book)


def _gp(book: Book) -> None:
    """A registration for each home a person has had; one move in three is never told to the practice."""
    rng, register = book.rng("gp_registration"), book.register("gp_registration", GP)
    people, homes = book.true.people, book.true.homes
    registered = np.flatnonzero(
        (rng.random(len(people)) < 0.965) & (people.left > RECORDS_DAY) & (people.arrived < TODAY_DAY)
    )
    person, begin = _home_spells(book, registered)
    first = np.append(True, np.diff(person) != 0)
    told = first | (rng.random(len(person)) < 0.66)
    person, begin = person[told], np.where(first, begin, begin + rng.integers(5, 240, len(begin)))[told]
    end = np.where(
        np.append(np.diff(person) == 0, False), np.append(begin[1:], 0), np.minimum(people.left[person], TODAY_DAY)
    )
    fine = (begin < end) & (end > RECORDS_DAY) & (begin < TODAY_DAY - 20)
    person, begin, end = person[fine], begin[fine], end[fine]
    ward = homes.places.ward(homes.at(person, np.maximum(begin, RECORDS_DAY)))
    practice = np.array([f"Practice {n + 1}" for n in range(2 * len(homes.places.ward_area))])
    book.write(
        "gp_registration",
        "registration",
        {
            "patient_id": register.locals(person),
            **register.fields(GP_FIELDS, person, begin),
            "practice": pa.array(practice[ward * 2 + person % 3 // 2]),
            "from_date": day_column(begin),
            "to_date": day_column(end),
        },
    )


def _home_spells(book: Book, person: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(person, first day) of each home spell since the person came to the city."""
    people, homes = book.true.people, book.true.homes
    start = np.searchsorted(homes.household, np.arange(int(homes.household.max()) + 2))
    household = people.family[person]
    span = start[household + 1] - start[household]
    row = np.repeat(np.arange(len(person)), span)
    at = start[household][row] + np.arange(len(row)) - np.repeat(np.cumsum(span) - span, span)
    who = person[row]
    begin = np.maximum(homes.first[at], people.arrived[who]).astype(np.int64)
    after = np.append(homes.first[1:], 0)[at]
    last = np.append(np.diff(homes.household) != 0, True)[at]
    stays = (last | (after > people.arrived[who])) & (begin < people.left[who]) & (begin < homes.leaves[who])
    return who[stays], begin[stays]


def _hospital(book: Book) -> None:
    register = book.register("hospital", HOSPITAL)
    visit, appointment = book.happened("emergency"), book.happened("appointment")
    book.write_by_year(
        "hospital",
        "emergency",
        {
            "hospital_id": register.locals(visit["child"]),
            "nature": words(NATURES, visit["nature"]),
            "attended_on": day_column(visit["day"]),
        },
        visit["day"],
    )
    book.write_by_year(
        "hospital",
        "appointment",
        {
            "hospital_id": register.locals(appointment["child"]),
            "clinic": words(CLINICS, appointment["clinic"]),
            "outcome": words(("missed", "kept"), appointment["kept"].astype(int)),
            "booked_for": day_column(appointment["day"]),
        },
        appointment["day"],
    )
    seen = np.zeros(len(book.true.people), np.int64)
    for table in (visit, appointment):
        np.maximum.at(seen, table["child"], table["day"])
    who, on = _with_births(book, seen)
    book.write(
        "hospital",
        "patient",
        {
            "hospital_id": register.locals(who),
            **register.fields(HOSPITAL_FIELDS, who, on),
            "seen_on": day_column(on),
        },
    )


def _with_births(book: Book, seen: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(person, day) of every row: as last seen, and for those born here as they were on the day of their birth."""
    people, size = book.true.people, book.run.lives.children
    birth = people.birth[:size]
    born = np.flatnonzero((people.arrived[:size] <= birth) & (birth >= RECORDS_DAY) & (birth < TODAY_DAY))
    born = born[book.rng("born in hospital").random(len(born)) < 0.93]
    who = np.concatenate([born, np.flatnonzero(seen)])
    on = np.concatenate([birth[born], seen[seen > 0]])
    order = np.lexsort([on, who])
    return who[order], on[order]


def _mind(book: Book) -> None:
    rng, register = book.rng("mental_health"), book.register("mental_health", MIND)
    table = book.happened("mental_referral")
    who, day = table["person"], table["day"]
    reason = words(
        ("low mood or anxiety", "self-harm", "behaviour", "trauma", "eating", "other"),
        rng.choice(6, len(who), p=[0.45, 0.12, 0.15, 0.12, 0.06, 0.1]),
    )
    began = table["begins"] < TODAY_DAY
    book.write(
        "mental_health",
        "referral",
        {
            "mh_id": register.locals(who),
            **register.fields(MIND_FIELDS, who, day),
            "reason": reason,
            "referred_on": day_column(day),
            "care_from": day_column(np.where(began, table["begins"], -1)),
            "care_to": day_column(np.where(began, table["to"], -1)),
        },
    )
    table = book.happened("treatment")
    who, day = table["person"], table["day"]
    book.write(
        "mental_health",
        "treatment",
        {
            "mh_id": register.locals(who),
            **register.fields(MIND_FIELDS, who, day),
            "substance": words(
                ("alcohol", "cannabis", "opiates", "other drugs"), rng.choice(4, len(who), p=[0.4, 0.33, 0.12, 0.15])
            ),
            "from_date": day_column(day),
            "to_date": day_column(table["to"]),
        },
    )
