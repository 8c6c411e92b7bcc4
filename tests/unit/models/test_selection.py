"""The simplest within noise of the best is used."""

from __future__ import annotations

import numpy as np

from analytics.models.selection import choose

N = 4000


def ranking(strength: float, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=N) + strength * (np.arange(N) < 200)


def test_a_simple_model_as_good_as_the_best_is_taken() -> None:
    scores = {"points": ranking(2.0, 1), "boosting": ranking(2.05, 2)}
    assert choose(scores, np.arange(N) < 200, np.arange(N)).estimator == "points"


def test_a_simple_model_that_is_plainly_worse_is_not() -> None:
    choice = choose({"points": ranking(0.5, 1), "boosting": ranking(2.5, 2)}, np.arange(N) < 200, np.arange(N))
    assert choice.estimator == choice.best == "boosting"
    told = choice.as_json()["evidence"]
    assert [(one["estimator"], one["within_noise"]) for one in told] == [("points", False), ("boosting", True)]  # type: ignore[index, attr-defined]
