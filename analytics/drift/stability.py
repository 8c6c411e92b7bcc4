"""The population stability index: how far two spreads over the same bins lie apart, less what chance alone gives.

The sum over bins of (p - q) ln(p / q): N. Siddiqi, *Credit Risk Scorecards* (2006), whose marks of 0.1 and 0.25 are
used. Two samples of one population differ too, by (bins - 1)(1/n + 1/m) on average, which is taken off: what is small
is not unsteady for being small.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

A_LITTLE, MUCH = 0.1, 0.25


def stability(now: NDArray[np.float64], before: NDArray[np.float64]) -> float:
    """The index of two rows of counts, float64[bins] each, less what chance alone would give; never below 0.

    Half a row is added to each bin, so that one that is new has a share on both sides. Nothing on a side: 0.
    """
    n, m = now.sum(), before.sum()
    if n == 0 or m == 0:
        return 0.0
    p, q = ((each + 0.5) / (each.sum() + 0.5 * len(each)) for each in (now, before))
    index = float(((p - q) * np.log(p / q)).sum())
    return max(0.0, index - (len(now) - 1) * (1 / n + 1 / m))


def ratio_moved(now: float, before: float, seen_now: float, seen_before: float) -> float:
    """How far a ratio moved: the size of its logarithm, less two standard errors of counts as small as these.

    ``seen_now`` and ``seen_before`` are the counts that the two rest on. Never below 0.
    """
    chance = 2 * np.sqrt(1 / (seen_now + 0.5) + 1 / (seen_before + 0.5))
    return max(0.0, float(abs(np.log(now / before)) - chance))
