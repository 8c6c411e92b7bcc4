"""The batch explanation is shap's, for everybody at once."""

from __future__ import annotations

import json

import numpy as np
import pytest

from analytics.explanation.points import points, strongest
from analytics.explanation.trees import boosted_trees
from analytics.models.boosting import Boosting
from analytics.models.forest import Forest


def city(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    X = draw.poisson(1.0, (n, 8)).astype(np.float32)
    y = draw.random(n) < 1 / (1 + np.exp(4 - X[:, 0] - X[:, 1] * (X[:, 2] > 1)))
    X[draw.random(X.shape) < 0.15] = np.nan
    return X, y


@pytest.mark.parametrize("make", [lambda: Boosting([1] * 8), lambda: Forest(trees=20)], ids=["boosting", "forest"])
def test_the_batch_equals_shap(make: object) -> None:
    model = make().fit(*city(2000, 0))  # type: ignore[operator]
    X, _ = city(60, 1)
    base, parts = model.contributions(X)
    shap_base, shap_parts = model.contributions_of_one(X)
    assert base == pytest.approx(shap_base, abs=1e-5)
    np.testing.assert_allclose(parts, shap_parts, atol=1e-5)


def test_small_trees_are_exact_where_one_indicator_is_asked_again_and_again() -> None:
    draw = np.random.default_rng(2)
    X = draw.normal(size=(3000, 2)).astype(np.float32)
    X[draw.random(X.shape) < 0.1] = np.nan
    model = Boosting(rounds=20, leaves=9).fit(X, np.nan_to_num(np.sin(3 * X[:, 0]) + X[:, 1]) > 0.3)
    assert not boosted_trees(model.model_).roots, "nothing is left to the slower way"
    base, parts = model.contributions(X)
    shap_base, shap_parts = model.contributions_of_one(X[:200])
    assert base == pytest.approx(shap_base, abs=1e-12)
    np.testing.assert_allclose(parts[:200], shap_parts, atol=1e-12)
    np.testing.assert_allclose(base + parts.sum(axis=1), model.raw(X), atol=1e-12)


def test_larger_trees_equal_shap_as_well() -> None:
    model = Boosting(rounds=5, leaves=31).fit(*city(4000, 0))
    assert boosted_trees(model.model_).roots
    X, _ = city(60, 1)
    np.testing.assert_allclose(model.contributions(X)[1], model.contributions_of_one(X)[1], atol=1e-6)


def test_a_model_that_learned_nothing_has_only_a_base() -> None:
    X = np.zeros((200, 3), np.float32)
    y = np.arange(200) < 40
    for model in (Boosting().fit(X, y), Forest(trees=3).fit(X, y)):
        base, parts = model.contributions(X[:4])
        assert (parts == 0).all()
        np.testing.assert_allclose(model.raw(X[:4]), base, atol=1e-9)


def test_nobody_to_explain() -> None:
    model = Boosting().fit(*city(500, 0))
    assert model.contributions(np.zeros((0, 8), np.float32))[1].shape == (0, 8)


def test_ten_points_a_unit_of_log_odds() -> None:
    assert points(np.array([0.04, 0.06, -1.24, 0.0])).tolist() == [0, 1, -12, 0]


def test_a_forests_probability_becomes_points_at_the_persons_own_score() -> None:
    amounts = np.array([[0.1, -0.05], [0.1, -0.05]])
    assert points(amounts, in_probability=True, raw=np.array([0.5, 0.8])).tolist() == [[4, -2], [6, -3]]


def test_reasons_are_what_raises_the_score_most() -> None:
    amounts = np.array([[0.1, 0.5, -0.9, 0.3], [-0.1, -0.2, -0.3, 0.0]])
    told = [json.loads(line) for line in strongest(amounts, ("a", "b", "c", "d"), 2)]
    assert told == [["b", "d"], []]
    assert strongest(np.zeros((2, 0)), ()) == ["[]", "[]"]
