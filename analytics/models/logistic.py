"""Regularised logistic regression on filled, flagged, tamed and scaled indicators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logit
from sklearn.preprocessing import StandardScaler

from analytics.matrix.filler import Filler
from analytics.models.estimator import Floats, LogOdds, Values

FURTHEST = 5.0
STEPS = 500
TOGETHER = 1024


class Logistic(LogOdds):
    """Ridge logistic regression. Counts are tamed by log(1 + x), then scaled and held within five deviations.

    ``directions``: +1, 0 or -1 an indicator. A weight never runs against it: among indicators that say much the same,
    ridge alone would give some the wrong sign, and tell a social worker that a danger lowers the score.
    Contributions are measured from the average child, so ``base`` is the log-odds of somebody average in everything.
    """

    def __init__(self, directions: Sequence[int] | None = None, C: float = 0.02) -> None:
        self.directions = directions
        self.C = C

    def fit(self, X: Values, y: NDArray[np.bool_]) -> Self:
        self.filler_ = Filler().fit(X)
        self.scaler_ = StandardScaler().fit(self._tamed(X))
        self.mean_ = np.zeros(len(self.filler_.source_))
        apart = self._apart(X)
        self.mean_ = apart.mean(axis=0)
        apart -= self.mean_
        self.coef_, self.intercept_ = _ridge(apart, y, self.C, self._bounds(apart.shape[1]))
        self.n_features_in_ = X.shape[1]
        return self

    def _bounds(self, columns: int) -> list[tuple[float | None, float | None]]:
        """Limits of each weight; the flags of what is not known, which follow the indicators, have none."""
        limits = {1: (0.0, None), 0: (None, None), -1: (None, 0.0)}
        directions = [] if self.directions is None else list(self.directions)
        return [limits[way] for way in directions] + [(None, None)] * (columns - len(directions))

    def raw(self, X: Values) -> Floats:
        # Not by a matrix product: its sums run in an order that depends on who is scored beside, to the last bit.
        return self.intercept_ + np.einsum("ij,j->i", self._apart(X), self.coef_)

    def contributions(self, X: Values) -> tuple[float, Floats]:
        """Base and what each indicator adds, in log-odds: float, float64[n, m]."""
        return self.intercept_, self.filler_.fold_back(self._apart(X) * self.coef_)

    def _tamed(self, X: Values) -> Floats:
        filled = self.filler_.transform(X)
        sign = np.sign(filled)
        np.log1p(np.abs(filled, out=filled), out=filled)
        filled *= sign
        return filled

    def _apart(self, X: Values) -> Floats:
        """How far each row is from the average child, tamed, scaled and held, float64[n, m + flags].

        A few rows at a time, which stay in the processor's cache from step to step: a fifth of the time.
        """
        out = np.empty((len(X), len(self.filler_.source_)))
        for start in range(0, len(X), TOGETHER):
            rows = out[start : start + TOGETHER]
            rows[:] = self._tamed(X[start : start + TOGETHER])
            rows -= self.scaler_.mean_
            rows /= self.scaler_.scale_
            np.clip(rows, -FURTHEST, FURTHEST, out=rows)
            rows -= self.mean_
        return out


def _ridge(
    X: Floats, y: NDArray[np.bool_], C: float, bounds: list[tuple[float | None, float | None]]
) -> tuple[Floats, float]:
    """Weights and intercept that minimise log-loss + |w|^2 / 2C within ``bounds``; convex, so there is one answer."""
    strength = 1 / (C * len(y))

    def loss(parameters: Floats) -> tuple[float, Floats]:
        weights, intercept = parameters[:-1], parameters[-1]
        z = X @ weights + intercept
        told = np.logaddexp(0, z) - y * z
        wrong = (expit(z) - y) / len(y)
        slope = np.append(X.T @ wrong + strength * weights, wrong.sum())
        return float(told.mean() + strength * weights @ weights / 2), slope

    start = np.append(np.zeros(X.shape[1]), logit(np.clip(y.mean(), 1e-6, 1 - 1e-6)))
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)],
        options={"maxiter": STEPS, "ftol": 1e-10, "gtol": 1e-7},
    )  # fmt: skip
    return found.x[:-1], float(found.x[-1])
