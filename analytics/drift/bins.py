"""Values into bins that were drawn on those the model learned from: not known, nil, and up to ten steps above it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.floating]
STEPS = np.arange(1, 10) / 10
#: Lists are cut from the top of the scores, so that the top is looked at more closely.
TOP = np.array([*STEPS, 0.95, 0.99])


def edges(values: Values, shares: NDArray[np.float64] = STEPS) -> NDArray[np.float64]:
    """Upper edges, ascending, of bins that hold these shares of ``values``; equal values are never parted.

    Whoever has nothing of an indicator is a bin by itself, since most have nothing of most.
    """
    known = values[~np.isnan(values)].astype(np.float64)
    if not len(known):
        return np.zeros(0)
    cut = np.unique(np.quantile(known, shares, method="inverted_cdf"))
    if known.min() == 0:
        cut = np.union1d(cut, [0.0])
    return cut[cut < known.max()]


def counts(values: Values, upper: NDArray[np.float64]) -> NDArray[np.float64]:
    """How many of ``values`` lie in each bin: not known first, then up to each edge, then above the last."""
    known = values[~np.isnan(values)]
    within = np.bincount(np.searchsorted(upper, known, side="left"), minlength=len(upper) + 1)
    return np.r_[len(values) - len(known), within].astype(np.float64)


def told(values: Values) -> tuple[float, float]:
    """The mean of what is known (NaN if nothing is), and the share that is not."""
    known = values[~np.isnan(values)]
    mean = float(known.mean(dtype=np.float64)) if len(known) else float("nan")
    return mean, 1 - len(known) / max(len(values), 1)
