"""The simplest within a standard error of the best is used."""

from __future__ import annotations

import numpy as np

from analytics.models.selection import MARGIN, choose

N = 4000


def ranking(strength: float, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=N) + strength * (np.arange(N) < 200)


def test_a_simple_model_as_good_as_the_best_is_taken() -> None:
    scores = {"points": ranking(2.0, 3), "boosting": ranking(2.05, 4)}
    assert choose(scores, np.arange(N) < 200, np.arange(N)).estimator == "points"


def test_a_simple_model_that_is_plainly_worse_is_not() -> None:
    choice = choose({"points": ranking(0.5, 1), "boosting": ranking(2.5, 2)}, np.arange(N) < 200, np.arange(N))
    assert choice.estimator == choice.best == "boosting"
    told = choice.as_json()["evidence"]
    assert [(one["estimator"], one["within_noise"]) for one in told] == [("points", False), ("boosting", True)]  # type: ignore[index, attr-defined]


def test_a_few_cases_do_not_excuse_a_simple_model_that_is_likely_worse() -> None:
    """With 20 cases the interval of the shortfall reaches below nought; it is more than its standard error even so."""
    few = np.arange(N) < 20
    choice = choose({"points": ranking(1.8, 13), "boosting": ranking(2.5, 14)}, few, np.arange(N))
    points = choice.evidence[0]
    short = points.shortfall
    assert (short.low or 0) < 0 < (points.error or 0) < (short.value or 0)
    assert choice.estimator == "boosting"


def test_nor_do_they_excuse_one_that_found_a_tenth_less() -> None:
    """Within its standard error, which with 20 cases is a quarter of the figure itself."""
    few = np.arange(N) < 20
    choice = choose({"points": ranking(2.2, 13), "boosting": ranking(2.6, 14)}, few, np.arange(N))
    points, best = choice.evidence
    short = points.shortfall.value or 0
    assert MARGIN * (best.value.value or 0) < short < (points.error or 0)
    assert choice.estimator == "boosting"


def test_where_nobody_is_known_the_simplest_is_taken() -> None:
    choice = choose({"points": ranking(0.5, 1), "boosting": ranking(2.5, 2)}, np.zeros(N, bool), np.arange(N))
    assert choice.estimator == "points"
    assert choice.evidence[0].error is None
