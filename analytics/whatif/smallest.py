"""The smallest realistic change that moves a person to another band, or that there is none.

Fewest things first, then the least distance, counted in children of the age who lie between (see `Usual.distance`). One
thing and two are searched exactly: every level of every pair. Three are reached for from the pairs that come nearest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from analytics.models.calibration import HEIGHTENED, LOWER, RAISED
from analytics.whatif.stand import Stand

ORDER = (LOWER, RAISED, HEIGHTENED)
#: Pairs from which a third thing is tried.
BEAM = 12
#: Nobody leaps over half of the children of the age: that would be another life, not another year.
REALISTIC, REALISTIC_OR_NOT = 0.5, 1.0
_CHUNK = 512

Choice = tuple[int, ...]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Smallest:
    """``changes``: what each indicator would be. ``band``: the level then. ``distance``: as a share of children."""

    changes: dict[str, float]
    band: str
    distance: float


@dataclass(frozen=True)
class _Step:
    """One level of one lever, and what it moves."""

    name: str
    level: float
    distance: float
    patch: dict[int, float]


def smallest(stand: Stand, way: int) -> Smallest | None:
    """The smallest change that moves the band down (``way`` -1) or up (1); None: none of up to three things does."""
    if stand.stored.band == (LOWER if way < 0 else HEIGHTENED):
        return None
    search = _Search(stand, way)
    return search.exactly(1) or search.exactly(2) or search.on_from_pairs()


class _Search:
    """Steps that by themselves move the score the way sought, or leave it, and what the model says of sets of them."""

    def __init__(self, stand: Stand, way: int) -> None:
        self.stand, self.way = stand, way
        every = _steps(stand)
        start, *raws = _raws(stand, [(), *((n,) for n in range(len(every)))], every)
        self.steps = [step for step, raw in zip(every, raws, strict=True) if (raw - start) * way >= 0]

    def exactly(self, things: int) -> Smallest | None:
        """The least distant set of so many things that moves the band."""
        sets = [choice for choice in combinations(range(len(self.steps)), things) if self._apart(choice)]
        return self._first(sets)

    def on_from_pairs(self) -> Smallest | None:
        """Three things: the pairs that move the score most, each with every third."""
        pairs = [choice for choice in combinations(range(len(self.steps)), 2) if self._apart(choice)]
        raws = _raws(self.stand, pairs, self.steps) * self.way
        best = [pairs[n] for n in np.argsort(-raws, kind="stable")[:BEAM]]
        sets = {tuple(sorted((*pair, n))) for pair, n in product(best, range(len(self.steps)))}
        return self._first([choice for choice in sorted(sets) if len(set(choice)) == 3 and self._apart(choice)])

    def _apart(self, choice: Choice) -> bool:
        """Different things, of which none moves an indicator that another moves."""
        moved = [column for n in choice for column in self.steps[n].patch]
        return len(moved) == len(set(moved))

    def _distance(self, choice: Choice) -> float:
        return sum(self.steps[n].distance for n in choice)

    def _first(self, sets: Sequence[Choice]) -> Smallest | None:
        """Sets in order of distance, a chunk at a time, until one moves the band."""
        ordered = sorted(sets, key=lambda choice: (round(self._distance(choice), 9), choice))
        for at in range(0, len(ordered), _CHUNK):
            chunk = ordered[at : at + _CHUNK]
            bands = self.stand.model.bands(_raws(self.stand, chunk, self.steps), self.stand.stored.raw)
            moved = [(ORDER.index(str(band)) - ORDER.index(self.stand.stored.band)) * self.way > 0 for band in bands]
            if any(moved):
                n = moved.index(True)
                changes = {self.steps[i].name: self.steps[i].level for i in chunk[n]}
                return Smallest(changes, str(bands[n]), self._distance(chunk[n]))
        return None


def by_weight(stand: Stand) -> dict[str, float]:
    """How far each thing alone can move the raw score, the most first; nought for what the model does not weigh."""
    steps = _steps(stand, REALISTIC_OR_NOT)
    raws = _raws(stand, [(n,) for n in range(len(steps))], steps)
    start = float(stand.model.raw(stand.row({})[None, :], stand.fold)[0])
    reach = {lever.name: 0.0 for lever in stand.levers}
    for step, raw in zip(steps, raws, strict=True):
        reach[step.name] = max(reach[step.name], abs(float(raw) - start))
    return dict(sorted(reach.items(), key=lambda item: -round(item[1], 9)))


def _raws(stand: Stand, choices: Sequence[Choice], steps: Sequence[_Step]) -> Floats:
    """What the model says of each set of steps, float64[n]."""
    if not choices:
        return np.zeros(0)
    rows = np.tile(stand.row({}), (len(choices), 1))
    for row, choice in zip(rows, choices, strict=True):
        for n in choice:
            row[list(steps[n].patch)] = list(steps[n].patch.values())
    return stand.model.raw(rows, stand.fold)


def _steps(stand: Stand, furthest: float = REALISTIC) -> list[_Step]:
    """Every level that is not the present one, with the columns that it moves."""
    column = {name: n for n, name in enumerate(stand.model.names)}
    out = []
    for lever in stand.levers:
        for level in lever.levels:
            if level != round(lever.now) and lever.distance(level) <= furthest:
                patch = {column[name]: value for name, value in stand.patch({lever.name: level}).items()}
                out.append(_Step(lever.name, level, lever.distance(level), patch))
    return out
