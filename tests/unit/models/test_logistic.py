"""Logistic regression: scikit-learn's answer where nothing binds it, and never against a declared direction."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from analytics.models.logistic import Logistic


def invented(seed: int, n: int = 400) -> tuple[np.ndarray, np.ndarray]:
    """Three indicators, the second and third nearly one, and an outcome that follows the first two."""
    generator = np.random.default_rng(seed)
    X = generator.poisson(1.0, (n, 2)).astype(np.float32)
    twin = X[:, 1] + generator.poisson(0.1, n)
    X = np.column_stack([X, twin]).astype(np.float32)
    odds = 0.9 * X[:, 0] + 0.6 * X[:, 1] - 2.5
    return X, generator.random(n) < 1 / (1 + np.exp(-odds))


def test_without_directions_it_is_ridge_regression() -> None:
    X, y = invented(1)
    ours = Logistic(C=0.5).fit(X, y)
    centred = ours._apart(X)
    theirs = LogisticRegression(C=0.5, tol=1e-10, max_iter=2000).fit(centred, y)
    np.testing.assert_allclose(ours.coef_, theirs.coef_[0], atol=1e-4)
    np.testing.assert_allclose(ours.raw(X), theirs.decision_function(centred), atol=1e-3)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.sampled_from([-1, 0, 1]), min_size=3, max_size=3))
def test_more_of_a_danger_never_lowers_a_score(seed: int, directions: list[int]) -> None:
    X, y = invented(seed)
    model = Logistic(directions, C=0.5).fit(X, y)
    for column, way in enumerate(directions):
        more = X.copy()
        more[:, column] += 1
        assert (way * (model.raw(more) - model.raw(X)) >= -1e-9).all()
