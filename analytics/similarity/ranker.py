"""The similar-case search as an estimator, so that it can be measured in folds beside the models."""

from __future__ import annotations

from typing import Self

import numpy as np
from numpy.typing import NDArray

from analytics.similarity.known_cases import KnownCaseSimilarity

Values = NDArray[np.floating]


class SimilarityRanker:
    """Raw score: likeness to the known cases, 0 to 1. It ranks, it does not explain."""

    def fit(self, X: Values, y: NDArray[np.bool_]) -> Self:
        self.search_ = KnownCaseSimilarity().learn(X, y)
        return self

    def raw(self, X: Values) -> NDArray[np.float64]:
        return self.search_.score_samples(X)
