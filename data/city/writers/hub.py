"""Contacts with the hub, about children and grown-ups: who told what, who read it, who was asked, what was decided."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute
from numpy.typing import NDArray

from data.city.clock import TODAY_DAY
from data.city.hub import A_TEAM, TEAMS, WORKERS, worker
from data.city.identity import Habits
from data.city.log import Table, take
from data.city.reasons import AGENCIES, OUTCOMES, REASONS, STRATEGY
from data.city.writers.frame import Book, moment, numbered, words
from data.city.writers.said import said
from data.sources.mash import FIELDS

HUB = Habits(forename=0.08, surname=0.065, birth=0.05, stale=0.26, no_home=0.06, named_after=6, prefix="X")
AVERAGE_MINUTES = 1700
ASKED = ("school", "GP", "police; school", "police; health; school")
ASKED_OF_ADULTS = ("GP", "housing", "police; GP", "police; health; housing")
_KEPT = (
    "person",
    "day",
    "contact",
    "agency",
    "reason",
    "outcome",
    "worker",
    "stand",
    "incident",
    "seen",
    "minute",
    "again_of",
)


def write(book: Book) -> None:
    """One row a contact and person it is about."""
    rng, register, table = book.rng("mash"), book.register("mash", HUB), contacts(book)
    person, day, number = table["person"], table["day"], table["contact"]
    one = _of_contact(number)
    size = int(one.max(initial=-1)) + 1
    hurried = np.where(_first(one, table["outcome"] == STRATEGY, size), 0.25, 1)
    wait = (rng.gamma(1.3, AVERAGE_MINUTES / 1.3, size) * hurried).astype(np.int64)[one]
    minute = _first(one, table["minute"], size)[one].astype(np.int64)
    waiting = (day * 1440 + minute + wait) >= TODAY_DAY * 1440
    asked, found = _checks(book, rng, table, one, size)
    book.write_by_year(
        "mash",
        "contact",
        {
            "mash_person": register.locals(person),
            **register.fields(FIELDS, person, day),
            "contact_ref": numbered("K", number),
            "received_at": moment(day, minute),
            "agency": words(AGENCIES, table["agency"]),
            "reason": words(REASONS, table["reason"]),
            "narrative": said(table["reason"], _first(one, table["incident"], size)[one], number),
            "outcome": words(OUTCOMES, np.where(waiting, -1, table["outcome"])),
            "worker": words(tuple(worker(n) for n in range(WORKERS)), np.where(waiting, -1, table["worker"])),
            "team": words(TEAMS, table["worker"] // A_TEAM),
            "shared_with": pa.compute.if_else(pa.array(waiting), pa.scalar(None, pa.string()), asked),
            "checks_found": pa.compute.if_else(pa.array(waiting), pa.scalar(None, pa.string()), found),
            "closed_at": moment(day, minute + wait),
        },
        day,
    )


def contacts(book: Book) -> Table:
    """Every contact since records began, children's and grown-ups', one row a person it is about, in order of day."""
    children = book.happened("contact")
    children["person"] = children["child"]
    children = take(children, np.lexsort([children["child"], children["contact"], children["day"]]))
    adults = take(book.adult_concerns, book.adult_concerns["day"] < TODAY_DAY)
    return {name: np.concatenate([children[name], adults[name]]) for name in _KEPT}


def _of_contact(number: NDArray[np.integer]) -> NDArray[np.int64]:
    """The position of each row's contact."""
    return np.unique(number, return_inverse=True)[1].astype(np.int64)


def _first(one: NDArray[np.int64], value: NDArray[Any], size: int) -> NDArray[Any]:
    """One value a contact: that of its first row."""
    first = np.full(size, len(one), np.int64)
    np.minimum.at(first, one, np.arange(len(one)))
    return value[first]


def _checks(
    book: Book, rng: np.random.Generator, table: Table, one: NDArray[np.int64], size: int
) -> tuple[pa.Array, pa.Array]:
    """(whom the worker asked, what came of it) of each row: asked by how a contact reads, found by how things stand."""
    reads = np.full(size, -np.inf)
    np.maximum.at(reads, one, table["seen"])
    stands = np.full(size, -np.inf)
    np.maximum.at(stands, one, table["stand"])
    ask = rng.random(size) < 1 / (1 + np.exp(-1.3 * (reads - 0.55)))
    find = rng.random(size) < 1 / (1 + np.exp(-2.0 * (stands - 1.25)))
    choice = rng.choice(4, size, p=[0.3, 0.2, 0.3, 0.2])
    grown = _first(one, table["person"], size) >= book.run.lives.children
    asked = words((*ASKED, *ASKED_OF_ADULTS), np.where(ask, choice + 4 * grown, -1)[one])
    return asked, words(("nothing", "concern"), np.where(ask, find.astype(int), -1)[one])
