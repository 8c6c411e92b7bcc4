"""What a file speaks of and when it came: from the year and term in its name or header."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from data.schema import Source

# Each school census speaks of the term before it: DfE, "Complete the school census", dates of the terms.
_TERMS = {
    "autumn": ((0, 4, 15), (0, 7, 20), (0, 11, 1)),
    "spring": ((-1, 9, 1), (-1, 12, 20), (0, 2, 15)),
    "summer": ((0, 1, 5), (0, 3, 31), (0, 6, 15)),
}
_RETURN = ((-1, 4, 1), (0, 3, 31), (0, 7, 1))
#: The day that a file came, as a folder or its own name says it: several deliveries lie side by side.
CAME = re.compile(r"(?<!\d)(20\d\d-[01]\d-[0-3]\d)(?!\d)")
_CALENDAR = ((0, 1, 1), (0, 12, 31), (1, 1, 1))


@dataclass(frozen=True)
class Period:
    """``begins`` and ``ends`` are null where nothing says; a file is never delivered after ``today``."""

    begins: date | None
    ends: date | None
    delivered: date

    @property
    def horizon(self) -> date:
        """The last day that the file can speak of."""
        return self.ends or self.delivered - timedelta(1)


def came(name: str) -> date | None:
    """The day that a file came where its folder or name says so (``2026-03-03``), its own name before a folder's."""
    for text in reversed(Path(name).parts):
        for day in reversed(CAME.findall(text)):
            try:
                return date.fromisoformat(day)
            except ValueError:
                continue
    return None


def period(source: Source, year: int | None, term: str | None, today: date, on: date | None = None) -> Period:
    """The period of a file of ``source``, which came ``on`` a day if its name says so. Else one without a year came
    today, and one with a year when such files are due."""
    if year is None:
        return Period(None, None, min(on or today, today))
    days = _TERMS[term] if term else _RETURN if source.year == "return" else _CALENDAR
    begins, ends, delivered = (date(year + shift, month, day) for shift, month, day in days)
    if days is _CALENDAR:
        delivered += timedelta(source.refresh_days)
    delivered = min(on or delivered, today)
    return Period(begins, min(ends, delivered - timedelta(1)), delivered)
