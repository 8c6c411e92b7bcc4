"""What every estimator answers: a raw score, and what each indicator adds to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin

Floats = NDArray[np.float64]
Values = NDArray[np.floating]
#: People whose numbers stay in the processor's cache from tree to tree; measured from 128 to 4,096.
TOGETHER = 1024


class Scorer(Protocol):
    """Puts rows in order by a raw score, float64[n]."""

    def raw(self, X: Values) -> Floats: ...


class Telling(Scorer, Protocol):
    """A scorer that can say why: ``base + contributions.sum(axis=1)`` equals ``raw(X)`` within 1e-5."""

    def contributions(self, X: Values) -> tuple[float, Floats]: ...


class Ranker(Scorer, Protocol):
    """Learns from marked rows, and puts others in order: higher is more like those marked."""

    def fit(self, X: Values, y: NDArray[np.bool_]) -> Self: ...


class Estimator(Ranker, Telling, Protocol):
    """A ranker that can say why."""


def in_blocks(raw: Callable[[Values], Floats], X: Values) -> Floats:
    """``raw`` of a few people at a time: the same sums to the last bit, in a third of the time where trees make them.

    A tree asks one person after another for a few of their numbers, which are fetched again for the next tree.
    """
    return np.concatenate([raw(X[at : at + TOGETHER]) for at in range(0, max(len(X), 1), TOGETHER)])


class LogOdds(ClassifierMixin, BaseEstimator):
    """Estimators whose raw score is in log-odds."""

    classes_ = np.array([False, True])

    def raw(self, X: Values) -> Floats:
        raise NotImplementedError

    def decision_function(self, X: Values) -> Floats:
        return self.raw(X)

    def predict_proba(self, X: Values) -> Floats:
        """Uncalibrated probabilities, float64[n, 2]: of the training set's mixture, not of the city."""
        chance = expit(self.raw(X))
        return np.column_stack([1 - chance, chance])

    def predict(self, X: Values) -> NDArray[np.bool_]:
        return self.raw(X) > 0
