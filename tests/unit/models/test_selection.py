"""The simplest within a standard error of the best is used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest

from analytics.models.folds import Folded
from analytics.models.selection import choose, simplest
from analytics.models.training import Families, TrainingSet

N = 4000
KNOWN = np.arange(N) < 200


def ranking(strength: float, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=N) + strength * KNOWN


def test_a_simple_model_as_good_as_the_best_is_taken() -> None:
    scores = {"points": ranking(2.0, 3), "boosting": ranking(2.05, 4)}
    assert simplest(scores, KNOWN, np.arange(N)).estimator == "points"


def test_a_simple_model_that_is_plainly_worse_is_not() -> None:
    choice = simplest({"points": ranking(0.5, 1), "boosting": ranking(2.5, 2)}, KNOWN, np.arange(N))
    assert choice.estimator == choice.best == "boosting"
    told = choice.as_json()["evidence"]
    assert [(one["estimator"], one["within_noise"]) for one in told] == [("points", False), ("boosting", True)]  # type: ignore[index, attr-defined]


def test_a_few_cases_do_not_excuse_a_simple_model_that_is_likely_worse() -> None:
    """With 20 cases the interval of the shortfall reaches below nought; it is more than its standard error even so."""
    few = np.arange(N) < 20
    choice = simplest({"points": ranking(2.0, 23), "boosting": ranking(2.5, 24)}, few, np.arange(N))
    points = choice.evidence[0]
    short = points.shortfall
    assert (short.low or 0) < 0 < (points.error or 0) < (short.value or 0)
    assert choice.estimator == "boosting"


def test_every_known_case_counts_alike_wherever_it_stands() -> None:
    """One who finds more of all cases is taken over one whose first few are surer."""
    sure, broad = ranking(0.4, 7), ranking(1.2, 8)
    sure[:20] = 9
    assert simplest({"points": sure, "boosting": broad}, KNOWN, np.arange(N)).estimator == "boosting"


def test_where_nobody_is_known_the_simplest_is_taken() -> None:
    choice = simplest({"points": ranking(0.5, 1), "boosting": ranking(2.5, 2)}, np.zeros(N, bool), np.arange(N))
    assert choice.estimator == "points"
    assert choice.evidence[0].error is None


@dataclass
class Remembering:
    """Knows by heart whom it learned from, and of nobody else anything."""

    learned: frozenset[float]

    def raw(self, X: np.ndarray) -> np.ndarray:
        return np.array([float(value in self.learned) for value in X[:, 0]])


def test_what_is_learned_by_heart_is_worth_nothing() -> None:
    """Each case is ranked by the model that did not see their family: to know the others' names is no merit."""
    people, fold = np.arange(50), (np.arange(50) % 5).astype(np.int8)
    positive = people < 25
    values = people[:, None].astype(np.float32)
    days = np.full(50, np.datetime64(date(2025, 1, 1), "D"))
    training = TrainingSet(values, positive, people, days, fold, ("age",))
    cases = [frozenset(map(float, people[positive & (fold != number)])) for number in range(5)]
    by_heart = Folded(tuple(Remembering(learned) for learned in cases))
    choice = choose({"by_heart": by_heart}, training, Families(people, people))
    assert choice.evidence[0].value.value == pytest.approx(0.5)
    assert (choice.n, choice.positives) == (50, 25)
