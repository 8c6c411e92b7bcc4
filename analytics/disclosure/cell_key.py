"""Counts behind free filters, nudged: two tables that differ by one child don't tell that there is one.

Everybody has a random number that nobody sees, the record key; those of the people in a cell add up to its cell key,
which settles how far its count is nudged. The same people are nudged alike in whatever table they are counted, so that
asking again tells nothing more; anybody else, and the nudge is another. Nought stays nought. Method: cell-key
perturbation, Fraser and Wooton (2005); the nudges of each count are those of greatest entropy with a mean of nought and
a given variance that leave nothing below nought, Marley and Leaver (2011).
"""

from __future__ import annotations

import hashlib
import hmac
from functools import cache

import duckdb
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import root

from data.snapshot.engine import key
from data.snapshot.tables import RECORD_KEY

KEYS = 65_536
#: Nudges have a standard deviation of two, and none is further than eight: four times that.
VARIANCE, MOST = 4.0, 8
_PUBLISH = f"""
INSERT INTO {RECORD_KEY.name} SELECT person, ('0x' || left(sha256($secret || person::VARCHAR), 4))::INTEGER
FROM person ORDER BY person
"""

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


def publish(con: duckdb.DuckDBPyConnection, city: str) -> None:
    """Everybody's record key into the draft: drawn by the store's own key; without one, by the city's name."""
    secret = hmac.digest((key() or city).encode(), b"kinsight record keys " + city.encode(), hashlib.sha256).hex()
    con.execute(_PUBLISH, {"secret": secret})


def nudged(counts: Counts, keys: Counts) -> Counts:
    """``counts`` as they may be told, int64[n]; ``keys``: the sum of the record keys of those counted."""
    table = _cumulative()
    chance = (keys % KEYS + 0.5) / KEYS
    step = (chance[:, None] >= table[np.minimum(counts, MOST)]).sum(axis=1) - MOST
    return np.maximum(counts + step, 0)


@cache
def _cumulative() -> Floats:
    """Row i: the cumulative chances of nudges from -`MOST` to `MOST` of a count of i, of `MOST` or more in the last."""
    return np.array([chances(count).cumsum() for count in range(MOST + 1)]).round(12)


@cache
def chances(count: int) -> Floats:
    """The chance of each nudge from -`MOST` to `MOST` of ``count``, float64[2 * MOST + 1]."""
    steps = np.arange(-MOST, MOST + 1)
    open_to = steps >= -min(count, MOST)
    if count == 0:
        return (steps == 0).astype(float)
    # Of small counts none can go far down, so none far up either: the mean stays nought, the variance is less.
    variance = min(VARIANCE, 1.0 * count)

    def told(powers: Floats) -> Floats:
        weights = np.where(open_to, np.exp(np.clip(powers[0] * steps + powers[1] * steps**2, -60, 60)), 0.0)
        return np.asarray(weights / weights.sum())

    def missed(powers: Floats) -> list[float]:
        found = told(powers)
        return [float(found @ steps), float(found @ steps**2) - variance]

    solved = root(missed, np.array([0.0, -1 / (2 * variance)]))
    assert solved.success, f"no nudges of a count of {count} have a variance of {variance}"
    return told(solved.x)
