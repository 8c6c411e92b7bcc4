"""Gradient boosting that may not contradict the catalogue: where more means more risk, the score never falls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import ThreadpoolController

from analytics.explanation.one import one_of_boosted
from analytics.explanation.trees import boosted_trees, contributions_of
from analytics.models.estimator import Floats, LogOdds, Values, in_blocks

# One thread: the sums keep one order whatever the machine, and two threads that wait for each other are slower here.
_THREADS = ThreadpoolController()


class Boosting(LogOdds):
    """Scikit-learn's histogram boosting. ``directions``: +1, 0 or -1 an indicator, from the catalogue.

    No early stopping: it depends on the order of the rows, and moved probabilities by 0.31 when tried.
    """

    def __init__(
        self,
        directions: Sequence[int] | None = None,
        rounds: int = 160,
        leaves: int = 8,
        learning_rate: float = 0.06,
    ) -> None:
        self.directions = directions
        self.rounds = rounds
        self.leaves = leaves
        self.learning_rate = learning_rate

    def fit(self, X: Values, y: NDArray[np.bool_]) -> Self:
        model = HistGradientBoostingClassifier(
            max_iter=self.rounds,
            max_leaf_nodes=self.leaves,
            learning_rate=self.learning_rate,
            min_samples_leaf=20,
            l2_regularization=20.0,
            max_features=0.2,
            max_bins=64,
            monotonic_cst=None if self.directions is None else np.asarray(self.directions, dtype=np.int8),
            early_stopping=False,
            random_state=0,
        )
        # The booster can't bin a column of gaps alone; made constant, it is never split on.
        nobody_has = np.isnan(X).all(axis=0)
        with _THREADS.limit(limits=1, user_api="openmp"):
            self.model_ = model.fit(np.where(nobody_has, 0, X), y)
        self.n_features_in_ = X.shape[1]
        return self

    def raw(self, X: Values) -> Floats:
        with _THREADS.limit(limits=1, user_api="openmp"):
            return in_blocks(self.model_.decision_function, X)

    def contributions(self, X: Values) -> tuple[float, Floats]:
        """Base and Shapley value of each indicator, in log-odds: float, float64[n, m]."""
        return contributions_of(boosted_trees(self.model_), X)

    def contributions_of_one(self, X: Values) -> tuple[float, Floats]:
        """The same for a few people, by shap."""
        return one_of_boosted(self.model_, X)
