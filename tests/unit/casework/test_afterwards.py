"""What happened next for known cases: counts as known now, none that would tell of a few children."""

from __future__ import annotations

import pandas as pd

from analytics.casework import afterwards as module
from analytics.casework.afterwards import afterwards


def test_so_many_cases_had_an_episode_before_and_so_many_after(session_of) -> None:
    told = afterwards(session_of(), "cse", "cse", range(15))
    assert told is not None
    # Of fifteen, those of the last year have no whole year behind them yet; all were missing before, none after.
    assert told.cases == 10
    assert (told.before, told.after) == (10, 0)


def test_a_service_is_told_with_how_often_nothing_more_followed(session_of) -> None:
    told = afterwards(session_of(), "cse", "cse", range(15))
    assert told is not None
    assert [(line.service, line.began, line.quiet) for line in told.lines] == [("exploitation service", 10, 10)]


def test_of_few_cases_nothing_is_told(session_of) -> None:
    assert afterwards(session_of(), "cse", "cse", [0, 1, 2, 3]) is None


def test_small_counts_are_not_told_either_way_round() -> None:
    rows = pd.DataFrame({"kind": ["mentor"] * 9 + ["early_help"] * 3, "after": [True] * 7 + [False] * 2 + [False] * 3})
    lines = {line.service: line for line in module._lines(rows)}
    assert (lines["a mentor"].began, lines["a mentor"].quiet) == (9, None)
    assert (lines["early help"].began, lines["early help"].quiet) == (None, None)
