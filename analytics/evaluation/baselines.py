"""What any model has to beat: who already has the most contacts, and chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analytics.matrix.matrix import Matrix


def prior_contacts(matrix: Matrix, indicator: str) -> NDArray[np.float64]:
    """Ranks by the number of earlier contacts, float[n]; somebody whose contacts are not known has none."""
    return np.nan_to_num(matrix.column(indicator).astype(float), nan=0.0)


def random_order(people: NDArray[np.int64]) -> NDArray[np.float64]:
    """A fixed shuffle, float[n] in [0, 1): the same person always draws the same lot (splitmix64)."""
    return scatter(people).astype(np.float64) / 2.0**64


def scatter(numbers: NDArray[np.int64], salt: int = 0) -> NDArray[np.uint64]:
    """Spread whole numbers evenly over 64 bits, reproducibly: the finaliser of splitmix64 (Steele et al., 2014)."""
    with np.errstate(over="ignore"):
        z = numbers.astype(np.uint64) + np.uint64(salt % 2**64) * np.uint64(0xD1342543DE82EF95)
        z = z + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))
