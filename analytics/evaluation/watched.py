"""Does a score follow how closely a family is watched, where the truth is the same?

A model learns from those whom professionals found, and they found them where they looked. So children who are equally
exploited, or equally not, are held against each other: those of the most watched quarter and of the least watched.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from analytics.evaluation.bootstrap import family_weights, figure
from analytics.evaluation.rows import Row

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
GROUPING, METRIC = "watched", "percentile_gap"
EXPLOITED, NOT_EXPLOITED = "exploited", "not exploited"


def watched_rows(
    scores: Mapping[str, Floats], watched: Floats, exploited: Bools, family: NDArray[np.int64], label: str = "truth"
) -> list[Row]:
    """How much higher, in shares of the whole ranking, the most watched quarter stands than the least, a row a ranking
    and truth.

    ``watched`` float[n] is NaN where it is not known. 0.1 says: ten percentiles higher, and equally exploited.
    """
    low, high = quarters(watched)
    weights = family_weights(family)
    rows = []
    for name, score in scores.items():
        place = percentile(score)
        for group, alike in ((EXPLOITED, exploited), (NOT_EXPLOITED, ~exploited)):
            gap = _mean(place, weights, high & alike) - _mean(place, weights, low & alike)
            n = int(((low | high) & alike).sum())
            rows.append(Row(name, label, GROUPING, group, METRIC, figure(gap), n, n if group == EXPLOITED else 0))
    return rows


def quarters(watched: Floats) -> tuple[Bools, Bools]:
    """Who is of the least and of the most watched quarter, bool[n] each; nobody where nothing is known."""
    known = watched[~np.isnan(watched)]
    if len(known) == 0:
        return np.zeros(len(watched), bool), np.zeros(len(watched), bool)
    low, high = np.quantile(known, [0.25, 0.75])
    return watched <= low, watched >= high


def percentile(score: Floats) -> Floats:
    """Share of the ranking that stands below each, equals counting half, float[n] from 0 to 1; NaN is lowest."""
    return (rankdata(np.where(np.isnan(score), -np.inf, score)) - 0.5) / max(len(score), 1)


def _mean(values: Floats, weights: NDArray[np.int16], rows: Bools) -> Floats:
    """Mean over some rows in every resampling, float[r]; NaN where there are none."""
    chosen = weights[rows].astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        return (values[rows] @ chosen) / chosen.sum(axis=0)
