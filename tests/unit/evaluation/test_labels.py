"""Who is counted as found, told as a calendar."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from analytics.evaluation.labels import (
    Attribute,
    Exploitation,
    KnownCases,
    add_months,
    evaluation_date,
    identified_label,
    not_yet_identified,
    truth_label,
    window,
)

T = date(2025, 7, 1)

# T + 90 days is 29 September 2025; twelve months later the window closes.
CALENDAR = """
day         in the cohort   measured   found
2025-06-30  no              no         no
2025-07-01  yes             no         no
2025-09-28  yes             no         no
2025-09-29  yes             yes        yes
2026-09-28  yes             yes        yes
2026-09-29  yes             yes        no
never       yes             yes        no
"""


def rows() -> list[list[str]]:
    return [line.split() for line in CALENDAR.strip().splitlines()[1:]]


@pytest.mark.parametrize(("day", "cohort", "measured", "found"), rows())
def test_a_child_identified_on_that_day(day: str, cohort: str, measured: str, found: str) -> None:
    identified = [] if day == "never" else [date.fromisoformat(day)]
    known = KnownCases.of([7][: len(identified)], identified)
    people = np.array([7])
    label = identified_label(known, people, T, 90, 12)
    answers = (not_yet_identified(known, people, T)[0], label.measured[0], label.positive[0])
    assert ["yes" if answer else "no" for answer in answers] == [cohort, measured, found]


@pytest.mark.parametrize(
    ("started", "ended", "counts"),
    [
        ("2025-01-01", "NaT", True),
        ("2025-01-01", "2025-06-30", False),
        ("2025-01-01", "2025-07-01", True),
        ("2026-06-30", "NaT", True),
        ("2026-07-01", "NaT", False),
    ],
)
def test_truth_counts_whoever_is_exploited_now_or_within_a_year(started: str, ended: str, counts: bool) -> None:
    spell = Exploitation(np.array([1]), np.array([started], "M8[D]"), np.array([ended], "M8[D]"))
    assert truth_label(spell, np.array([1, 2]), T, 12).positive.tolist() == [counts, False]


def test_the_evaluation_date_is_the_last_whose_window_is_wholly_known() -> None:
    quarters = [date(year, month, 1) for year in (2024, 2025, 2026) for month in (1, 4, 7, 10)]
    assert evaluation_date(quarters, date(2026, 10, 1), 90, 12) == T
    assert evaluation_date(quarters, date(2026, 9, 28), 90, 12) == date(2025, 4, 1)
    assert evaluation_date(quarters, date(2024, 6, 1), 90, 12) is None


def test_somebody_identified_twice_counts_from_the_first_time() -> None:
    known = KnownCases.of([5, 3, 5], [date(2024, 1, 1), date(2023, 1, 1), date(2022, 1, 1)])
    assert known.identified(np.array([5])).tolist() == [date(2022, 1, 1)]


def test_months_end_where_the_calendar_says() -> None:
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert window(T, 90, 12) == (date(2025, 9, 29), date(2026, 9, 29))


def test_a_fact_nobody_recorded_is_absent() -> None:
    sex = Attribute.of([9, 4], ["F", "M"])
    assert sex.get(np.array([4, 5, 9])).tolist() == ["M", None, "F"]
    assert Attribute.of([], []).get(np.array([4])).tolist() == [None]
