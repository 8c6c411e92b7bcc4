"""How names and dates of birth go wrong when an agency writes them down."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SOUNDS = (
    ("ph", "f"),
    ("ie", "y"),
    ("ee", "ea"),
    ("y", "i"),
    ("ck", "k"),
    ("c", "k"),
    ("s", "z"),
    ("ll", "l"),
    ("ou", "o"),
    ("ai", "ay"),
    ("tt", "t"),
)
YEAR = 365.25


def misspelt(name: str, draw: float) -> str:
    """One slip: a sound spelt otherwise, two letters swapped, one dropped, one doubled."""
    way, place = int(draw * 1000) % 4, 1 + int(draw * 1e6) % max(len(name) - 2, 1)
    if way == 0:
        for heard, written in SOUNDS[int(draw * 1e5) % len(SOUNDS) :] + SOUNDS:
            if heard in name[1:]:
                return name[0] + name[1:].replace(heard, written, 1)
    if way == 1 and len(name) > 3 and name[place] != name[min(place + 1, len(name) - 1)]:
        after = min(place + 1, len(name) - 1)
        return name[:place] + name[after] + name[place] + name[after + 1 :]
    if way == 2 and len(name) > 3:
        return name[:place] + name[place + 1 :]
    return name[: place + 1] + name[place] + name[place + 1 :]


def wrong_births(
    birth: NDArray[np.integer], rng: np.random.Generator, share: float
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Dates of birth as written, and which are missing: day and month swapped, a digit wrong, 1 January, nothing."""
    date = birth.astype("int64").astype("datetime64[D]")
    month = date.astype("datetime64[M]")
    year = date.astype("datetime64[Y]")
    dom, moy = (date - month).astype(int) + 1, (month - year).astype(int) + 1
    way = np.where(rng.random(len(birth)) < share, rng.choice(5, len(birth), p=[0.3, 0.25, 0.15, 0.1, 0.2]), -1)
    can_swap = (dom <= 12) & (dom != moy)
    swapped = year.astype("datetime64[M]") + (dom - 1) * can_swap + (moy - 1) * ~can_swap
    written = np.where(
        can_swap, (swapped.astype("datetime64[D]") + np.where(can_swap, moy - 1, 0)).astype("int64"), birth + 30
    )
    slip = rng.choice([-10, -9, -1, 1, 9, 10], len(birth))
    by_year = (birth + np.round(YEAR * rng.choice([-2, -1, 1], len(birth)))).astype(np.int64)
    result = np.select(
        [way == 0, way == 1, way == 2, way == 3],
        [written, birth + slip, by_year, year.astype("datetime64[D]").astype("int64")],
        birth,
    )
    return result.astype(np.int32), way == 4
