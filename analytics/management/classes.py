"""Rates in classes, for maps: each has a number, so that shade is not needed to tell them apart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

CLASSES = 5
WITHHELD = "c"


@dataclass(frozen=True)
class Classes:
    """Where one class ends and the next begins, per 1,000; class 1 is the lowest."""

    breaks: tuple[float, ...]
    decimals: int

    @classmethod
    def of(cls, rates: pd.Series) -> Classes:
        """As many wards in each as can be, and no more classes than would have two wards each."""
        known = rates.dropna()
        decimals = 0 if len(known) and known.max() >= 20 else 1
        many = min(CLASSES, known.nunique() // 2)
        ends = np.quantile(known, np.arange(1, many) / many) if many else []
        found = np.unique(np.round(ends, decimals)).tolist()
        return cls(tuple(end for end in found if end > known.min()), decimals)

    def named(self, rate: float) -> str:
        """``1`` to ``5``; c where the rate is withheld."""
        return WITHHELD if pd.isna(rate) else str(int(np.searchsorted(self.breaks, rate, side="right")) + 1)

    def words(self) -> list[str]:
        """``1: under 12``, ``2: 12 to 20`` ..."""
        ends = [f"{end:,.{self.decimals}f}" for end in self.breaks]
        if not ends:
            return ["1: every ward"]
        middle = [f"{at}: {low} to {high}" for at, (low, high) in enumerate(pairwise(ends), 2)]
        return [f"1: under {ends[0]}", *middle, f"{len(ends) + 1}: {ends[-1]} and more"]


def middle(rings: list[list[list[float]]]) -> tuple[float, float]:
    """The centroid of the largest ring, where a ward's number stands."""
    x, y, _ = max((_centroid(np.asarray(ring, float)) for ring in rings), key=lambda one: one[2])
    return x, y


def _centroid(ring: np.ndarray) -> tuple[float, float, float]:
    """x, y and area. From its own corner, for figures are long and differences small."""
    u, v = (ring[:, :2] - ring[0, :2]).T
    cross = u * np.roll(v, -1) - np.roll(u, -1) * v
    area = cross.sum() / 2
    if abs(area) < 1e-12:
        return float(ring[:, 0].mean()), float(ring[:, 1].mean()), 0.0
    at = ((u + np.roll(u, -1)) * cross).sum() / (6 * area), ((v + np.roll(v, -1)) * cross).sum() / (6 * area)
    return float(ring[0, 0] + at[0]), float(ring[0, 1] + at[1]), abs(float(area))
