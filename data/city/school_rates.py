"""The city's rates of absence, suspension, meals, special needs and what follows school."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from data.city.clock import day
from data.city.log import Table, take
from data.city.writers.education import meals, sen
from data.city.writers.frame import Book

PERSISTENT, SEVERE = 0.1, 0.5  # shares of sessions missed, as the Department defines them
SECONDARY = 11.4  # years of age in January
Counted = tuple[str, float, float]


def school(book: Book, cases: Table, care: Table, year: int) -> Iterator[Counted]:
    """(figure, how many, of how many) of the school year that ends in a calendar year."""
    attendance = book.run.lives.log.table("attendance")
    september = (year - 2016) * 12 + 11  # the simulated month
    whole = Absence(book, attendance, september, september + 11)
    autumn = Absence(book, attendance, september, september + 3)
    january = day(f"{year}-01-18")
    pupil = np.flatnonzero(whole.possible > 0)
    provision, eats = sen(book, pupil, january), eating(book, pupil, january)
    yield from _autumn(autumn, pupil, provision, eats)
    yield from _known(book, whole, cases, care, year)
    senior = (january - book.true.people.birth[pupil]) / 365.25 >= SECONDARY
    yield "free school meals, primary %", (eats & ~senior).sum(), (~senior).sum()
    yield "free school meals, secondary %", (eats & senior).sum(), senior.sum()
    yield "education, health and care plan %", (provision == 2).sum(), len(pupil)
    yield "special needs support %", (provision == 1).sum(), len(pupil)
    activity = book.run.lives.log.table("activity")
    state = activity["state"][activity["month"] == september + 6]
    yield "16-17 not in education, work or training %", (state == 1).sum(), len(state)
    yield "the same or not known %", (state > 0).sum(), len(state)


class Absence:
    """Sessions possible and missed of each child over the half terms that end in some months."""

    def __init__(self, book: Book, attendance: Table, first: int, last: int) -> None:
        rows = take(attendance, (attendance["month"] >= first) & (attendance["month"] <= last))
        size, child = book.run.lives.children, rows["child"]
        self.possible = np.bincount(child, rows["possible"], size)
        self.missed = np.bincount(child, rows["authorised"] + rows["unauthorised"], size)
        self.rate = self.missed / np.maximum(self.possible, 1)

    def told(self, name: str, who: NDArray[np.integer], severe: bool = False) -> Iterator[Counted]:
        """Overall, persistent and, if asked for, severe absence of those who were on a roll."""
        who = who[self.possible[who] > 0]
        yield f"absence, {name}", self.missed[who].sum(), self.possible[who].sum()
        yield f"persistent absence, {name}", (self.rate[who] >= PERSISTENT).sum(), len(who)
        if severe:
            yield f"severe absence, {name}", (self.rate[who] >= SEVERE).sum(), len(who)


def _autumn(
    absence: Absence, pupil: NDArray[np.integer], provision: NDArray[np.integer], eats: NDArray[np.bool_]
) -> Iterator[Counted]:
    for name, who in (
        ("all pupils, autumn % (England)", pupil),
        ("free school meals % (England)", pupil[eats]),
        ("no free school meals % (England)", pupil[~eats]),
        ("education, health and care plan % (England)", pupil[provision == 2]),
        ("special needs support % (England)", pupil[provision == 1]),
        ("no special needs % (England)", pupil[provision == 0]),
    ):
        yield from absence.told(name, who)


def _known(book: Book, absence: Absence, cases: Table, care: Table, year: int) -> Iterator[Counted]:
    """Those whom social care helps on 31 March: in need alone, on a protection plan, looked after for a year."""
    end = day(f"{year}-03-31")
    inside = np.unique(care["child"][(care["day"] < end) & (care["to"] >= end)])
    long = np.unique(care["child"][(care["day"] < end - 365) & (care["to"] >= end)])
    now = (cases["day"] < end) & (cases["until"] >= end) & ~cases["nfa"]
    plan = np.unique(cases["child"][(cases["plan"] > 0) & (cases["plan"] < end) & (cases["plan_ends"] >= end)])
    need = np.setdiff1d(cases["child"][now & cases["in_need"]], np.union1d(inside, plan))
    for name, who in (("in need", need), ("protection plan", plan), ("looked after 12 months", long)):
        yield from absence.told(f"{name} %", who, severe=True)
    table = book.run.lives.log.table("suspension")
    days = table["day"]
    suspended = np.unique(table["child"][(days >= day(f"{year - 1}-09-01")) & (days < day(f"{year}-08-31"))])
    for name, who in (("in need", need), ("looked after 12 months", long)):
        on_roll = who[absence.possible[who] > 0]
        yield f"suspended, {name} %", np.isin(on_roll, suspended).sum(), len(on_roll)


def eating(book: Book, pupil: NDArray[np.integer], on: int) -> NDArray[np.bool_]:
    """Who has free school meals on a day."""
    child, since, to = meals(book)
    return np.isin(pupil, child[(since <= on) & (to > on)])
