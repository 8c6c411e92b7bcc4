"""Who is like the known cases, and which of them: one object for the ranking and for the neighbours.

Plain distance is not similarity: what sets known cases apart has to be learned. Many small extremely randomised trees
each see the known cases and a few of the rest (Mordelet and Vert, 2014, with trees); a penalised linear model on
normal scores sees everybody. Their standardised sum is the ranking. Two people are near when the trees put them in
the same leaves, each leaf counting by its share of known cases: of the spaces tried on the eight ``rank`` sets (leaves,
weighted leaves, distances weighted by importance or by coefficients, plain distance) it found held-out cases best.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit
from sklearn.base import BaseEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.tree import ExtraTreeClassifier

from analytics.matrix.filler import Filler
from analytics.similarity.normal_scores import NormalScores

Floats = NDArray[np.float64]
Values = NDArray[np.floating]
NEEDED = 2
SCALE_PEOPLE = 4000
#: The leaves of so many people stay in the processor's cache.
AT_ONCE = 512


_PATHS: WeakKeyDictionary[KnownCaseSimilarity, list[NDArray[np.float32]]] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class Place:
    """Where people stand in the learned space: leaf int16[n, trees], and how much of the way to it is known float32."""

    leaf: NDArray[np.int16]
    known: NDArray[np.float32]

    def rows(self, wanted: NDArray[np.int64] | slice) -> Place:
        """Where those at some of the rows stand."""
        return Place(self.leaf[wanted], self.known[wanted])


_COUNTS: WeakKeyDictionary[Place, NDArray[np.float32]] = WeakKeyDictionary()


class KnownCaseSimilarity(BaseEstimator):
    """Learned likeness to known cases among positive and unlabelled people; NaN means missing.

    ``linear_share`` is the linear model's weight beside the trees'. Fitted: ``known_`` row numbers of the known cases
    int64[k], ``n_features_in_``. Missing values shrink the denominator of nearness: a tree counts by the part of its
    questions that can be answered for both people.
    """

    def __init__(
        self,
        trees: int = 200,
        ratio: float = 1.0,
        least: int = 30,
        leaf: int = 1,
        linear_share: float = 0.5,
        C: float = 0.3,
        seed: int = 0,
    ) -> None:
        self.trees = trees
        self.ratio = ratio
        self.least = least
        self.leaf = leaf
        self.linear_share = linear_share
        self.C = C
        self.seed = seed

    def fit(self, X: Values, known: NDArray[np.bool_]) -> Self:
        """``X`` float[n, m] and ``known`` bool[n]. Raises ``ValueError`` below two known cases or without a rest."""
        self.learn(X, known)
        self.known_place_ = self.place(np.asarray(X, dtype=np.float32)[self.known_])
        return self

    def learn(self, X: Values, known: NDArray[np.bool_]) -> Self:
        """As `fit`, for whoever wants the ranking alone: nobody's neighbours can be looked for."""
        X, known = np.asarray(X, dtype=np.float32), np.asarray(known, dtype=bool)
        self.known_, rest = np.flatnonzero(known), np.flatnonzero(~known)
        if len(self.known_) < NEEDED or len(rest) == 0:
            raise ValueError("similarity needs two known cases at least, and people to tell them from")
        self.filler_ = Filler().fit(X)
        self.scores_ = NormalScores().fit(X)
        filled = self.filler_.transform(X).astype(np.float32)
        self._fit_trees(filled, rest)
        self.linear_ = LogisticRegression(C=self.C, class_weight="balanced", max_iter=500, tol=1e-5)
        self.linear_.fit(self.scores_.transform(X), known)
        self.n_features_in_ = X.shape[1]
        parts = self._parts(X[_sample(rest)])
        self.centre_, self.spread_ = parts.mean(axis=1), np.maximum(parts.std(axis=1), 1e-9)
        return self

    def _fit_trees(self, filled: Values, rest: NDArray[np.int64]) -> None:
        draws = np.random.default_rng(self.seed)
        size = min(len(rest), max(self.least, round(self.ratio * len(self.known_))))
        self.trees_ = []
        for number in range(self.trees):
            rows = np.r_[self.known_, draws.choice(rest, size, replace=False)]
            sides = np.r_[np.ones(len(self.known_), bool), np.zeros(size, bool)]
            tree = ExtraTreeClassifier(
                max_features="sqrt",
                min_samples_leaf=self.leaf,
                class_weight="balanced",
                random_state=self.seed + number,
            )
            self.trees_.append(tree.fit(filled[rows], sides))
        self.share_ = [np.ascontiguousarray(tree.tree_.value[:, 0, 1]) for tree in self.trees_]

    def score_samples(self, X: Values) -> Floats:
        """Likeness to the known cases, float64[n] from 0 to 1; higher is more alike."""
        parts = (self._parts(np.asarray(X, dtype=np.float32)) - self.centre_[:, None]) / self.spread_[:, None]
        return expit((parts[0] + self.linear_share * parts[1]) / (1 + self.linear_share) - 1)

    def _parts(self, X: Values) -> Floats:
        """The trees' and the linear model's own log-odds, float64[2, n]."""
        filled = self.filler_.transform(X).astype(np.float32)
        votes = np.zeros(len(X))
        for tree, share in zip(self.trees_, self.share_, strict=True):
            votes += share[tree.tree_.apply(filled)]
        trees = logit((votes + 0.5) / (len(self.trees_) + 1))
        return np.stack([trees, self.linear_.decision_function(self.scores_.transform(X))])

    def place(self, X: Values) -> Place:
        """Where people stand in the learned space; keep it to search among them again."""
        X = np.asarray(X, dtype=np.float32)
        filled, missing = self.filler_.transform(X).astype(np.float32), np.isnan(X)
        leaf = np.column_stack([tree.tree_.apply(filled) for tree in self.trees_]).astype(np.int16)
        known = np.ones(leaf.shape, np.float32)
        if missing.any():
            # Few patterns of what is missing are shared by many people: each is worked out once a tree.
            packed, which = np.unique(np.packbits(missing, axis=1), axis=0, return_inverse=True)
            patterns = np.unpackbits(packed, axis=1, count=X.shape[1]).astype(np.float32)
            for number, asked in enumerate(self._paths(X.shape[1])):
                known[:, number] -= (patterns @ asked.T)[which.ravel(), leaf[:, number]]
        return Place(leaf, known)

    def counts(self, place: Place) -> NDArray[np.float32]:
        """The share of known cases of each one's leaves by how much of the way is known, float32[n, trees].

        Worked out once for a place: to look so many leaves up takes longer than to look among the people.
        """
        if place not in _COUNTS:
            share, counts = self._share_table(), place.known.copy()
            for number in range(counts.shape[1]):
                counts[:, number] *= share[place.leaf[:, number], number]
            _COUNTS[place] = counts
        return _COUNTS[place]

    def nearness(self, one: Place, others: Place) -> Floats:
        """Nearness of each of ``one`` to each of ``others``, float64[a, b] from 0 to 1; of somebody to themselves 1."""
        out = np.zeros((len(one.leaf), len(others.leaf)))
        mine, theirs = self.counts(one), self.counts(others)
        for start in range(0, len(others.leaf), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            leaf, known, counts = others.leaf[part], others.known[part], theirs[part]
            for row in range(len(one.leaf)):
                together = ((leaf == one.leaf[row]) * counts) @ one.known[row]
                apart = np.sqrt((known @ mine[row]) * (counts @ one.known[row]))
                out[row, part] = together / np.maximum(apart, 1e-12)
        return out

    def nearness_to_group(self, group: Place, others: Place) -> Floats:
        """Nearness of each of ``others`` to a group as a whole, float64[b] from 0 to 1.

        The cosine between each one's leaves and the mean of the group's, so that it takes one look a leaf and not one a
        pair. Leaves of which too little is known count for as little here as between two people.
        """
        trees = np.arange(group.leaf.shape[1])
        share = self._share_table()
        mean = np.zeros_like(share)
        for leaf, known in zip(group.leaf, group.known, strict=True):
            mean[leaf, trees] += known * np.sqrt(share[leaf, trees]) / len(group.leaf)
        mine = np.sqrt(self.counts(others) * others.known)
        together = np.einsum("bt,bt->b", mine, mean[others.leaf, trees], dtype=np.float64)
        length = np.sqrt(np.einsum("bt,bt->b", mine, mine, dtype=np.float64) * float((mean**2).sum()))
        return np.clip(together / np.maximum(length, 1e-12), 0, 1)

    def kneighbors(self, X: Values, n_neighbors: int = 5) -> tuple[Floats, NDArray[np.int64]]:
        """Nearest known cases of each person: distance float64[n, k] (1 - nearness) and row in the fitted X."""
        near = self.nearness(self.place(X), self.known_place_)
        most = min(n_neighbors, len(self.known_))
        order = np.argsort(-near, axis=1, kind="stable")[:, :most]
        return 1 - np.take_along_axis(near, order, axis=1), self.known_[order]

    def questions(self) -> list[NDArray[np.float32]]:
        """For each tree, the part of the questions on the way to a leaf that an indicator is, float32[nodes, m]."""
        return self._paths(self.n_features_in_)

    def _paths(self, indicators: int) -> list[NDArray[np.float32]]:
        """What each tree asks on the way to each leaf, worked out once for an object and never saved with it."""
        if self not in _PATHS:
            _PATHS[self] = [_asked(tree, self.filler_.source_, indicators) for tree in self.trees_]
        return _PATHS[self]

    def _share_table(self) -> NDArray[np.float32]:
        """Share of known cases by leaf and tree, float32[most leaves, t]."""
        table = np.zeros((max(len(share) for share in self.share_), len(self.share_)), np.float32)
        for number, share in enumerate(self.share_):
            table[: len(share), number] = share
        return table


def _sample(rest: NDArray[np.int64]) -> NDArray[np.int64]:
    """Evenly spread rows, enough to know the scale of a score by."""
    return rest[:: max(1, len(rest) // SCALE_PEOPLE)]


def _asked(tree: ExtraTreeClassifier, source: NDArray[np.int64], indicators: int) -> NDArray[np.float32]:
    """For each leaf, the part of the questions on its path that each indicator makes up, float32[nodes, m]."""
    shape = tree.tree_
    count = np.zeros((shape.node_count, indicators), np.float32)
    level = np.zeros(1, np.int64)
    while True:
        level = level[shape.children_left[level] != -1]
        if len(level) == 0:
            return count / np.maximum(count.sum(axis=1, keepdims=True), 1)
        below = np.r_[shape.children_left[level], shape.children_right[level]]
        count[below] = count[np.r_[level, level]]
        np.add.at(count, (below, np.tile(source[shape.feature[level]], 2)), 1)
        level = below
