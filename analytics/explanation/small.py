"""Shapley values of small trees, looked up: few questions have few sets of answers, and each has its values.

A tree of eight questions is answered in 256 ways at most. The values of every way are worked out once; a person then
costs one comparison a question and one look into a table an indicator. Path-dependent, as shap's TreeExplainer
(Lundberg and others, 2020, "From local explanations to global understanding with explainable AI for trees").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
#: Questions on the way to a leaf, by their place among the tree's, and whether the leaf lies to their left.
Path = list[tuple[int, bool]]
LEAF = -1
#: More questions than this, and there are too many ways to answer them.
MOST_QUESTIONS = 8
# A Shapley value is an integral over t from 0 to 1 of a polynomial of degree seven at most, which four points of
# Gauss and Legendre give exactly.
_AT, _WEIGHT = np.polynomial.legendre.leggauss(4)
_T, _W = (_AT + 1) / 2, _WEIGHT / 2
#: People looked at together: their numbers stay in the processor's cache from tree to tree.
TOGETHER = 16_384


@dataclass(frozen=True)
class Tree:
    """One tree as parallel arrays over its nodes; ``left`` is -1 in a leaf, ``cover`` how many reached a node."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    indicator: NDArray[np.int64]
    cut: Floats
    gap_left: NDArray[np.bool_]
    value: Floats
    cover: Floats

    @property
    def questions(self) -> NDArray[np.int64]:
        """The nodes that are no leaves."""
        return np.flatnonzero(self.left != LEAF)

    @property
    def small(self) -> bool:
        """Whether every way to answer it can be written down."""
        return len(self.questions) <= MOST_QUESTIONS

    def mean(self) -> float:
        """Its value for nobody in particular."""
        leaf = self.left == LEAF
        return float((self.value[leaf] * self.cover[leaf]).sum() / self.cover[0])


@dataclass(frozen=True)
class Table:
    """What a small tree asks, a question a bit of the answer, and ``values`` of its ``indicators`` float64[a, ways]."""

    asked: NDArray[np.int64]
    cut: NDArray[np.float32]
    gap_left: NDArray[np.bool_]
    indicators: NDArray[np.int64]
    values: Floats

    @classmethod
    def of(cls, tree: Tree) -> Table:
        """Works out the values of every way to answer the tree."""
        nodes = tree.questions
        indicators, of_node = np.unique(tree.indicator[nodes], return_inverse=True)
        ways = np.arange(1 << len(nodes))
        answers = (ways[:, None] >> np.arange(len(nodes)) & 1).astype(bool)
        values = np.zeros((len(indicators), len(ways)))
        for leaf, path in _paths(tree, nodes):
            values += tree.value[leaf] * _shares(tree, path, nodes, of_node, answers, len(indicators))
        cut = cut_below(tree.cut[nodes])
        return cls(tree.indicator[nodes], cut, tree.gap_left[nodes], indicators, values)

    def answers(self, X: NDArray[np.float32]) -> NDArray[np.intp]:
        """Which way each row answers: ``X`` float32[n, m] in columns."""
        way = np.zeros(len(X), np.uint8)
        for bit, (column, cut, gap_left) in enumerate(zip(self.asked, self.cut, self.gap_left, strict=True)):
            goes_left = ~(X[:, column] > cut) if gap_left else X[:, column] <= cut
            way |= goes_left.view(np.uint8) << np.uint8(bit)
        return way.astype(np.intp)


def add(tables: Sequence[Table], X: NDArray[np.float32], out: Floats) -> None:
    """Add the values of every table to ``out`` float64[n, m]; both in columns."""
    for start in range(0, len(X), TOGETHER):
        rows, into = X[start : start + TOGETHER], out[start : start + TOGETHER]
        for table in tables:
            way = table.answers(rows)
            for indicator, values in zip(table.indicators, table.values, strict=True):
                into[:, indicator] += values[way]


def _paths(tree: Tree, nodes: NDArray[np.int64]) -> list[tuple[int, Path]]:
    """Each leaf with its path."""
    place = {int(node): number for number, node in enumerate(nodes)}
    found: list[tuple[int, Path]] = []
    waiting: list[tuple[int, Path]] = [(0, [])]
    while waiting:
        node, path = waiting.pop()
        if tree.left[node] == LEAF:
            found.append((node, path))
        else:
            waiting.append((int(tree.right[node]), [*path, (place[node], False)]))
            waiting.append((int(tree.left[node]), [*path, (place[node], True)]))
    return found


def _shares(
    tree: Tree,
    path: Path,
    nodes: NDArray[np.int64],
    of_node: NDArray[np.int64],
    answers: NDArray[np.bool_],
    indicators: int,
) -> Floats:
    """Shapley value of each indicator in a leaf worth one, float64[indicators, ways].

    An indicator that is asked leads to the leaf or not; one that is not leads a share of people there.
    """
    leads, share = np.ones((indicators, len(answers))), np.ones((indicators, 1))
    for number, left in path:
        node = nodes[number]
        child = tree.left[node] if left else tree.right[node]
        leads[of_node[number]] *= answers[:, number] == left
        share[of_node[number]] *= tree.cover[child] / tree.cover[node]
    total = np.zeros(leads.shape)
    for t, weight in zip(_T, _W, strict=True):
        factor = share + t * (leads - share)
        before = np.cumprod(np.vstack([np.ones((1, factor.shape[1])), factor[:-1]]), axis=0)
        after = np.cumprod(np.vstack([np.ones((1, factor.shape[1])), factor[:0:-1]]), axis=0)[::-1]
        total += weight * before * after
    return total * (leads - share)


def cut_below(cut: Floats) -> NDArray[np.float32]:
    """The greatest float32 at or under each cut: the same float32 values lie at or under both."""
    near = cut.astype(np.float32)
    return np.where(near > cut, np.nextafter(near, np.float32(-np.inf)), near)
