"""Rates from safe counts, each with its 95 % interval, and places beside each other fairly.

Counts of people for every 1,000: Byar's approximation to the exact Poisson interval (Breslow and Day 1987, volume II,
page 69). Shares of people: Wilson's (1927). Both are widened for the nudges of `disclosure.free`, whose variance is
known. Places are compared in a funnel, whose limits are those of `analytics.triage.funnel`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.disclosure.cell_key import VARIANCE
from analytics.management.caseload import AGES
from analytics.management.cells import DEPRIVED, LIVING, OPEN, QUARTERS, Cells
from analytics.triage.funnel import LEVEL, compare, holm, limit

Floats = NDArray[np.float64]
Z = 1.959964
FEWEST = 3  # places below which none is compared with the others
BYAR = "95 % intervals by Byar's method"
WILSON = "95 % intervals by Wilson's method"


def byar(count: Floats) -> tuple[Floats, Floats]:
    """The ends of the interval of each count, float64[n]; NaN stays NaN."""
    count = np.asarray(count, float)
    some = np.maximum(count, 1e-9)
    low = some * np.maximum(1 - 1 / (9 * some) - Z / (3 * np.sqrt(some)), 0) ** 3
    high = (count + 1) * (1 - 1 / (9 * (count + 1)) + Z / (3 * np.sqrt(count + 1))) ** 3
    wide = np.sqrt(1 + VARIANCE / np.maximum(count, 1))
    return np.maximum(count - (count - low) * wide, 0), count + (high - count) * wide


def wilson(part: Floats, whole: Floats, nudged: bool = True) -> tuple[Floats, Floats]:
    """The ends of the interval of each share of ``part`` in ``whole``, float64[n]; NaN where either is withheld."""
    part, whole = np.asarray(part, float), np.asarray(whole, float)
    whole = np.where(whole > 0, whole, np.nan)
    share = np.clip(part / whole, 0, 1)
    middle = (share + Z**2 / (2 * whole)) / (1 + Z**2 / whole)
    reach = Z / (1 + Z**2 / whole) * np.sqrt(share * (1 - share) / whole + Z**2 / (4 * whole**2))
    # Both counts are nudged: the share moves by the part's nudge, and by its own size times the whole's.
    moved = Z * np.sqrt(VARIANCE * (1 + share**2)) / whole if nudged else 0.0
    reach = np.sqrt(reach**2 + moved**2)
    return np.clip(middle - reach, 0, 1), np.clip(middle + reach, 0, 1)


def per_1000(count: pd.Series, of: pd.Series) -> pd.DataFrame:
    """``rate``, ``low``, ``high`` for every 1,000 of ``of``."""
    low, high = byar(count.to_numpy(float))
    scale = 1000 / of.where(of > 0).to_numpy(float)
    return pd.DataFrame({"rate": count * scale, "low": low * scale, "high": high * scale}, count.index)


def per(base: int, part: pd.Series, whole: pd.Series, nudged: bool = True) -> pd.DataFrame:
    """``rate``, ``low`` and ``high`` of every ``base`` people of ``whole``, by the index of ``part``.

    ``nudged``: the counts come from `control.free`, which widens the intervals; those of fixed tables are exact.
    """
    low, high = wilson(part.to_numpy(float), whole.to_numpy(float), nudged)
    rate = np.clip(base * part / whole.where(whole > 0), 0, base)
    return pd.DataFrame({"rate": rate, "low": base * low, "high": base * high}, part.index)


def of_100(part: pd.Series, whole: pd.Series) -> pd.DataFrame:
    """``share``, ``low``, ``high`` of 100."""
    return per(100, part, whole).rename(columns={"rate": "share"})


@dataclass(frozen=True)
class Funnel:
    """``rows`` by place: ``living``, ``count``, ``rate`` with ``low`` and ``high``, ``shift`` from the others,
    ``limit`` of what chance and natural differences allow, ``unusual``; each for every 1,000 children."""

    rows: pd.DataFrame
    adjusted: bool


def funnel(count: pd.Series, living: pd.Series, expected: pd.Series | None = None) -> Funnel:
    """Places beside each other: as they are, or (``expected``) beside what the city's rates at the same age and
    deprivation would bring. A place whose count is withheld is left out; of fewer than three, nothing is said."""
    rows = pd.DataFrame({"count": count, "living": living, "expected": living if expected is None else expected})
    rows = rows.dropna()
    rows = rows[(rows["living"] > 0) & (rows["expected"] > 0)]
    rows = rows.join(per_1000(rows["count"], rows["living"]))
    if len(rows) < FEWEST:
        return Funnel(rows.assign(shift=np.nan, limit=np.nan, unusual=False).iloc[:0], expected is not None)
    usual = rows["count"].sum() / rows["expected"].sum()
    chance = np.sqrt(usual * rows["expected"] + VARIANCE)
    scale = 1000 * rows["count"].sum() / rows["living"].sum() / usual
    found = compare(
        (scale * rows["count"] / rows["expected"]).to_numpy(),
        (scale * chance / rows["expected"]).to_numpy(),
        np.zeros(len(rows), np.int64),
    )
    allowed = limit(found.scale, np.full(len(rows), found.free), len(rows))
    told = rows.assign(shift=found.shift, limit=allowed, unusual=holm(found.p) < LEVEL)
    return Funnel(told, expected is not None)


def expected(found: Cells, chosen: dict[str, str], stage: str, period: int | str) -> pd.Series:
    """How many each ward would have at the city's own rates for each age and part of deprivation, from safe counts."""
    ages = [chosen["age"]] if chosen.get("age") else list(AGES)
    city = {name: value for name, value in chosen.items() if name not in ("area", "ward", "age")}
    part = pd.cut(found.wards["imd_decile"], (0, 3, 7, 10), labels=DEPRIVED).astype(str)
    out = pd.Series(0.0, found.wards.index)
    for age in ages:
        count = found.counted(city | {"age": age}, "deprived")[stage, period]
        living = found.counted({"kind": LIVING, "age": age}, "deprived")[OPEN, QUARTERS]
        rate = (count / living.where(living > 0)).reindex(DEPRIVED)
        mine = found.counted({"kind": LIVING, "age": age}, "ward")[OPEN, QUARTERS].reindex(out.index)
        out = out + (mine * part.map(rate).astype(float)).fillna(0)
    return out
