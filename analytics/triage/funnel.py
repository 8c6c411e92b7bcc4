"""Who differs from the others by more than people naturally do.

Natural differences are allowed for by an additive random effect (Spiegelhalter 2005, *Handling over-dispersion of
performance indicators*), estimated from those who do not stand out: a first, robust pass (median and its deviations)
sets aside who stands far out, so that two strict workers do not widen the limits that are to find them. Everybody is
then tested against the others of their own place, with Student's t for an estimated spread, and Holm's correction for
as many as were looked at.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
LEVEL = 0.05  # chance that anybody at all is pointed out wrongly, of all that are looked at together
ASIDE = 3.0  # standard deviations beyond which somebody says nothing of how far people naturally differ


@dataclass(frozen=True)
class Compared:
    """k units beside the others of their place: ``shift`` from them, the reach of its 95 % interval, its standard
    deviation by chance and nature (``scale``), p; ``kept`` who does not stand far out; ``spread`` the natural standard
    deviation, told from ``free`` degrees of freedom."""

    shift: Floats
    reach: Floats
    scale: Floats
    p: Floats
    kept: NDArray[np.bool_]
    spread: float
    free: float


def compare(
    mean: Floats, error: Floats, place: Ints, spread: float | None = None, *, natural: float = 0.0, free: float = np.inf
) -> Compared:
    """``mean`` and ``error`` float64[k] of each unit, ``place`` int64[k] within which they are compared.

    ``spread`` and its ``free``: where the natural one is known from elsewhere; else it is estimated. With ``natural``
    the question is one-sided: is a unit higher than the others by more than that? Raises ``ValueError`` for a unit
    without anybody beside it.
    """
    if (np.bincount(place)[place] < 2).any():
        raise ValueError("a unit alone in its place has nobody to be compared with")
    kept = ~_far_out(mean, error, place, spread, natural)
    if spread is None:
        free = max(int(kept.sum()) - len(np.unique(place[kept])), 1)
        spread = between(mean[kept], error[kept], place[kept])
    variance = error**2 + spread**2
    centre, doubt = _centres(mean, variance, place, kept)
    shift, total = mean - centre, np.sqrt(variance + doubt)
    sided = stats.t.sf((shift - natural) / total, free) if natural else 2 * stats.t.sf(np.abs(shift) / total, free)
    reach = stats.t.ppf(0.975, free) * np.sqrt(error**2 + doubt)
    return Compared(shift, reach, total, sided, kept, spread, free)


def limit(scale: Floats, free: Floats, looked_at: int, sides: int = 2) -> Floats:
    """How far each of ``looked_at`` may stand from the others before it is unusual, float64[k]."""
    return np.asarray(stats.t.ppf(1 - LEVEL / sides / looked_at, free) * scale)


def holm(p: Floats) -> Floats:
    """p-values after Holm's correction (1979), float64[k]."""
    order = np.argsort(p, kind="stable")
    raised = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    out = np.empty(len(p))
    out[order] = np.minimum(raised, 1.0)
    return out


def _far_out(mean: Floats, error: Floats, place: Ints, spread: float | None, natural: float) -> NDArray[np.bool_]:
    """Who stands far from the median of their place, for how far the middle half stands from it."""
    off = mean - np.array([np.median(mean[place == one]) for one in range(int(place.max()) + 1)])[place]
    if spread is None:
        return np.asarray(np.abs(off) > ASIDE * np.maximum(1.4826 * np.median(np.abs(off)), error))
    return np.asarray(np.abs(off) > natural + ASIDE * np.sqrt(spread**2 + error**2))


def between(mean: Floats, error: Floats, place: Ints) -> float:
    """Between-unit standard deviation within places by the method of moments (DerSimonian and Laird, 1986)."""
    weight = 1 / error**2
    total = np.bincount(place, weight)
    centre = np.bincount(place, weight * mean) / np.where(total > 0, total, 1)
    q = float((weight * (mean - centre[place]) ** 2).sum())
    free = len(mean) - len(np.unique(place))
    square = np.bincount(place, weight**2)
    scale = float(weight.sum() - (square[total > 0] / total[total > 0]).sum())
    return float(np.sqrt(max(0.0, (q - free) / scale))) if scale > 0 else 0.0


def _centres(mean: Floats, variance: Floats, place: Ints, kept: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Weighted mean of the others of each unit's place, of those not set aside, and its variance: float64[k] each."""
    weight = np.where(kept, 1 / variance, 0.0)
    total, sums = np.bincount(place, weight)[place] - weight, np.bincount(place, weight * mean)[place] - weight * mean
    alone = total <= 0  # everybody else was set aside: then all of them count
    every = 1 / variance
    total = np.where(alone, np.bincount(place, every)[place] - every, total)
    sums = np.where(alone, np.bincount(place, every * mean)[place] - every * mean, sums)
    return sums / total, 1 / total
