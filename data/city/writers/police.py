"""The police: missing people, crime, anti-social behaviour, domestic abuse. One set of person numbers for all."""

from __future__ import annotations

import numpy as np

from data.city.behaviour import OFFENCES
from data.city.clock import TODAY_DAY
from data.city.identity import Habits
from data.city.log import Table, take
from data.city.members import Members
from data.city.writers.frame import Book, day_column, moment, numbered, words
from data.sources.police_crime import FIELDS as CRIME_FIELDS
from data.sources.police_domestic import FIELDS as DOMESTIC_FIELDS

HABITS = Habits(forename=0.085, surname=0.07, birth=0.06, stale=0.32, no_home=0.08, prefix="N")
MISSING_FIELDS = ("forename", "surname", "birth_date", "sex", "ethnicity", "postcode", "uprn")
NATURES = ("noise", "damage", "intimidation", "drinking in public", "vehicles", "trespass")


def write(book: Book) -> None:
    """All four police feeds."""
    _missing(book)
    _crime(book)
    _antisocial(book)
    _domestic(book)


def _recorded(book: Book, table: Table, mean: float) -> tuple[Table, np.ndarray]:
    """Rows recorded by today, and the day each was: most at once, some weeks late."""
    late = np.where(book.rng(f"late {mean} {len(table['day'])}").random(len(table["day"])) < 0.8, 0, 1)
    wait = book.rng(f"wait {mean} {len(table['day'])}").exponential(mean, len(table["day"])) * late
    recorded = (table["day"] + np.floor(wait)).astype(np.int32)
    keep = recorded < TODAY_DAY
    return take(table, keep), recorded[keep]


def _missing(book: Book) -> None:
    rng, register = book.rng("police_missing"), book.register("police_missing", HABITS)
    table, recorded = _recorded(book, _reported(book), 6)
    child, day, size = table["child"], table["day"], len(table["child"])
    left = rng.integers(600, 1439, size)
    back = left + np.round(table["hours"] * 60).astype(np.int64)
    recorded = np.maximum(recorded, day + back // 1440 * (rng.random(size) < 0.3)).astype(np.int32)
    interview = rng.random(size) < 0.62
    found = moment(day, back)
    book.write_by_year(
        "police_missing",
        "episode",
        {
            "nominal": register.locals(child),
            **register.fields(MISSING_FIELDS, child, day),
            "report_ref": numbered("M", np.arange(size)),
            "joint_ref": numbered("J", table["joint"]),
            "missing_from": moment(day, left),
            "found_at": found,
            "risk_grade": words(("low", "medium", "high"), rng.choice(3, size, p=[0.25, 0.6, 0.15])),
            "harm_disclosed": table["harmed"] & interview,
            "return_interview": interview,
            "recorded_on": day_column(np.minimum(recorded, TODAY_DAY - 1)),
        },
        day,
    )


def _reported(book: Book) -> Table:
    """Carers report most children who go missing; families that are little watched report fewer."""
    table = book.happened("missing")
    lives = book.run.lives
    watched = lives.families.watched[lives.family[table["child"]]]
    told = book.rng("police_missing told").random(len(watched)) < 1 / (1 + np.exp(-(1.5 + 0.7 * watched)))
    return take(table, told)


def _crime(book: Book) -> None:
    rng, register = book.rng("police_crime"), book.register("police_crime", HABITS)
    suspects, victims = book.happened("suspect"), book.happened("victim")
    told = rng.random(len(victims["person"])) < np.where(victims["offence"] == 1, 0.33, 0.7)
    victims = take(victims, told)
    own = np.arange(len(suspects["person"]))
    joint = suspects["joint"]
    # Those who offended together share the crime number of the first of them.
    lead = {int(j): int(i) for i, j in zip(own[joint >= 0][::-1], joint[joint >= 0][::-1], strict=True)}
    reference = np.where(joint >= 0, [lead.get(int(j), 0) for j in joint], own)
    table = {name: np.concatenate([suspects[name], victims[name]]) for name in ("person", "day", "offence")}
    table["role"] = np.repeat([0, 1], [len(own), len(victims["person"])])
    table["ref"] = np.concatenate([reference, len(own) + np.arange(len(victims["person"]))])
    table, recorded = _recorded(book, table, 25)
    person, day = table["person"], table["day"]
    book.write_by_year(
        "police_crime",
        "crime",
        {
            "nominal": register.locals(person),
            **register.fields(CRIME_FIELDS, person, day),
            "crime_ref": numbered("C", table["ref"]),
            "role": words(("suspect", "victim"), table["role"]),
            "offence": words(OFFENCES, table["offence"]),
            "committed_on": day_column(day),
            "recorded_on": day_column(recorded),
        },
        day,
    )


def _antisocial(book: Book) -> None:
    rng, register = book.rng("police_antisocial"), book.register("police_crime", HABITS)
    table, recorded = _recorded(book, book.happened("antisocial"), 12)
    person, day = table["person"], table["day"]
    book.write_by_year(
        "police_crime",
        "antisocial",
        {
            "nominal": register.locals(person),
            **register.fields(CRIME_FIELDS, person, day),
            "report_ref": numbered("A", np.arange(len(day))),
            "nature": words(NATURES, rng.integers(0, len(NATURES), len(day))),
            "happened_on": day_column(day),
            "recorded_on": day_column(recorded),
        },
        day,
    )


def _domestic(book: Book) -> None:
    """Each incident: the mother most often the victim, a man at home the suspect, most of the children present."""
    rng, register = book.rng("police_domestic"), book.register("police_domestic", HABITS)
    incident, recorded = _recorded(book, book.happened("domestic"), 4)
    row, person = Members(book.run).open(incident["family"], incident["day"])
    people, day = book.true.people, incident["day"][row]
    role, adult = people.role[person], people.role[person] > 0
    young = ~adult & ((day - people.birth[person]) < 6574)
    turned = (rng.random(len(incident["day"])) < 0.14)[row]
    keep = adult | (young & (rng.random(len(person)) < 0.82))
    part = np.where(young, 2, np.where((role == 1) ^ turned, 0, 1))[keep]
    row, person = row[keep], person[keep]
    day = incident["day"][row]
    book.write_by_year(
        "police_domestic",
        "incident",
        {
            "nominal": register.locals(person),
            **register.fields(DOMESTIC_FIELDS, person, day),
            "incident_ref": numbered("D", row),
            "role": words(("victim", "suspect", "child"), part),
            "dash": words(("1", "2", "3"), incident["grade"][row] - 1),
            "happened_on": day_column(day),
            "recorded_on": day_column(recorded[row]),
        },
        day,
    )
