"""Social care's cases as they stand at the end: closing days, plans, care spells and the placements within them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.city.clock import RECORDS_DAY, TODAY_DAY
from data.city.identity import Habits, Register
from data.city.log import Table, sort, take
from data.city.population import NEVER
from data.city.writers.frame import Book

HABITS = Habits(nhs=0.46, upn=0.55, forename=0.06, surname=0.06, birth=0.035, stale=0.28, named_after=9, prefix="L")
REFERRAL_CODES = ("6", "2A", "3A", "4", "1A", "5D", "8", "5B")
NEEDS = ("N5", "N1", "N1", "N1", "N1", "N1", "N6", "N3", "N3", "N6", "N5", "N4", "N2", "N5")  # by reason for contact
CUTOFF = RECORDS_DAY - 365  # what ended longer ago is not in any return


def register_of(book: Book) -> Register:
    """Social care's own register of clients."""
    return book.register("social_care", HABITS)


def care_spells(book: Book) -> Table:
    """Every spell in care: child, from, to (NEVER while it lasts), reason, whether by order."""
    log = book.run.lives.log
    began, ended = log.table("care_began"), log.table("care_ended")
    spells = {"child": began["child"], "day": began["day"], "spell": began["spell"], "order": began["order"]}
    to, reason = np.full(len(began["spell"]), NEVER, np.int32), np.full(len(began["spell"]), -1, np.int8)
    to[ended["spell"]], reason[ended["spell"]] = ended["day"], ended["reason"]
    spells |= {"to": to[began["spell"]], "reason": reason[began["spell"]]}
    return spells


def cases(book: Book) -> Table:
    """Every case, its closing day put off while its child is looked after."""
    table = dict(book.run.lives.log.table("case"))
    kept = book.run.lives.log.table("case_kept")
    until = table["until"].copy()
    real = kept["case"] >= 0
    np.maximum.at(until, kept["case"][real], kept["until"][real])
    held = book.run.care.spell >= 0
    still = book.run.books.case[held]
    until[still[still >= 0]] = NEVER
    table["until"] = until
    table["id"] = np.arange(len(until))
    table["late_close"] = np.arange(len(until)) % 10
    return take(table, table["day"] < TODAY_DAY - 3)


def recent(table: Table, day: str = "day", until: str = "until") -> Table:
    """Rows that were open at some time since a year before records begin."""
    return take(table, (table[until] >= CUTOFF) & (table[day] < TODAY_DAY))


def placements(book: Book) -> Table:
    """Every placement with its first and last day, number within its spell, and the spell's own figures."""
    spells = care_spells(book)
    table = sort(book.run.lives.log.table("placement"), "spell", "day")
    last = np.append(np.diff(table["spell"]) != 0, True)
    number = np.arange(len(last)) - np.searchsorted(table["spell"], table["spell"])
    following = np.append(table["day"][1:], 0)
    ends = np.where(last, spells["to"][table["spell"]], following)
    first = np.maximum(table["day"], spells["day"][table["spell"]])
    made = table | {
        "day": first.astype(np.int32),
        "to": ends.astype(np.int32),
        "last": last,
        "number": number,
        "order": spells["order"][table["spell"]],
        "reason": spells["reason"][table["spell"]],
    }
    return take(made, made["day"] < made["to"])


def clients(book: Book) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(child, day first known) of every child social care knows: by a case, care, a recorded contact, or adoption.

    An adopted child's second file is opened with the order, for the support that follows it.
    """
    known = np.full(book.run.lives.children, NEVER, np.int64)
    adopted = book.run.lives.log.table("adopted")
    second = {"child": adopted["second"], "day": adopted["day"]}
    for table in (cases(book), care_spells(book), book.happened("contact"), second):
        np.minimum.at(known, table["child"], table["day"])
    child = np.flatnonzero(known < TODAY_DAY)
    return child, known[child]
