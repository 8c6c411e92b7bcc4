"""Known cases are not one average victim: groups among them, by what each has on record, and how sure the groups are.

Two cases are near when the same things are raised in both, each thing counting by how much commoner it is among known
cases than among other children; how much there is on record in all counts for nothing (spherical k-means: Dhillon and
Modha, 2001). There are as many groups as still come out alike when a fifth of the cases is left out (Ben-Hur, Elisseeff
and Guyon, 2002). Nearness in the search's trees was tried: it parted many records from few, and little else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from threadpoolctl import threadpool_limits

Floats = NDArray[np.float64]
#: A group smaller than this would be those few children themselves.
LEAST_IN_GROUP = 10
MOST_GROUPS = 5
#: Below this agreement (adjusted Rand index) the groups are as much chance as cases.
STEADY = 0.85
DRAWS, SHARE = 10, 0.8
TOO_FEW = "There are too few known cases to tell groups among them."
NONE_STEADY = "The known cases fall into no groups that would be found again if a few of them were others."


@dataclass(frozen=True)
class Groups:
    """Group of each known case, int64[k] from 0, the largest first; all 0 and a reason where there are none.

    ``stability`` is the mean adjusted Rand index with a fifth of the cases left out, by number of groups.
    """

    group: NDArray[np.int64]
    stability: dict[int, float]
    reason: str = ""

    @property
    def count(self) -> int:
        """How many groups there are; 0 where there are none to speak of."""
        return 0 if self.reason else int(self.group.max()) + 1


def groups_of(traits: Floats) -> Groups:
    """Groups among known cases from what is on record of each, float64[k, p] from 0 up; the same in, the same out."""
    if len(traits) < 2 * LEAST_IN_GROUP:
        return Groups(np.zeros(len(traits), np.int64), {}, TOO_FEW)
    # Threads that wait for each other take longer than the sums.
    with threadpool_limits(1):
        return _groups(traits / np.maximum(np.linalg.norm(traits, axis=1, keepdims=True), 1e-12))


def _groups(way: Floats) -> Groups:
    most = min(MOST_GROUPS, len(np.unique(way, axis=0)))
    found = {count: _split(way, count) for count in range(2, most + 1)}
    large = {count: group for count, group in found.items() if np.bincount(group).min() >= LEAST_IN_GROUP}
    stability = {count: _stability(way, count, group) for count, group in large.items()}
    steady = [count for count, agreed in stability.items() if agreed >= STEADY]
    return (
        Groups(large[max(steady)], stability)
        if steady
        else Groups(np.zeros(len(way), np.int64), stability, NONE_STEADY)
    )


def _split(way: Floats, count: int) -> NDArray[np.int64]:
    """Groups by falling size, those of equal size by their first case."""
    label = KMeans(count, n_init=5, random_state=0).fit_predict(way)
    used, first, size = np.unique(label, return_index=True, return_counts=True)
    order = used[np.lexsort([first, -size])]
    place = np.empty(count, np.int64)
    place[order] = np.arange(len(order))
    return place[label]


def _stability(way: Floats, count: int, whole: NDArray[np.int64]) -> float:
    draws = np.random.default_rng(0)
    agreed = []
    for _ in range(DRAWS):
        kept = np.sort(draws.choice(len(way), round(SHARE * len(way)), replace=False))
        agreed.append(adjusted_rand_score(whole[kept], _split(way[kept], count)))
    return round(float(np.mean(agreed)), 4)
