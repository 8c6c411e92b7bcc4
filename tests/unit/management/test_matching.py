"""Children alike: that matching makes the compared alike and finds an effect that is there, on invented children."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from analytics.management.matching import ALIKE, balance, clusters, difference, match

NOBODY = np.full(2, np.inf)


@dataclass(frozen=True)
class Town:
    treated: np.ndarray
    stratum: np.ndarray
    values: np.ndarray
    family: np.ndarray
    happened: np.ndarray


def town(effect: float, seed: int = 1, n: int = 6_000) -> Town:
    """Those in more trouble are allocated more often and fare worse; being allocated takes ``effect`` off."""
    rng = np.random.default_rng(seed)
    trouble = rng.normal(size=n)
    count = rng.poisson(np.exp(trouble - 1.5)).astype(float)
    treated = rng.random(n) < 0.25 / (1 + np.exp(-2.2 * (trouble - 1.6)))
    family = rng.integers(0, n // 2, n)
    chance = 1 / (1 + np.exp(-(trouble - 0.7))) - effect * treated
    return Town(
        treated, rng.integers(0, 3, n), np.c_[trouble, np.log1p(count)], family, rng.random(n) < np.clip(chance, 0, 1)
    )


def matched(one: Town):
    calipers = np.array([0.2, 0.5])
    return match(one.treated, one.stratum, one.values, np.arange(len(one.treated)), calipers)


def test_the_matched_are_alike_where_the_whole_are_not() -> None:
    one = town(0.0)
    found = matched(one)
    told = balance(one.treated, ~one.treated, one.values, found)
    assert np.abs(told.before).max() > 0.5
    assert np.abs(told.after).max() < ALIKE
    assert told.alike


@pytest.mark.parametrize("effect", [0.0, 0.25])
def test_an_effect_that_is_there_is_found_and_none_is_where_there_is_none(effect: float) -> None:
    one = town(effect)
    naive = one.happened[one.treated].mean() - one.happened[~one.treated].mean()
    told = difference(one.happened, matched(one), one.family)
    assert told is not None
    assert told.low < -effect < told.high
    assert abs(naive + effect) > 0.1, "without matching it would be told wrong"
    assert (told.high < 0) == (effect > 0)


def test_intervals_hold_the_effect_about_as_often_as_they_say() -> None:
    held = []
    for seed in range(24):
        one = town(0.1, seed, 1_500)
        told = difference(one.happened, matched(one), one.family, 400)
        assert told is not None
        held.append(told.low <= -0.1 <= told.high)
    assert np.mean(held) > 0.8


def test_nobody_is_taken_twice_nor_from_another_stratum_nor_from_afar() -> None:
    one = town(0.0)
    found = matched(one)
    sets, rows = found.pairs
    assert len(set(rows.tolist())) == len(rows)
    assert not one.treated[rows].any()
    assert (one.stratum[found.treated[sets]] == one.stratum[rows]).all()
    assert (np.abs(one.values[found.treated[sets]] - one.values[rows]) <= np.array([0.2, 0.5]) + 1e-9).all()
    assert set(found.treated) | set(found.alone) == set(np.flatnonzero(one.treated))


def test_who_is_like_nobody_is_left_alone() -> None:
    values = np.array([[0.0, 0.0], [9.0, 0.0], [0.1, 0.0]])
    found = match(np.array([True, True, False]), np.zeros(3, np.int64), values, np.arange(3), np.array([0.5, 0.5]))
    assert (found.treated.tolist(), found.alone.tolist(), found.pairs[1].tolist()) == ([0], [1], [2])


def test_what_is_not_known_is_like_what_is_not_known_alone() -> None:
    values = np.array([[np.nan, 1.0], [np.nan, 1.0], [0.0, 1.0]])
    found = match(np.array([True, False, False]), np.zeros(3, np.int64), values, np.arange(3), np.array([0.5, 0.5]))
    assert found.pairs[1].tolist() == [1]


def test_the_same_child_of_another_quarter_is_nobody_else() -> None:
    values = np.zeros((4, 2))
    unit = np.array([1, 2, 2, 1])
    found = match(np.array([True, False, False, False]), np.zeros(4, np.int64), values, unit, NOBODY)
    assert found.pairs[1].tolist() == [1]


def test_brothers_and_sisters_make_one_cluster_of_their_sets() -> None:
    found = match(
        np.array([True, True, True, False, False, False]), np.array([0, 1, 2, 0, 1, 2]), np.zeros((6, 2)),
        np.arange(6), NOBODY, each=1,
    )  # fmt: skip
    apart = clusters(found, np.array([1, 2, 3, 4, 5, 6]))
    tied = clusters(found, np.array([1, 2, 3, 2, 5, 6]))
    assert len(set(apart.tolist())) == 3
    assert len(set(tied.tolist())) == 2
