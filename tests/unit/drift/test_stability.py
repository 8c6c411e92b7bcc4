"""How far two spreads lie apart, less what chance gives."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from analytics.drift import bins
from analytics.drift.stability import ratio_moved, stability

NAN = float("nan")


def test_the_index_is_siddiqis() -> None:
    """By hand: (.6-.5) ln(.6/.5) + (.4-.5) ln(.4/.5) = 0.0405, of so many that chance gives nothing."""
    now, before = np.array([6e7, 4e7]), np.array([5e7, 5e7])
    assert abs(stability(now, before) - (0.1 * np.log(0.6 / 0.5) - 0.1 * np.log(0.4 / 0.5))) < 1e-6


def test_two_draws_of_one_population_have_not_moved_however_few_they_are() -> None:
    draw = np.random.default_rng(1)
    found = []
    for _ in range(200):
        before, now = draw.normal(size=300), draw.normal(size=300)
        upper = bins.edges(before)
        found.append(stability(bins.counts(now, upper), bins.counts(before, upper)))
    assert np.mean(found) < 0.02
    assert max(found) < 0.1


def test_what_truly_moved_shows() -> None:
    draw = np.random.default_rng(1)
    before, now = draw.normal(size=2000), draw.normal(0.6, 1, size=2000)
    upper = bins.edges(before)
    assert stability(bins.counts(now, upper), bins.counts(before, upper)) > 0.25


def test_a_side_with_nobody_says_nothing() -> None:
    assert stability(np.zeros(3), np.array([1.0, 2.0, 3.0])) == 0.0


def test_a_feed_that_stops_shows_though_no_value_changed() -> None:
    before, now = np.array([0.0, 1, 2, 3] * 200), np.array([NAN] * 800)
    upper = bins.edges(before)
    assert stability(bins.counts(now, upper), bins.counts(before, upper)) > 1


def test_whoever_has_nothing_is_a_bin_apart_and_so_is_whoever_has_something() -> None:
    yes_no = np.array([0.0] * 95 + [1.0] * 5)
    assert bins.counts(yes_no, bins.edges(yes_no)).tolist() == [0, 95, 5]
    no_yes = np.array([0.0] * 5 + [1.0] * 95)
    assert bins.counts(no_yes, bins.edges(no_yes)).tolist() == [0, 5, 95]


def test_a_ratio_from_a_few_cases_has_not_moved_for_doubling() -> None:
    assert ratio_moved(2.0, 1.0, 6, 3) == 0.0
    assert ratio_moved(2.0, 1.0, 6000, 3000) > 0.6
    assert ratio_moved(0.5, 1.0, 3000, 6000) > 0.6


_VALUES = arrays.arrays(np.float64, st.integers(1, 60), elements=st.one_of(st.just(NAN), st.integers(0, 9).map(float)))


@given(_VALUES, _VALUES)
def test_everybody_is_in_one_bin_and_no_spread_is_off_itself(before: np.ndarray, now: np.ndarray) -> None:
    upper = bins.edges(before)
    counted = bins.counts(now, upper)
    assert counted.sum() == len(now)
    assert len(counted) == len(upper) + 2
    assert stability(counted, counted) == 0.0
    assert stability(counted, bins.counts(before, upper)) >= 0.0
