"""Does a score follow who is watched, among those of whom the same is true?"""

from __future__ import annotations

import numpy as np
import pytest

from analytics.evaluation.watched import EXPLOITED, NOT_EXPLOITED, percentile, quarters, watched_rows

N = 4000
DRAW = np.random.default_rng(0)
WATCHED = DRAW.normal(size=N)
EXPLOITED_ONES = DRAW.random(N) < 0.1
FAMILY = np.arange(N) // 2


def gaps(score: np.ndarray) -> dict[str, tuple[float, float, float]]:
    rows = watched_rows({"model": score}, WATCHED, EXPLOITED_ONES, FAMILY)
    return {row.group: (row.figure.value, row.figure.low, row.figure.high) for row in rows}


def test_a_score_that_knows_the_truth_alone_has_no_gap() -> None:
    found = gaps(EXPLOITED_ONES + np.random.default_rng(1).normal(size=N))
    for value, low, high in found.values():
        assert low < 0 < high
        assert abs(value) < 0.1


@pytest.mark.parametrize("group", [EXPLOITED, NOT_EXPLOITED])
def test_a_score_that_follows_the_watching_has_one(group: str) -> None:
    value, low, _ = gaps(EXPLOITED_ONES + 2.0 * WATCHED)[group]
    assert value > 0.4
    assert low > 0.3


def test_truth_that_goes_with_watching_makes_no_gap_of_its_own() -> None:
    """The watched are exploited more often here, and a score that only knows who is exploited is not to blame."""
    exploited = np.random.default_rng(2).random(N) < 0.05 + 0.1 * (WATCHED > 0)
    rows = watched_rows({"model": exploited.astype(float)}, WATCHED, exploited, FAMILY)
    assert [row.figure.value for row in rows] == pytest.approx([0, 0])


def test_quarters_are_of_those_of_whom_it_is_known() -> None:
    low, high = quarters(np.array([1.0, 2, 3, 4, np.nan]))
    assert (low.tolist(), high.tolist()) == ([True, False, False, False, False], [False, False, False, True, False])
    assert not quarters(np.full(3, np.nan))[0].any()


def test_equals_stand_in_the_middle_of_their_places() -> None:
    assert percentile(np.array([5.0, 5, 1, np.nan])).tolist() == [0.75, 0.75, 0.375, 0.125]
