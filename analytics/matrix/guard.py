"""The point-in-time guard: the only place that says what was known at an as-of date.

A row counts if it was known before the as-of date and not corrected before it: a version that a later delivery replaced
is what one knew until that delivery came. An end that lies on or after the date had not happened yet, nor one that
nobody had told of by then. In NumPy for the matrix, in SQL for the rows behind one figure; both below, so that they are
read together.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int32]
OPEN = np.int32(2**31 - 1)
EPOCH = date(1970, 1, 1)
#: The guard in a query about the snapshot's own day, which binds ``$today``: of ties, and of events.
KNOWN_TODAY = "known_on < $today"
STANDS_TODAY = "(known_on < $today AND (corrected_on IS NULL OR corrected_on >= $today))"


def ended_today(table: str) -> str:
    """The last day of an SQL table's tie as known on the snapshot's own day; null while it stands. Binds ``$today``."""
    return f'CASE WHEN {table}."to" < $today AND {table}.end_known_on < $today THEN {table}."to" END'


def day_number(day: date) -> int:
    """Days since 1970-01-01, as the matrix counts time."""
    return (day - EPOCH).days


class Guard:
    """What can be seen at ``as_of``, from the evening before."""

    def __init__(self, as_of: date) -> None:
        self.as_of = as_of
        self.day = day_number(as_of)

    def known(self, known_on: Days, corrected_on: Days | None = None) -> NDArray[np.bool_]:
        """Which rows were known, bool[n]; days since 1970, `OPEN` where a row was never corrected."""
        known: NDArray[np.bool_] = known_on < self.day
        return known if corrected_on is None else known & (corrected_on >= self.day)

    def ended(self, ended_on: Days, told_on: Days | None = None) -> Days:
        """Ends as seen then: `OPEN` where the end had not come, or (``told_on``) nobody had told of it."""
        seen = ended_on < self.day
        return np.where(seen if told_on is None else seen & (told_on < self.day), ended_on, OPEN)

    def known_sql(self, table: str) -> tuple[str, list[Any]]:
        """The condition on an SQL table's ``known_on`` and the value it binds."""
        return f"{_name(table)}.known_on < ?", [self.as_of]

    def stands_sql(self, table: str) -> tuple[str, list[Any]]:
        """The same of a table whose rows are corrected (``corrected_on``), and the values it binds."""
        known, bound = self.known_sql(table)
        return f"({known} AND ({table}.corrected_on IS NULL OR {table}.corrected_on >= ?))", [*bound, self.as_of]

    def ended_sql(self, table: str, column: str = "ended_on", told: str = "") -> tuple[str, list[Any]]:
        """The masked end of an SQL table's rows and the values it binds; ``told``: the day an end was told of."""
        end = f'{_name(table)}."{_name(column)}"'
        if not told:
            return f"CASE WHEN {end} < ? THEN {end} END", [self.as_of]
        return f"CASE WHEN {end} < ? AND {table}.{_name(told)} < ? THEN {end} END", [self.as_of, self.as_of]


def _name(table: str) -> str:
    if not table.isidentifier():
        raise ValueError("names of tables and columns are plain identifiers")
    return table


def stands_at(table: str, moment: str) -> str:
    """The guard of events in a query whose rows each have a day of their own: ``moment`` is that column."""
    return f"({known_at(table, moment)} AND ({table}.corrected_on IS NULL OR {table}.corrected_on >= {moment}))"


def known_at(table: str, moment: str) -> str:
    """The same of ties: rows known before each row's own day."""
    return f"{_name(table)}.known_on < {moment}"


def open_at(table: str, moment: str, told: str = "") -> str:
    """Whether something had not ended on each row's own day, or (``told``) nobody had told of its end."""
    end = f'{_name(table)}."{"to" if told else "ended_on"}"'
    return f"({end} IS NULL OR {end} >= {moment}" + (f" OR {table}.{_name(told)} >= {moment})" if told else ")")
