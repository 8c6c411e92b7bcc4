"""The point-in-time guard: the only place that says what was known at an as-of date.

A row counts if it was known before the as-of date, and an end that lies on or after that date had not happened yet. In
NumPy for the matrix, in SQL for the rows behind one figure; both below, so that they are read together.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int32]
OPEN = np.int32(2**31 - 1)
EPOCH = date(1970, 1, 1)
#: The guard in a query about the snapshot's own day, which binds ``$today``.
KNOWN_TODAY = "known_on < $today"


def day_number(day: date) -> int:
    """Days since 1970-01-01, as the matrix counts time."""
    return (day - EPOCH).days


class Guard:
    """What can be seen at ``as_of``, from the evening before."""

    def __init__(self, as_of: date) -> None:
        self.as_of = as_of
        self.day = day_number(as_of)

    def known(self, known_on: Days) -> NDArray[np.bool_]:
        """Which rows were known, bool[n]; ``known_on`` in days since 1970."""
        return known_on < self.day

    def ended(self, ended_on: Days) -> Days:
        """Ends as seen then: `OPEN` where the end had not come."""
        return np.where(ended_on < self.day, ended_on, OPEN)

    def known_sql(self, table: str) -> tuple[str, list[Any]]:
        """The condition on an SQL table's ``known_on`` and the value it binds."""
        return f"{_name(table)}.known_on < ?", [self.as_of]

    def ended_sql(self, table: str, column: str = "ended_on") -> tuple[str, list[Any]]:
        """The masked end of an SQL table's rows and the value it binds."""
        end = f'{_name(table)}."{_name(column)}"'
        return f"CASE WHEN {end} < ? THEN {end} END", [self.as_of]


def _name(table: str) -> str:
    if not table.isidentifier():
        raise ValueError("names of tables and columns are plain identifiers")
    return table
