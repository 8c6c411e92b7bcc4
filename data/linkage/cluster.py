"""Links to clusters: the strongest first, never joining what must stay apart."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Ints = NDArray[np.int64]


class Links(NamedTuple):
    """Links between positions: ``left[k]`` and ``right[k]`` with ``probability[k]``."""

    left: Ints
    right: Ints
    probability: NDArray[np.float64]


def components(n: int, left: Ints, right: Ints) -> Ints:
    """Label of each of ``n`` positions: the smallest position it is connected to."""
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(n, n))
    _, labels = connected_components(graph, directed=False)
    smallest = np.full(n, n, dtype=np.int64)
    np.minimum.at(smallest, labels, np.arange(n))
    return smallest[labels]


def cluster(n: int, links: Links, apart_left: Ints, apart_right: Ints) -> Ints:
    """Label of each of ``n`` positions: connected components, but those with a pair to keep apart are built by link.

    Kruskal's order: links by falling probability (ties by position), each joins two clusters unless some pair of
    their members is to be kept apart.
    """
    label = components(n, links.left, links.right)
    clash = label[apart_left] == label[apart_right]
    affected = np.isin(label[links.left], label[apart_left[clash]])
    if affected.any():
        joined = _Joined(apart_left[clash], apart_right[clash])
        chosen = np.flatnonzero(affected)
        order = np.lexsort((links.right[chosen], links.left[chosen], -links.probability[chosen]))
        joined.join_all(links.left[chosen][order].tolist(), links.right[chosen][order].tolist())
        members = np.flatnonzero(np.isin(label, label[apart_left[clash]]))
        label[members] = _smallest([joined.root(i) for i in members.tolist()], members)
    return label


def _smallest(roots: list[int], members: Ints) -> Ints:
    """The smallest member that shares each member's root."""
    _, inverse = np.unique(np.asarray(roots, dtype=np.int64), return_inverse=True)
    first = np.full(len(members), np.iinfo(np.int64).max)
    np.minimum.at(first, inverse, members)
    return first[inverse]


class _Joined:
    """Union-find whose clusters remember which other clusters they may not join."""

    def __init__(self, apart_left: Ints, apart_right: Ints) -> None:
        self.parent: dict[int, int] = {}
        self.apart: dict[int, set[int]] = {}
        for a, b in zip(apart_left.tolist(), apart_right.tolist(), strict=True):
            self.apart.setdefault(a, set()).add(b)
            self.apart.setdefault(b, set()).add(a)

    def root(self, i: int) -> int:
        while (up := self.parent.get(i, i)) != i:
            self.parent[i] = self.parent.get(up, up)
            i = up
        return i

    def join_all(self, left: list[int], right: list[int]) -> None:
        for a, b in zip(left, right, strict=True):
            self._join(self.root(a), self.root(b))

    def _join(self, a: int, b: int) -> None:
        if a == b or b in self.apart.get(a, ()):
            return
        self.parent[b] = a
        for other in self.apart.pop(b, set()):
            self.apart[other].discard(b)
            self.apart[other].add(a)
            self.apart.setdefault(a, set()).add(other)
