"""Nearness by a reader's own weights, in the same learned space.

A tree counts by the questions on the way to a leaf that can be answered; a weight says how much the answer to each is
to count. What is left out is not known of anybody, so that nothing it says can matter. Equal weights: the plain order.
"""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from analytics.similarity.known_cases import KnownCaseSimilarity, Place

Floats = NDArray[np.float64]
Values = NDArray[np.floating]


@dataclass(frozen=True)
class Weights:
    """What each indicator is to count, float64[m], the most being 1. Raises ``ValueError`` below 0."""

    of: Floats

    def __post_init__(self) -> None:
        if (self.of < 0).any() or not np.isfinite(self.of).all():
            raise ValueError("a weight is nought or more")
        most = self.of.max(initial=0.0)
        object.__setattr__(self, "of", self.of / most if most > 0 else self.of)

    @property
    def plain(self) -> bool:
        """Whether everything counts alike, so that nothing has to be worked out anew."""
        return bool((self.of == 1).all())

    @property
    def nothing(self) -> bool:
        """Whether nothing is left that could be compared."""
        return bool((self.of == 0).all())


def placed(search: KnownCaseSimilarity, values: Values, weights: Weights) -> Place:
    """Where people stand, of rows float[n, m]: what is left out is not known, and a tree counts by the weights."""
    if weights.plain:
        return search.place(values)
    left = np.where(weights.of == 0, np.nan, np.asarray(values, np.float32)).astype(np.float32)
    filled = search.filler_.transform(left).astype(np.float32)
    leaf = np.column_stack([tree.tree_.apply(filled) for tree in search.trees_]).astype(np.int16)
    return Place(leaf, _counting(search, leaf, (~np.isnan(left) * weights.of).astype(np.float32)))


def nearness(search: KnownCaseSimilarity, one: Place, others: Place, weights: Weights) -> Floats:
    """Nearness of somebody to each of ``others``, both `placed` by the same weights, float64[n] from 0 to 1."""
    return np.zeros(len(others.leaf)) if weights.nothing else search.nearness(one, others)[0]


@dataclass(frozen=True)
class _Ways:
    """The questions on the way to each leaf: their indicators int16 and parts float32, [trees, nodes, questions]."""

    asks: NDArray[np.int16]
    part: NDArray[np.float32]


_WAYS: WeakKeyDictionary[KnownCaseSimilarity, _Ways] = WeakKeyDictionary()


def _counting(search: KnownCaseSimilarity, leaf: NDArray[np.int16], counts: NDArray[np.float32]) -> NDArray[np.float32]:
    """The weight of what can be answered on each one's way to each leaf, float32[n, trees]; ``counts`` [n, m]."""
    if search not in _WAYS:
        _WAYS[search] = _ways(search)
    ways = _WAYS[search]
    out = np.empty(leaf.shape, np.float32)
    rows = np.arange(len(leaf))[:, None]
    for tree in range(leaf.shape[1]):
        at = leaf[:, tree]
        out[:, tree] = np.einsum("nq,nq->n", ways.part[tree, at], counts[rows, ways.asks[tree, at]])
    return out


def _ways(search: KnownCaseSimilarity) -> _Ways:
    """Most ways are a dozen questions of a hundred and more indicators: kept short, they are read in no time."""
    asked = search.questions()
    nodes = max(len(each) for each in asked)
    most = max(int((each > 0).sum(axis=1).max(initial=0)) for each in asked)
    asks, part = np.zeros((len(asked), nodes, most), np.int16), np.zeros((len(asked), nodes, most), np.float32)
    for tree, each in enumerate(asked):
        row, column = np.nonzero(each)
        place = np.arange(len(row)) - np.searchsorted(row, row)
        asks[tree, row, place], part[tree, row, place] = column, each[row, column]
    return _Ways(asks, part)
