"""Communities of the city, and drawing names for their people as indexes into two vocabularies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.city.names import forenames as f
from data.city.names import surnames as s


@dataclass(frozen=True)
class Community:
    """A community: its share of families, its people's ethnicity codes, and its names (girls, boys, women, men)."""

    name: str
    share: float
    ethnicity: dict[str, float]
    girls: list[str]
    boys: list[str]
    women: list[str]
    men: list[str]
    surnames: list[str]
    rare: float  # share of families whose surname is from the long tail


def _community(name: str, share: float, ethnicity: dict[str, float], given: tuple[list[str], list[str]], family: list[str],
               rare: float = 0.12) -> Community:  # fmt: skip
    return Community(name, share, ethnicity, given[0], given[1], given[0], given[1], family, rare)


_BRITISH = (f.BRITISH_GIRLS, f.BRITISH_BOYS, f.BRITISH_WOMEN, f.BRITISH_MEN, s.BRITISH, 0.36)
COMMUNITIES = (
    Community("white British", 0.655, {"WBRI": 0.97, "WIRI": 0.015, "WIRT": 0.003, "NOBT": 0.012}, *_BRITISH),
    Community("mixed", 0.085, {"MWBC": 0.45, "MWBA": 0.15, "MWAS": 0.2, "MOTH": 0.2}, *_BRITISH),
    _community("Polish", 0.04, {"WOTH": 1.0}, (f.POLISH_F, f.POLISH_M), s.POLISH, 0.1),
    _community("Romanian", 0.02, {"WOTH": 0.93, "WROM": 0.07}, (f.ROMANIAN_F, f.ROMANIAN_M), s.ROMANIAN),
    _community("Somali", 0.05, {"BAFR": 0.95, "BOTH": 0.05}, (f.SOMALI_F + f.MUSLIM_F[:8], f.SOMALI_M), s.SOMALI, 0.02),
    _community("Pakistani", 0.03, {"APKN": 1.0}, (f.MUSLIM_F, f.MUSLIM_M), s.PAKISTANI, 0.05),
    _community("Bangladeshi", 0.013, {"ABAN": 1.0}, (f.BENGALI_F + f.MUSLIM_F[:12], f.BENGALI_M + f.MUSLIM_M[:12]), s.BANGLADESHI, 0.04),
    _community("Indian", 0.027, {"AIND": 0.9, "AOTH": 0.1}, (f.INDIAN_F, f.INDIAN_M), s.INDIAN, 0.08),
    _community("Caribbean", 0.025, {"BCRB": 0.95, "BOTH": 0.05}, (f.CARIBBEAN_F + f.BRITISH_GIRLS[:30], f.CARIBBEAN_M + f.BRITISH_BOYS[:30]), s.CARIBBEAN),
    _community("African", 0.025, {"BAFR": 1.0}, (f.AFRICAN_F, f.AFRICAN_M), s.AFRICAN),
    _community("Chinese", 0.012, {"CHNE": 1.0}, (f.CHINESE_F, f.CHINESE_M), s.CHINESE, 0.02),
    _community("Arab and other", 0.018, {"OOTH": 0.8, "AOTH": 0.2}, (f.MUSLIM_F, f.MUSLIM_M), s.ARAB, 0.06),
)  # fmt: skip

_RARE = [head + tail for tail in s.TAILS for head in s.HEADS if head[-1] != tail[0]]
SURNAMES: list[str] = list(dict.fromkeys(name for c in COMMUNITIES for name in c.surnames)) + _RARE
_FEMININE_FROM = len(SURNAMES)
SURNAMES += [name[:-1] + "a" for name in s.POLISH if name.endswith("ski")]
FORENAMES: list[str] = list(
    dict.fromkeys(n for c in COMMUNITIES for part in (c.girls, c.boys, c.women, c.men) for n in part)
)
MIDDLE_NAMES: list[str] = (
    "grace rose may louise marie ann jane elizabeth james john thomas william david michael lee alexander".split()
)
_SURNAME = {name: i for i, name in enumerate(SURNAMES)}
_FORENAME = {name: i for i, name in enumerate(FORENAMES)}


def _steep(count: int, flat: float, power: float) -> NDArray[np.float64]:
    """Zipf-Mandelbrot weights: the r-th name has 1 / (r + flat) ** power. Fitted so that smith is 1.3 % of surnames."""
    weight = 1 / (np.arange(count) + flat) ** power
    return weight / weight.sum()


def surnames(rng: np.random.Generator, community: NDArray[np.int8]) -> NDArray[np.int32]:
    """A surname for each family, by its community: index into SURNAMES."""
    chosen = np.empty(len(community), dtype=np.int32)
    for i, group in enumerate(COMMUNITIES):
        mine = np.flatnonzero(community == i)
        known = np.array([_SURNAME[name] for name in group.surnames])
        common = rng.choice(known, len(mine), p=_steep(len(known), 7.0, 0.9))
        tail = _SURNAME[_RARE[0]] + (len(_RARE) * rng.random(len(mine)) ** 1.6).astype(np.int32)
        chosen[mine] = np.where(rng.random(len(mine)) < group.rare, tail, common)
    return chosen


def feminine(surname: NDArray[np.int32]) -> NDArray[np.int32]:
    """The form that a woman of the family bears: kowalski becomes kowalska, others stay."""
    form = np.arange(len(SURNAMES), dtype=np.int32)
    ski = [name for name in s.POLISH if name.endswith("ski")]
    form[[_SURNAME[name] for name in ski]] = _FEMININE_FROM + np.arange(len(ski))
    return form[surname]


def forenames(rng: np.random.Generator, community: NDArray[np.int8], female: NDArray[np.bool_],
              child: NDArray[np.bool_]) -> NDArray[np.int32]:  # fmt: skip
    """A forename for each person, by community, sex and generation: index into FORENAMES."""
    chosen = np.empty(len(community), dtype=np.int32)
    for i, group in enumerate(COMMUNITIES):
        lists = {
            (True, True): group.girls,
            (False, True): group.boys,
            (True, False): group.women,
            (False, False): group.men,
        }
        for (is_female, is_child), names in lists.items():
            mine = np.flatnonzero((community == i) & (female == is_female) & (child == is_child))
            known = np.array([_FORENAME[name] for name in names])
            chosen[mine] = rng.choice(known, len(mine), p=_steep(len(known), 6.0, 0.8))
    return chosen
