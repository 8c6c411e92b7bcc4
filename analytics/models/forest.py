"""Bagged trees for positive and unlabelled data: every tree sees the known cases and a few of the rest.

Mordelet and Vert, 2014, "A bagging SVM to learn from positive and unlabeled examples"; with the trees of a random
forest (Breiman, 2001) in place of the machines. A hidden case among the rest misleads few trees. A tree sees ten others
for each known case, and all count alike: with three, the two sides weighing alike, fewer of the unknown were found.
"""

from __future__ import annotations

from typing import Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.tree import DecisionTreeClassifier

from analytics.explanation.one import one_of_bagged
from analytics.explanation.trees import bagged_trees, contributions_of
from analytics.matrix.filler import Filler
from analytics.models.estimator import Floats, Values, in_blocks


class Forest(ClassifierMixin, BaseEstimator):
    """Raw score: mean over the trees of the share of known cases in a leaf.

    Trees are at most eight deep, so that Shapley values for everybody take seconds rather than hours.
    """

    classes_ = np.array([False, True])

    def __init__(self, trees: int = 150, depth: int = 8, ratio: float = 10.0, leaf: int = 5, seed: int = 0) -> None:
        self.trees = trees
        self.depth = depth
        self.ratio = ratio
        self.leaf = leaf
        self.seed = seed

    def fit(self, X: Values, y: NDArray[np.bool_]) -> Self:
        self.filler_ = Filler().fit(X)
        filled = self.filler_.transform(X).astype(np.float32)
        known, rest = np.flatnonzero(y), np.flatnonzero(~np.asarray(y, bool))
        size = min(len(rest), max(30, round(self.ratio * len(known))))
        draws = np.random.default_rng(self.seed)
        self.trees_ = [self._tree(filled, known, draws.choice(rest, size, False), n) for n in range(self.trees)]
        self.n_features_in_ = X.shape[1]
        return self

    def _tree(
        self, filled: Values, known: NDArray[np.int64], rest: NDArray[np.int64], n: int
    ) -> DecisionTreeClassifier:
        rows = np.r_[known, rest]
        sides = np.r_[np.ones(len(known), bool), np.zeros(len(rest), bool)]
        seed = self.seed + n
        tree = DecisionTreeClassifier(
            max_depth=self.depth, min_samples_leaf=self.leaf, max_features="sqrt", random_state=seed
        )
        return tree.fit(filled[rows], sides)

    def raw(self, X: Values) -> Floats:
        return in_blocks(self._raw, self.filler_.transform(X).astype(np.float32))

    def _raw(self, filled: Values) -> Floats:
        total = np.zeros(len(filled))
        for tree in self.trees_:
            share = tree.tree_.value[:, 0, 1]
            total += share[tree.tree_.apply(filled)]
        return total / len(self.trees_)

    def predict_proba(self, X: Values) -> Floats:
        """Uncalibrated, float64[n, 2]."""
        chance = self.raw(X)
        return np.column_stack([1 - chance, chance])

    def predict(self, X: Values) -> NDArray[np.bool_]:
        return self.raw(X) > 0.5

    def contributions(self, X: Values) -> tuple[float, Floats]:
        """Base and Shapley value of each indicator, in probability: float, float64[n, m]."""
        filled = self.filler_.transform(X).astype(np.float32)
        base, parts = contributions_of(bagged_trees(self.trees_), filled)
        return base, self.filler_.fold_back(parts)

    def contributions_of_one(self, X: Values) -> tuple[float, Floats]:
        """The same for a few people, by shap."""
        base, parts = one_of_bagged(self.trees_, self.filler_.transform(X).astype(np.float32))
        return base, self.filler_.fold_back(parts)
