"""Regularised logistic regression on filled, flagged, tamed and scaled indicators."""

from __future__ import annotations

from typing import Self

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from analytics.matrix.filler import Filler
from analytics.models.estimator import Floats, LogOdds, Values

FURTHEST = 5.0


class Logistic(LogOdds):
    """Ridge logistic regression. Counts are tamed by log(1 + x), then scaled and held within five deviations.

    Contributions are measured from the average child, so ``base`` is the log-odds of somebody average in everything.
    """

    def __init__(self, C: float = 0.02) -> None:
        self.C = C

    def fit(self, X: Values, y: NDArray[np.bool_]) -> Self:
        self.filler_ = Filler().fit(X)
        self.scaler_ = StandardScaler().fit(self._tamed(X))
        scaled = self._scaled(X)
        self.mean_ = scaled.mean(axis=0)
        model = LogisticRegression(C=self.C, max_iter=500, tol=1e-6).fit(scaled - self.mean_, y)
        self.coef_, self.intercept_ = model.coef_[0], float(model.intercept_[0])
        self.n_features_in_ = X.shape[1]
        return self

    def raw(self, X: Values) -> Floats:
        return self.intercept_ + (self._scaled(X) - self.mean_) @ self.coef_

    def contributions(self, X: Values) -> tuple[float, Floats]:
        """Base and what each indicator adds, in log-odds: float, float64[n, m]."""
        return self.intercept_, self.filler_.fold_back((self._scaled(X) - self.mean_) * self.coef_)

    def _tamed(self, X: Values) -> Floats:
        filled = self.filler_.transform(X)
        return np.sign(filled) * np.log1p(np.abs(filled))

    def _scaled(self, X: Values) -> Floats:
        return np.clip(self.scaler_.transform(self._tamed(X)), -FURTHEST, FURTHEST)
