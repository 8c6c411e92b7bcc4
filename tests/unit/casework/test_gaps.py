"""Gaps: what a line of time shows by leaving it out."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.casework.gaps import Gap, between_episodes, silences


def _events(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["kind", "occurred_on", "ended_on"])
    frame["occurred_on"], frame["ended_on"] = (pd.to_datetime(frame[name]) for name in ("occurred_on", "ended_on"))
    return frame.assign(lasts=frame["kind"] != "missing", event=range(len(frame)))


def test_a_gap_lies_between_two_episodes_of_a_kind() -> None:
    told = _events(("enrolment", "2025-01-01", "2025-03-31"), ("enrolment", "2025-05-10", None))
    assert between_episodes(told) == [Gap("enrolment", date(2025, 4, 1), date(2025, 5, 9))]


def test_a_few_days_are_none() -> None:
    assert between_episodes(_events(("worker", "2025-01-01", "2025-03-31"), ("worker", "2025-04-10", None))) == []


def test_an_episode_inside_another_leaves_none() -> None:
    told = _events(
        ("worker", "2025-01-01", None), ("worker", "2025-02-01", "2025-03-01"), ("worker", "2025-06-01", None)
    )
    assert between_episodes(told) == []


def test_figures_of_terms_have_none() -> None:
    assert (
        between_episodes(_events(("attendance", "2025-01-01", "2025-03-31"), ("attendance", "2025-09-01", None))) == []
    )


def test_half_a_year_without_a_record_is_a_silence() -> None:
    told = _events(("missing", "2025-01-01", None), ("missing", "2025-02-01", None))
    assert silences(told, date(2025, 12, 1)) == [Gap("", date(2025, 2, 2), date(2025, 11, 30))]
