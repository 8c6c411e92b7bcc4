"""Fill what is not known, and say that it was: shared by the estimators that cannot read a gap themselves."""

from __future__ import annotations

from typing import Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

Values = NDArray[np.floating]


class Filler(TransformerMixin, BaseEstimator):
    """Median for what is not known, with one further column of flags for each indicator that had gaps in training.

    ``transform`` gives float64[n, m + flags]; ``source_`` int64[m + flags] says which indicator a column belongs to.
    """

    def fit(self, X: Values, y: object = None) -> Self:
        missing = np.isnan(X)
        with_values = ~missing.all(axis=0)
        self.median_ = np.zeros(X.shape[1])
        self.median_[with_values] = np.nanmedian(X[:, with_values], axis=0)
        rate = missing.mean(axis=0) if len(X) else np.zeros(X.shape[1])
        self.flagged_ = np.flatnonzero((rate > 0) & (rate < 1))
        self.source_ = np.r_[np.arange(X.shape[1]), self.flagged_]
        self.n_features_in_ = X.shape[1]
        return self

    def transform(self, X: Values) -> NDArray[np.float64]:
        missing = np.isnan(X)
        out = np.empty((len(X), len(self.source_)))
        out[:, : X.shape[1]] = np.where(missing, self.median_, X)
        out[:, X.shape[1] :] = missing[:, self.flagged_]
        return out

    def fold_back(self, contributions: Values) -> NDArray[np.float64]:
        """Adds a flag's contribution to its indicator's: [n, m + flags] -> float64[n, m]."""
        own = contributions[:, : self.n_features_in_].astype(np.float64)
        own[:, self.flagged_] += contributions[:, self.n_features_in_ :]
        return own
