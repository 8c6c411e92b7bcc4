"""Whether chances are what they say: slope, intercept, and a correction that nobody makes for themselves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression

from analytics.evaluation.recalibration import recalibrated, slope_and_intercept


def once(n: int) -> np.ndarray:
    return np.ones((n, 1), np.int16)


@pytest.mark.parametrize(
    ("told", "slope", "intercept"),
    [(lambda z: z, 1, 0), (lambda z: 2 * z, 0.5, 0), (lambda z: z / 2, 2, 0), (lambda z: z + 1, 1, -1)],
    ids=["honest", "too bold", "too timid", "too high throughout"],
)
def test_each_habit_of_telling_chances_has_its_slope_and_intercept(
    told: object, slope: float, intercept: float
) -> None:
    draw = np.random.default_rng(0)
    z = draw.normal(-2, 1, 60_000)
    found = draw.random(len(z)) < expit(z)
    measured = slope_and_intercept(expit(told(z)), found, once(len(z)))  # type: ignore[operator]
    assert (measured[0][0], measured[1][0]) == pytest.approx((slope, intercept), abs=0.1)


def test_it_is_an_unpenalised_logistic_regression_for_any_weights() -> None:
    draw = np.random.default_rng(1)
    told = draw.uniform(0.01, 0.6, 3000)
    found = draw.random(3000) < told
    weights = draw.integers(0, 3, (3000, 1)).astype(np.int16)
    slope, intercept = slope_and_intercept(told, found, weights)
    plain = LogisticRegression(C=1e9, tol=1e-8).fit(logit(told)[:, None], found, sample_weight=weights[:, 0])
    assert slope[0] == pytest.approx(plain.coef_[0, 0], abs=0.005)
    assert intercept[0] == pytest.approx(plain.intercept_[0], abs=0.005)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ([0.1, 0.1, 0.1, 0.1], [True, False, False, False]),
        ([0.1, 0.2, 0.3, 0.4], [False, False, False, False]),
        ([0.1, 0.1, 0.9, 0.9], [False, False, True, True]),
    ],
    ids=["one chance for all", "nobody found", "parted perfectly"],
)
def test_where_nothing_can_be_fitted_nothing_is_told(told: list[float], found: list[bool]) -> None:
    slope, intercept = slope_and_intercept(np.array(told), np.array(found), once(4))
    assert np.isnan(slope[0])
    assert np.isnan(intercept[0])


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(random: object) -> None:
    draw = np.random.default_rng(2)
    told = draw.uniform(0.01, 0.6, 200)
    found = draw.random(200) < told
    order = list(range(200))
    random.shuffle(order)  # type: ignore[attr-defined]
    one, other = (slope_and_intercept(t, f, once(200)) for t, f in ((told, found), (told[order], found[order])))
    np.testing.assert_allclose(one, other)


def test_nobody_corrects_the_chance_told_of_their_own_family() -> None:
    draw = np.random.default_rng(3)
    told = draw.uniform(0.01, 0.6, 900)
    found = draw.random(900) < told**2
    family = np.arange(900) // 3
    before = recalibrated(told, found, family)
    turned = np.where(family == 17, ~found, found)
    after = recalibrated(told, turned, family)
    np.testing.assert_array_equal(before[family == 17], after[family == 17])
    assert (before != after).any()
    assert abs(before.mean() - found.mean()) < abs(told.mean() - found.mean())
