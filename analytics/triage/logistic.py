"""A logistic regression whose weights can be written down, read back, and said one by one."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

Floats = NDArray[np.float64]
#: A ridge of a strength that was set before any result was seen.
C = 0.1


@dataclass(frozen=True)
class Logistic:
    """``centre``, ``spread`` and ``weight`` float64[m] of the indicators, ``base`` of an average contact."""

    centre: Floats = field(repr=False)
    spread: Floats = field(repr=False)
    weight: Floats = field(repr=False)
    base: float

    @classmethod
    def fit(cls, X: Floats, happened: NDArray[np.bool_]) -> Logistic:
        """X float64[n, m]; happened bool[n]. Raises ``ValueError`` where it never or always happened."""
        centre, spread = X.mean(axis=0), np.where(X.std(axis=0) > 0, X.std(axis=0), 1.0)
        model = LogisticRegression(C=C, max_iter=300).fit((X - centre) / spread, happened)
        return cls(centre, spread, model.coef_[0], float(model.intercept_[0]))

    def parts(self, X: Floats) -> Floats:
        """What each indicator adds to the log-odds beside an average contact, float64[n, m]; with base, ``raw``."""
        out: Floats = (X - self.centre) / self.spread * self.weight
        return out

    def raw(self, X: Floats) -> Floats:
        """Log-odds, float64[n]."""
        out: Floats = ((X - self.centre) / self.spread) @ self.weight + self.base
        return out

    def chance(self, X: Floats) -> Floats:
        """Probability, float64[n]."""
        out: Floats = expit(self.raw(X))
        return out
