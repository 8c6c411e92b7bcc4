"""Intervals from resampled families: siblings stand or fall together, so families are drawn, not people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLINGS = 200


@dataclass(frozen=True)
class Figure:
    """A measured figure with its 95 % interval; ``None`` where it cannot be told (nobody found, nobody to find)."""

    value: float | None
    low: float | None
    high: float | None

    def as_json(self) -> dict[str, float | None]:
        return {"value": self.value, "low": self.low, "high": self.high}


def family_weights(family: NDArray[np.int64], resamplings: int = RESAMPLINGS, seed: int = 0) -> NDArray[np.int16]:
    """How often each person counts: int16[n, 1 + resamplings]; column 0 is the people as they are.

    As many families are drawn, with replacement, as there are; the draw depends on the sorted family numbers alone.
    """
    numbers, index = np.unique(family, return_inverse=True)
    draws = np.random.default_rng(seed)
    counts = np.ones((1 + resamplings, len(numbers)), np.int16)
    for row in range(1, 1 + resamplings):
        drawn = draws.integers(0, len(numbers), len(numbers)) if len(numbers) else np.zeros(0, np.int64)
        counts[row] = np.bincount(drawn, minlength=len(numbers))
    return np.ascontiguousarray(counts.T)[index]


def figure(values: NDArray[np.float64], centred: bool = False) -> Figure:
    """The point estimate (entry 0) with the 2.5 and 97.5 percentiles of the resamplings that gave a number.

    ``centred`` is for means of absolute distances, which resampling makes larger every time: the interval is moved
    back by that bias (Efron and Tibshirani, 1993, chapter 10) and ends at 0.
    """
    value, drawn = values[0], values[1:][np.isfinite(values[1:])]
    if not np.isfinite(value):
        return Figure(None, None, None)
    if len(drawn) == 0:
        return Figure(float(value), None, None)
    low, high = np.percentile(drawn, [2.5, 97.5])
    if centred:
        bias = drawn.mean() - value
        low, high = max(0.0, low - bias), high - bias
    return Figure(float(value), float(low), float(high))
