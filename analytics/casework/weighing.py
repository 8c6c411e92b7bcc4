"""Nearness by what a reader wants to count: themes for more or less, indicators left out."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.casework.space import Space, SubProfile, Values
from analytics.features.catalogue import CATALOGUE
from analytics.features.feature import THEMES
from analytics.similarity.known_cases import Place
from analytics.similarity.weighing import Weights, nearness, placed

#: Of everybody, those nearest as learned are put in the order of the reader's weights; known cases all are.
SHORT_LIST = 400
#: How much a theme may count, in words.
AMOUNTS = {0.0: "left out", 0.5: "less", 1.0: "as learned", 2.0: "more"}


@dataclass(frozen=True)
class Wishes:
    """``themes``: how much each counts, those not named 1; ``left_out``: indicators that count for nothing."""

    themes: tuple[tuple[str, float], ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything is to count otherwise than as learned."""
        return bool(self.left_out) or any(amount != 1 for _, amount in self.themes)

    def weights(self, names: tuple[str, ...]) -> Weights:
        """The weight of each indicator."""
        of = dict(self.themes)
        return Weights(np.array([0.0 if n in self.left_out else of.get(CATALOGUE[n].theme, 1.0) for n in names], float))

    def silent(self, names: tuple[str, ...]) -> frozenset[str]:
        """Indicators that count for nothing."""
        return frozenset(n for n, weight in zip(names, self.weights(names).of, strict=True) if weight == 0)


PLAIN = Wishes()


def themes_of(held: Space) -> tuple[str, ...]:
    """The themes that the space was learned from, in the order of the screens."""
    there = {CATALOGUE[name].theme for name in held.names}
    return tuple(theme for theme in THEMES if theme in there)


def near_cases(held: Space, one: Values, wishes: Wishes = PLAIN, row: int | None = None) -> NDArray[np.float64]:
    """Nearness of ``one`` float32[m], or of whoever has ``row``, to every known case, float64[k]."""
    weights = wishes.weights(held.names)
    mine = _mine(held, one, weights, row)
    return nearness(held.search, mine, _cases(held, weights), weights)


def near_people(held: Space, one: Values, wishes: Wishes = PLAIN, row: int | None = None) -> NDArray[np.float64]:
    """Nearness of ``one`` to everybody, float64[n]; by weights of the short list alone, -1 for the rest."""
    plain = held.search.nearness(_mine(held, one, Weights(np.ones(len(held.names))), row), held.pool)[0]
    if not wishes.any:
        return plain
    weights = wishes.weights(held.names)
    short = np.argsort(-plain, kind="stable")[:SHORT_LIST]
    out = np.full(len(plain), -1.0)
    others = placed(held.search, held.values[short], weights)
    out[short] = nearness(held.search, placed(held.search, one[None, :], weights), others, weights)
    return out


def near_profile(held: Space, group: SubProfile | None, wishes: Wishes) -> NDArray[np.float64]:
    """Nearness of everybody to a group of known cases, or to all, by weights, float64[n]; -1 beyond the short list."""
    plain = held.facts["similarity"].fillna(-1).to_numpy(float) if group is None else held.near_group(group)
    if not wishes.any:
        return plain
    weights = wishes.weights(held.names)
    short = np.argsort(-plain, kind="stable")[:SHORT_LIST]
    numbers = np.arange(len(held.cases)) if group is None else np.array(group.cases, np.int64)
    cases = _cases(held, weights)
    of = cases.rows(numbers)
    out = np.full(len(plain), -1.0)
    others = placed(held.search, held.values[short], weights)
    out[short] = 0.0 if weights.nothing else held.search.nearness_to_group(of, others)
    return out


def _mine(held: Space, one: Values, weights: Weights, row: int | None) -> Place:
    """Where ``one`` stands: of somebody among the children looked at it is known already."""
    if weights.plain and row is not None:
        return held.pool.rows(slice(row, row + 1))
    return placed(held.search, one[None, :], weights)


_LOCK = threading.Lock()
_KEPT = 8
_PLACED: OrderedDict[tuple[int, bytes], tuple[Space, Place]] = OrderedDict()


def _cases(held: Space, weights: Weights) -> Place:
    """Where the known cases stand by these weights; the last few readers' are kept."""
    if weights.plain:
        return held.search.known_place_
    key = (id(held), weights.of.tobytes())
    with _LOCK:
        found = _PLACED.get(key)
        if found is None or found[0] is not held:
            found = (held, placed(held.search, held.cases, weights))
        _PLACED[key] = found
        _PLACED.move_to_end(key)
        while len(_PLACED) > _KEPT:
            _PLACED.popitem(last=False)
        return found[1]
