"""Indicators on a common scale that no outlier can stretch."""

from __future__ import annotations

from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from analytics.matrix.filler import Filler

Values = NDArray[np.floating]
REFERENCE_POINTS = 1000
FURTHEST = 3.0


class NormalScores:
    """Each indicator by its rank among the training people, as a normal score; not known is the middle, with a flag."""

    def fit(self, X: Values) -> Self:
        self.filler_ = Filler().fit(X)
        steps = np.linspace(0, 1, min(REFERENCE_POINTS, len(X)))
        filled = self.filler_.transform(X)[:, : X.shape[1]]
        self.reference_ = np.quantile(filled, steps, axis=0, method="nearest")
        return self

    def transform(self, X: Values) -> NDArray[np.float64]:
        filled = self.filler_.transform(X)
        out = filled.copy()
        n = len(self.reference_)
        for j, reference in enumerate(self.reference_.T):
            below = np.searchsorted(reference, filled[:, j], side="left")
            up_to = np.searchsorted(reference, filled[:, j], side="right")
            out[:, j] = np.clip(ndtri((below + up_to + 1) / (2 * n + 2)), -FURTHEST, FURTHEST)
        return out
