"""How names and dates of birth go wrong when an agency writes them down."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.city.names.forenames import NICKNAMES, TRANSLITERATIONS

Strings = NDArray[np.object_]
Slips = dict[str, NDArray[np.bool_]]
KINDS = ("nickname", "transliteration", "called by a middle name", "swapped names", "double-barrelled otherwise")
SWAPPED, BY_MIDDLE = 0.004, 0.007  # of people, and of those with a middle name, in any agency
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


def names_as_written(
    true: tuple[Strings, Strings, Strings, Strings], shares: tuple[float, float], rng: np.random.Generator
) -> tuple[Strings, Strings, Strings, Slips]:
    """Forenames, surnames, and surnames after a change, as an agency has them; and who has which slip.

    ``true``: forename, surname, later surname, middle name; ``shares``: of forenames and of surnames written wrongly.
    """
    first, last, later = (names.copy() for names in true[:3])
    size, middle = len(first), true[3]
    slips = {kind: np.zeros(size, bool) for kind in KINDS}
    wrong_first, wrong_last, draw = rng.random(size) < shares[0], rng.random(size) < shares[1], rng.random(size)
    for i in np.flatnonzero(wrong_first):
        first[i], kind = other_forename(first[i], draw[i])
        if kind:
            slips[kind][i] = True
    for i in np.flatnonzero(wrong_last):
        last[i], later[i] = (
            other_surname(last[i], true[2][i], draw[i]),
            other_surname(later[i], last[i], draw[i]),
        )
    slips["double-barrelled otherwise"] = (last != true[1]) & (_hyphens(last) | _hyphens(true[1]))
    called = (rng.random(size) < BY_MIDDLE) & (middle != "")
    first[called] = middle[called]
    swapped = rng.random(size) < SWAPPED
    first[swapped], last[swapped] = last[swapped], first[swapped]
    slips |= {"called by a middle name": called, "swapped names": swapped}
    return first, last, later, {"forename": first != true[0], "surname": last != true[1]} | slips


def _hyphens(names: Strings) -> NDArray[np.bool_]:
    return np.char.find(names.astype(str), "-") >= 0


def other_forename(name: str, draw: float) -> tuple[str, str]:
    """A short form, another language's spelling, or a slip; and which of the first two it is."""
    low, pick = name.lower(), int(draw * 1e4)
    for kind, names, until in (("nickname", NICKNAMES, 0.45), ("transliteration", TRANSLITERATIONS, 0.85)):
        if low in names and draw < until:
            others = names[low].split()
            return others[pick % len(others)].title(), kind
    return misspelt(low, draw).title(), ""


def other_surname(name: str, other: str, draw: float) -> str:
    """The other surname, both of them, half of two, two the other way round or without the hyphen, or a slip."""
    if "-" in name and draw < 0.8:
        half = name.split("-")
        return (half[0], half[1], f"{half[1]}-{half[0]}", f"{half[0]} {half[1]}")[int(draw * 5)]
    if draw < 0.22:
        return other
    if draw < 0.4 and "-" not in name and "-" not in other and other != name:
        return f"{name}-{other}"
    return misspelt(name.lower(), draw).title()
