"""Children alike: to each who was allocated, the nearest of those who were not, and how far the two then differ.

Nearest-neighbour matching without replacement, exact within strata and within calipers (Rosenbaum and Rubin, 1985; a
caliper of a fifth of a standard deviation: Austin, 2011). Balance is told by standardised mean differences, of which a
tenth is the usual limit (Austin, 2009). Intervals resample matched sets by family, whole families at a time (Austin and
Small, 2014): matched without replacement, sets can be resampled; brothers and sisters are no two witnesses.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
#: How many like children each is compared with, at most.
EACH = 3
#: In standard deviations: how far a like child may lie away in a score.
CALIPER = 0.2
ALIKE = 0.1
RESAMPLED, SEED = 2_000, 7


@dataclass(frozen=True)
class Matched:
    """Sets of one who was ``treated`` and the ``controls`` like them, by row; int64[sets] and int64[sets, `EACH`].

    -1 stands where there are fewer controls. ``alone``: rows of the treated who are like nobody.
    """

    treated: Ints
    controls: Ints
    alone: Ints

    @property
    def pairs(self) -> tuple[Ints, Ints]:
        """Set and row of every control, int64[pairs] each."""
        sets, place = np.nonzero(self.controls >= 0)
        return sets, self.controls[sets, place]

    def only(self, treated: Bools) -> Matched:
        """The sets of those ``treated``, bool by row, with the controls that they had among all."""
        kept = treated[self.treated]
        return Matched(self.treated[kept], self.controls[kept], self.alone[treated[self.alone]])


def match(treated: Bools, stratum: Ints, values: Floats, unit: Ints, calipers: Floats, each: int = EACH) -> Matched:
    """The ``each`` nearest untreated rows of the same ``stratum`` to every treated row, within ``calipers``.

    ``values`` float[n, k]; a value that is not known is like another that is not, and like no known one. ``unit``:
    whom a row is of; nobody is taken twice. ``calipers`` float[k], in the values' own units; nearness is in standard
    deviations. Those with the highest first value choose first: they have the fewest like them.
    """
    scale = spread(values)
    used: set[int] = set(unit[treated].tolist())
    sets, alone = [], []
    order = np.argsort(-np.nan_to_num(values[:, 0], nan=-np.inf)[treated], kind="stable")
    others = _by_stratum(stratum, ~treated)
    for row in np.flatnonzero(treated)[order]:
        among = others.get(int(stratum[row]), np.empty(0, np.int64))
        for column, caliper in enumerate(calipers):
            among = among[_apart(values[among, column], values[row, column]) <= caliper + 1e-9]
        distance = np.sqrt(((_apart(values[among], values[row]) / scale) ** 2).sum(axis=1))
        taken: list[int] = []
        for at in np.argsort(distance, kind="stable"):
            if int(unit[among[at]]) not in used and len(taken) < each:
                used.add(int(unit[among[at]]))
                taken.append(int(among[at]))
        if taken:
            sets.append((int(row), taken + [-1] * (each - len(taken))))
        else:
            alone.append(int(row))
    rows = np.array([row for row, _ in sets], np.int64)
    return Matched(rows, np.array([taken for _, taken in sets], np.int64).reshape(-1, each), np.array(alone, np.int64))


def _by_stratum(stratum: Ints, wanted: Bools) -> dict[int, Ints]:
    """The rows wanted of each stratum, in order."""
    rows = np.flatnonzero(wanted)
    rows = rows[np.argsort(stratum[rows], kind="stable")]
    found, starts = np.unique(stratum[rows], return_index=True)
    return dict(zip(found.tolist(), np.split(rows, starts[1:]), strict=True)) if len(found) else {}


def spread(values: Floats) -> Floats:
    """Standard deviations by column, float[k]; 1 where nothing differs."""
    with np.errstate(invalid="ignore"):
        found = np.array([np.nanstd(column) if np.isfinite(column).any() else 0.0 for column in values.T])
    return np.where(found > 0, found, 1.0)


def _apart(values: Floats, one: Floats | np.float64) -> Floats:
    apart = np.abs(values - one)
    both, either = np.isnan(values) & np.isnan(one), np.isnan(values) ^ np.isnan(one)
    return np.asarray(np.where(both, 0.0, np.where(either, np.inf, apart)))


@dataclass(frozen=True)
class Balance:
    """Standardised mean differences between the treated and others, before and after matching; float[k] each."""

    before: Floats
    after: Floats

    @property
    def alike(self) -> bool:
        """Whether the matched differ by less than custom allows in everything they were matched on."""
        return bool((np.abs(np.nan_to_num(self.after)) <= ALIKE).all())


def balance(treated: Bools, others: Bools, values: Floats, found: Matched) -> Balance:
    """How alike the two were before matching, and how alike the matched are; ``others``: of whom they were sought."""
    mine, beside = values[treated], values[others]
    with np.errstate(invalid="ignore"):
        scale = np.sqrt((_var(mine) + _var(beside)) / 2)
    scale = np.where(scale > 0, scale, 1.0)
    sets, rows = found.pairs
    weight = 1.0 / np.maximum(np.bincount(sets, minlength=len(found.treated)), 1)
    after = _mean(values[found.treated]) - _mean(values[rows], weight[sets])
    return Balance((_mean(mine) - _mean(beside)) / scale, after / scale)


def _var(values: Floats) -> Floats:
    return np.array([np.nanvar(column) if np.isfinite(column).any() else np.nan for column in values.T])


def _mean(values: Floats, weight: Floats | None = None) -> Floats:
    """Means by column of what is known; NaN where nothing is."""
    weights = np.ones(len(values)) if weight is None else weight
    known = np.isfinite(values)
    total = (known * weights[:, None]).sum(axis=0)
    summed = (np.where(known, values, 0.0) * weights[:, None]).sum(axis=0)
    return np.divide(summed, total, out=np.full(values.shape[1], np.nan), where=total > 0)


@dataclass(frozen=True)
class Difference:
    """The share of the treated less the share of those like them, with its 95 % interval."""

    value: float
    low: float
    high: float


def difference(happened: Bools, found: Matched, family: Ints, resampled: int = RESAMPLED) -> Difference | None:
    """Of ``happened`` bool[n]; ``family`` int64[n]. None without a matched set."""
    if not len(found.treated):
        return None
    cluster = clusters(found, family)
    sets, rows = found.pairs
    count = int(cluster.max()) + 1
    sums = np.stack(
        [
            np.bincount(cluster, happened[found.treated], count),
            np.bincount(cluster, minlength=count),
            np.bincount(cluster[sets], happened[rows], count),
            np.bincount(cluster[sets], minlength=count),
        ]
    ).astype(float)
    drawn = _draws(count, resampled) @ sums.T
    drawn = drawn[drawn[:, 1] > 0]
    low, high = np.quantile(_gap(drawn.T), [0.025, 0.975])
    return Difference(float(_gap(sums.sum(axis=1))), float(low), float(high))


@lru_cache(maxsize=4)
def _draws(count: int, times: int) -> Floats:
    """How often each of ``count`` is drawn with replacement, float[times, count]: the same for whatever is asked."""
    drawn = np.random.default_rng(SEED).multinomial(count, np.full(count, 1 / count), size=times).astype(float)
    drawn.setflags(write=False)
    return drawn


def _gap(sums: Floats) -> Floats:
    return np.asarray(sums[0] / sums[1] - sums[2] / sums[3])


def clusters(found: Matched, family: Ints) -> Ints:
    """Which sets share a family, however far the chain goes, int64[sets]."""
    sets, rows = found.pairs
    one = np.r_[np.arange(len(found.treated)), sets]
    member = np.r_[family[found.treated], family[rows]]
    _, code = np.unique(member, return_inverse=True)
    n, m = len(found.treated), int(code.max()) + 1
    graph = csr_array((np.ones(len(one)), (one, n + code)), shape=(n + m, n + m))
    _, label = connected_components(graph, directed=False)
    _, out = np.unique(label[:n], return_inverse=True)
    return np.asarray(out, np.int64)
