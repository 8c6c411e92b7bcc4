"""How things stood in every family and with every child, quarter by quarter: what later agencies act upon.

It draws nothing at random, so that the lives stay as they are whoever looks at them afterwards.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.city.clock import MONTHS, RECORDS_DAY, STARTS, Ints
from data.city.lives import HOME, Bools, Floats, Lives

QUARTER = 3  # months
FIRST = int(np.searchsorted(STARTS, RECORDS_DAY)) // QUARTER  # the quarter in which records begin
STATES = ("conflict", "low", "substance", "bereaved", "in_need")


class Chronicle:
    """States at the beginning of each quarter, one bit each."""

    def __init__(self, lives: Lives) -> None:
        self.troubles = tuple(lives.trouble)
        self.families: list[NDArray[np.uint8]] = []
        self.children: list[NDArray[np.uint8]] = []
        self.disengaged: list[NDArray[np.float16]] = []

    def note(self, lives: Lives) -> None:
        """Write down the month, if a quarter begins with it."""
        if lives.month % QUARTER:
            return
        self.families.append(_packed([lives.trouble[name] for name in self.troubles]))
        self.children.append(_packed([*(lives.flags[name] for name in STATES), lives.placement != HOME]))
        self.disengaged.append(lives.level["disengaged"].astype(np.float16))

    def trouble(self, name: str, quarter: int) -> Bools:
        """Which families were in a trouble as the quarter began."""
        return _bit(self.families[quarter], self.troubles.index(name))

    def child(self, name: str, quarter: int) -> Bools:
        """Which children were in a state, or ``in_care``, as the quarter began."""
        return _bit(self.children[quarter], (*STATES, "in_care").index(name))

    def then(self, name: str, family: NDArray[np.integer], day: NDArray[np.integer]) -> Bools:
        """Whether each family was in a trouble on each day, as the quarter of that day began."""
        told = np.stack(self.families)[quarter_of(day), family]
        return _bit(told, self.troubles.index(name))


def quarter_of(day: NDArray[np.integer]) -> NDArray[np.int64]:
    """The quarter that a day lies in; the first or last for days outside the simulation."""
    month = np.searchsorted(STARTS, day, side="right") - 1
    return np.clip(month, 0, MONTHS - 1) // QUARTER


def quarters() -> range:
    """The quarters of the records."""
    return range(FIRST, MONTHS // QUARTER)


def begins(quarter: int) -> int:
    """First day of a quarter."""
    return int(STARTS[quarter * QUARTER])


def strikes(rng: np.random.Generator, quarter: int, rate: Floats) -> tuple[NDArray[np.int64], Ints]:
    """(position, day): where something of this quarterly rate happens, and on which day of the quarter."""
    at = np.flatnonzero(rng.random(len(rate)) < -np.expm1(-rate))
    return at, rng.integers(begins(quarter), begins(quarter + 1), len(at), dtype=np.int32)


def _packed(flags: list[Bools]) -> NDArray[np.uint8]:
    return np.sum([flag.astype(np.uint8) << place for place, flag in enumerate(flags)], axis=0, dtype=np.uint8)


def _bit(told: NDArray[np.uint8], place: int) -> Bools:
    found: Bools = (told >> place & 1) == 1
    return found
