"""One function says what was known at an as-of date."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from analytics.matrix.guard import OPEN, Guard, day_number

ROOT = Path(__file__).parents[3]


def test_nobody_else_compares_the_day_something_was_known() -> None:
    written = re.compile(r"(known|corrected)(_on)?\b\s*(<|<=)\s*(\?|\$|as_of|guard|self\.day|%s)")
    guilty = [
        str(file.relative_to(ROOT))
        for folder in ("analytics", "pages")
        for file in (ROOT / folder).rglob("*.py")
        if written.search(file.read_text(encoding="utf-8"))
    ]
    assert guilty == ["analytics/matrix/guard.py"]


def test_known_the_day_before_counts_and_on_the_day_does_not() -> None:
    guard = Guard(date(2025, 1, 1))
    day = np.int32(day_number(date(2025, 1, 1)))
    assert guard.known(np.array([day - 1, day, day + 1], np.int32)).tolist() == [True, False, False]
    never, then = np.full(3, OPEN, np.int32), np.array([day - 1, day, OPEN], np.int32)
    assert guard.known(never - OPEN, then).tolist() == [False, True, True], "corrected the day before counts no more"
    assert guard.ended(then - 2, np.array([day - 1, day, day - 1], np.int32)).tolist() == [day - 3, OPEN, OPEN]
    assert guard.ended(np.array([day - 1, day, OPEN], np.int32)).tolist() == [day - 1, OPEN, OPEN]


def test_the_same_in_sql() -> None:
    guard = Guard(date(2025, 1, 1))
    assert guard.known_sql("e") == ("e.known_on < ?", [date(2025, 1, 1)])
    assert guard.stands_sql("e") == (
        "(e.known_on < ? AND (e.corrected_on IS NULL OR e.corrected_on >= ?))",
        [date(2025, 1, 1)] * 2,
    )
    assert guard.ended_sql("r", "to", "end_known_on") == (
        'CASE WHEN r."to" < ? AND r.end_known_on < ? THEN r."to" END',
        [date(2025, 1, 1)] * 2,
    )
    assert guard.ended_sql("r", "to") == ('CASE WHEN r."to" < ? THEN r."to" END', [date(2025, 1, 1)])


def test_names_are_never_spliced_unseen() -> None:
    with pytest.raises(ValueError, match="plain identifiers"):
        Guard(date(2025, 1, 1)).known_sql("e; DROP TABLE event")
