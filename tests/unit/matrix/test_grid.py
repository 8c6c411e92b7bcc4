"""As-of dates."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.matrix import grid


@pytest.mark.parametrize(
    ("last_day", "today"),
    [
        ("2026-09-30", "2026-10-01"),
        ("2026-09-29", "2026-07-01"),
        ("2025-12-31", "2026-01-01"),
        ("2026-01-01", "2026-01-01"),
    ],
)
def test_today_is_the_last_quarter_that_the_data_reach(last_day: str, today: str) -> None:
    assert grid.today(date.fromisoformat(last_day)) == date.fromisoformat(today)


def test_look_back_fits_inside_recorded_history() -> None:
    dates = grid.dates(date(2018, 10, 1), date(2026, 9, 30))
    assert (dates[0], dates[-1], len(dates)) == (date(2020, 10, 1), date(2026, 10, 1), 25)


def test_a_history_too_short_has_no_dates() -> None:
    assert grid.dates(date(2025, 1, 1), date(2026, 9, 30)) == ()
