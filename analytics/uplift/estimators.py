"""How benefit is told from indicators, the simplest first. Each learns from both arms, and tells what an offer spares.

``raw(X)`` is in outcomes spared (contacts); ``base + contributions.sum(axis=1)`` equals it within 1e-5.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.preprocessing import StandardScaler
from threadpoolctl import ThreadpoolController

from analytics.explanation.trees import boosted_trees, contributions_of
from analytics.matrix.filler import Filler
from analytics.models.estimator import Floats, Telling, Values
from analytics.models.folds import FOLDS, Folded
from analytics.uplift.trial import Trial

FURTHEST = 5.0
#: A family with very many contacts counts as one with so many while learning, or it alone would decide.
MOST = 6.0
STRENGTH = 1.5
_THREADS = ThreadpoolController()


class Benefit(Telling, Protocol):
    """Tells what an offer spares each row, and why."""

    def fit(self, X: Values, y: Floats, offered: NDArray[np.bool_], chance: Floats) -> Self: ...


class Tamed(BaseEstimator):
    """Indicators filled, flagged, tamed by log(1 + x), scaled and held within five deviations."""

    def fit(self, X: Values) -> Self:
        self.filler_ = Filler().fit(X)
        self.scaler_ = StandardScaler().fit(self._tamed(X))
        return self

    def transform(self, X: Values) -> Floats:
        return np.clip(self.scaler_.transform(self._tamed(X)), -FURTHEST, FURTHEST)

    def _tamed(self, X: Values) -> Floats:
        filled = self.filler_.transform(X)
        return np.sign(filled) * np.log1p(np.abs(filled))


def ridge(X: Floats, y: Floats, strength: float = STRENGTH) -> tuple[Floats, float]:
    """Weights and intercept of ridge regression, whose penalty grows with the number of rows."""
    centre, middle = X.mean(axis=0), float(y.mean())
    apart = X - centre
    weights = np.linalg.solve(apart.T @ apart + strength * len(y) * np.eye(X.shape[1]), apart.T @ (y - middle))
    return weights, middle - float(centre @ weights)


class TwoModels(BaseEstimator):
    """Two ridge regressions, of those offered and of those waiting: their difference is the benefit."""

    def fit(self, X: Values, y: Floats, offered: NDArray[np.bool_], chance: Floats) -> Self:
        self.tamed_ = Tamed().fit(X)
        scaled = self.tamed_.transform(X)
        kept = np.minimum(y, MOST)
        told = [ridge(scaled[arm], kept[arm]) for arm in (~offered, offered)]
        self.waiting_ = told[0]
        self.weights_ = told[0][0] - told[1][0]
        self.base_ = told[0][1] - told[1][1]
        return self

    def raw(self, X: Values) -> Floats:
        return self.base_ + self.tamed_.transform(X) @ self.weights_

    def expected(self, X: Values) -> Floats:
        """What follows without an offer, float[n]: the list of whoever puts the highest risk first."""
        weights, base = self.waiting_
        return base + self.tamed_.transform(X) @ weights

    def contributions(self, X: Values) -> tuple[float, Floats]:
        return self.base_, self.tamed_.filler_.fold_back(self.tamed_.transform(X) * self.weights_)


class Transformed(BaseEstimator):
    """Boosted trees on the transformed outcome, from which what is expected in either arm was taken away first.

    S. Athey and G. Imbens (2016) for the transformation, X. Nie and S. Wager (2021) for taking the expected away.
    """

    def fit(self, X: Values, y: Floats, offered: NDArray[np.bool_], chance: Floats) -> Self:
        kept = np.minimum(y, MOST)
        lift = np.where(offered, -1 / chance, 1 / (1 - chance))
        wanted = (kept - expected(X, kept)) * lift
        nobody_has = np.isnan(X).all(axis=0)
        model = HistGradientBoostingRegressor(
            max_iter=40, max_leaf_nodes=4, learning_rate=0.05, l2_regularization=50.0, max_features=0.5, max_bins=64,
            min_samples_leaf=max(20, len(y) // 40), early_stopping=False, random_state=0,
        )  # fmt: skip
        with _THREADS.limit(limits=1, user_api="openmp"):
            self.model_ = model.fit(np.where(nobody_has, 0, X), wanted)
        return self

    def raw(self, X: Values) -> Floats:
        with _THREADS.limit(limits=1, user_api="openmp"):
            return np.asarray(self.model_.predict(X), float)

    def contributions(self, X: Values) -> tuple[float, Floats]:
        return contributions_of(boosted_trees(self.model_), X)


def expected(X: Values, y: Floats) -> Floats:
    """What indicators alone lead one to expect in either arm, float[n]: by ridge, each fifth from the other four."""
    fifth, out = np.arange(len(y)) % FOLDS, np.zeros(len(y))
    scaled = Tamed().fit(X).transform(X)
    for number in range(FOLDS):
        mine = fifth == number
        weights, base = ridge(scaled[~mine], y[~mine], 0.3)
        out[mine] = base + scaled[mine] @ weights
    return out


ESTIMATORS: Mapping[str, Callable[[], Benefit]] = {"two_models": TwoModels, "transformed": Transformed}


def fit_folds(make: Callable[[], Benefit], trial: Trial) -> Folded:
    """The estimator fitted without each fold in turn."""
    models = []
    for number in range(FOLDS):
        rows = trial.fold != number
        models.append(make().fit(trial.values[rows], trial.outcome[rows], trial.offered[rows], trial.chance[rows]))
    return Folded(tuple(models))


def losses(benefit: Floats, trial: Trial) -> Floats:
    """How far each row is from what its arm and ``benefit`` lead one to expect, squared, float[n] (Nie and Wager)."""
    kept = np.minimum(trial.outcome, MOST)
    rest = kept - expected(trial.values, kept)
    return np.asarray((rest + (trial.offered - trial.chance) * benefit) ** 2)
