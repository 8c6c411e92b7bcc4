"""What the views of the caseload share: the counts, what was chosen, and how a view says what it is of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.disclosure.control import FREE, shown
from analytics.management.cells import SERVICES, Cells
from analytics.management.export import Head
from pages.components.words import day, month
from pages.management.view import View

#: What stands between two years of counts that were nudged.
NEARLY = (
    "Open at the end is open at the start plus new less closed only nearly: every count is moved a little on its own, "
    "and children who turn eighteen leave without being closed."
)


@dataclass(frozen=True)
class Shown(View[Cells]):
    """One run of the page."""

    @property
    def kind(self) -> str:
        return self.chosen["kind"]

    @property
    def service(self) -> str:
        return SERVICES[self.kind]

    @property
    def days(self) -> tuple[date, ...]:
        return self.found.days

    def head(self, what: str, when: str, *notes: str, only: tuple[str, ...] | None = None, rule: str = FREE) -> Head:
        """The head of what leaves a view; ``only``: labels of the filters that apply there."""
        filters = {label: words for label, words in self.words.items() if only is None or label in only}
        return Head(what, when, rule, filters, notes)

    def last_year(self) -> str:
        return f"{day(self.days[-5])} to {day(self.days[-1])}"


def quarter(end: date) -> str:
    """The three months before ``end``: ``Jul to Sep 2026``."""
    months = end.year * 12 + end.month - 1
    first, last = (date((months - back) // 12, (months - back) % 12 + 1, 1) for back in (3, 1))
    return f"{month(first).split()[0]} to {month(last)}"


def change(now: float, before: float) -> str | None:
    """``+12 in a year``; nothing where either is withheld."""
    return None if pd.isna(now) or pd.isna(before) else f"{now - before:+,.0f} in a year"


def children(count: float) -> str:
    """``1,203 children``; *too few children to say* where it is withheld."""
    return "too few children to tell" if pd.isna(count) else f"{shown(count)} children"
