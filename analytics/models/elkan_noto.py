"""Elkan and Noto, 2008, "Learning classifiers from only positive and unlabeled data": the weighted variant.

How often a case is known is estimated on cases held out. Every unlabelled person then counts as a case by the chance
that they are one, and as no case by the rest. It holds where the known are a fair draw of all cases; where they are
those who were watched, it is no better than what it starts from.
"""

from __future__ import annotations

from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import ThreadpoolController

from analytics.models.estimator import Floats, Values, in_blocks

PARTS = 3
# As in `Boosting`: the sums keep one order whatever the machine, and threads that wait for each other are slower.
_THREADS = ThreadpoolController()


class ElkanNoto(ClassifierMixin, BaseEstimator):
    """Boosting, taught twice. ``known_share_``: the share of cases that is known, as far as can be told, 0 to 1."""

    classes_ = np.array([False, True])

    def __init__(self, rounds: int = 80, leaves: int = 8, seed: int = 0) -> None:
        self.rounds = rounds
        self.leaves = leaves
        self.seed = seed

    def fit(self, X: Values, y: NDArray[np.bool_]) -> Self:
        with _THREADS.limit(limits=1, user_api="openmp"):
            return self._fit(X, np.asarray(y, bool))

    def _fit(self, X: Values, known: NDArray[np.bool_]) -> Self:
        told = self._told(X, known)
        self.known_share_ = float(np.clip(told[known].mean(), 1e-3, 1 - 1e-3))
        chance = told / self.known_share_ * (1 - self.known_share_) / np.maximum(1 - told, 1e-9)
        weight = np.clip(chance[~known], 0, 1)
        rest = X[~known]
        rows = np.concatenate([X[known], rest, rest])
        side = np.r_[np.ones(known.sum(), bool), np.ones(len(rest), bool), np.zeros(len(rest), bool)]
        self.model_ = self._boosting().fit(rows, side, sample_weight=np.r_[np.ones(known.sum()), weight, 1 - weight])
        self.n_features_in_ = X.shape[1]
        return self

    def _told(self, X: Values, known: NDArray[np.bool_]) -> Floats:
        """P(known) of everyone by a model that has not seen them, float64[n]."""
        part = np.empty(len(X), np.int64)
        draws = np.random.default_rng(self.seed)
        for side in (known, ~known):
            part[side] = draws.permutation(np.arange(side.sum()) % PARTS)
        told = np.empty(len(X))
        for number in range(PARTS):
            mine = part == number
            told[mine] = expit(self._boosting().fit(X[~mine], known[~mine]).decision_function(X[mine]))
        return told

    def _boosting(self) -> HistGradientBoostingClassifier:
        return HistGradientBoostingClassifier(
            max_iter=self.rounds,
            max_leaf_nodes=self.leaves,
            learning_rate=0.06,
            l2_regularization=5.0,
            max_bins=64,
            early_stopping=False,
            random_state=self.seed,
        )

    def raw(self, X: Values) -> Floats:
        """Log-odds, float64[n]."""
        with _THREADS.limit(limits=1, user_api="openmp"):
            return in_blocks(self.model_.decision_function, X)
