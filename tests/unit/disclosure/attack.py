"""An attacker's arithmetic: all that follows for a small count from everything that a management page gives out.

The attacker asks for every table: fixed ones of wards, areas and city at two dates, and whatever free filters give of
those open then and now, begun and closed since. They know the rules and how nudges are drawn, and not the keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linprog

from analytics.disclosure.cell_key import KEYS, MOST
from analytics.disclosure.control import DEFAULT, free, nested

Counts = NDArray[np.int64]
WARDS, BANDS = 6, 3
AREA = pd.Series([ward // 3 for ward in range(WARDS)])
#: What became of a child between two dates: open at both, closed since, begun since.
STAYED, CLOSED, BEGUN = range(3)


@dataclass(frozen=True)
class Released:
    """A figure that was given out: the unknown counts ``cells`` add up to something from ``low`` to ``high``."""

    cells: tuple[int, ...]
    low: float
    high: float


class Attack:
    """Everything known of ``cells`` unknown counts, none of them below nought."""

    def __init__(self, cells: int, released: Iterable[Released]) -> None:
        self.cells = cells
        known = [one for one in released if np.isfinite([one.low, one.high]).all()]
        rows = np.zeros((len(known), cells))
        for row, one in zip(rows, known, strict=True):
            row[list(one.cells)] = 1
        self._rows = np.vstack([rows, -rows]) if known else None
        self._limits = np.array([one.high for one in known] + [-one.low for one in known]) if known else None

    def reach(self, cells: Iterable[int]) -> tuple[float, float]:
        """From what to what the counts ``cells`` together can be."""
        goal = np.zeros(self.cells)
        goal[list(cells)] = 1
        low = linprog(goal, self._rows, self._limits, bounds=(0, None), method="highs")
        high = linprog(-goal, self._rows, self._limits, bounds=(0, None), method="highs")
        return float(low.fun), -float(high.fun) if high.status == 0 else np.inf


@dataclass(frozen=True)
class World:
    """Children of a city by ward, age band and what became of them; counts and sums of record keys, int64[6, 3, 3]."""

    counts: Counts
    keys: Counts

    @classmethod
    def drawn(cls, draw: np.random.Generator) -> World:
        """Some wards empty, some with a child or two, some full."""
        mean = draw.choice([0, 0.4, 1, 2, 6, 20], (WARDS, 1, 1)) * draw.gamma(2, 0.5, (WARDS, BANDS, 3))
        counts = draw.poisson(mean)
        keys = [draw.integers(0, KEYS, count).sum() for count in counts.ravel()]
        return cls(counts, np.array(keys, np.int64).reshape(counts.shape))

    def released(self) -> Iterator[Released]:
        """All that is given out, fixed and free."""
        for when in ((STAYED, CLOSED), (STAYED, BEGUN)):
            yield from self._fixed(when)
        asked = list(self.filters())
        exact, keys = (
            pd.DataFrame([[told.ravel()[list(one)].sum()] for one in asked]) for told in (self.counts, self.keys)
        )
        for cells, value in zip(asked, free(exact, keys)[0], strict=True):
            yield _nudged(cells, value)

    def filters(self) -> Iterator[tuple[int, ...]]:
        """The cells of every ward, area and city by every band and all, of those then, now, begun and closed."""
        place = np.arange(self.counts.size).reshape(self.counts.shape)
        wards = [
            *([ward] for ward in range(WARDS)),
            *([ward for ward in range(WARDS) if AREA[ward] == area] for area in (0, 1)),
            list(range(WARDS)),
        ]
        bands = [*([band] for band in range(BANDS)), [0, 1], list(range(BANDS))]
        for where in wards:
            for band in bands:
                for which in ((STAYED, CLOSED), (STAYED, BEGUN), (BEGUN,), (CLOSED,)):
                    yield tuple(place[np.ix_(where, band, which)].ravel().tolist())

    def _fixed(self, when: tuple[int, ...]) -> Iterator[Released]:
        place = np.arange(self.counts.size).reshape(self.counts.shape)[:, :, when].reshape(WARDS, -1)
        safe = nested(pd.DataFrame(self.counts[:, :, when].sum(axis=(1, 2))), AREA)
        areas = ((place[area == AREA].ravel(), value) for area, value in safe.groups[0].items())
        for cells, value in chain(zip(place, safe.parts[0], strict=True), areas, [(place.ravel(), safe.whole[0])]):
            if not np.isnan(value):
                yield Released(tuple(cells.tolist()), value, value)

    def small(self) -> list[tuple[int, ...]]:
        """The groups of whom there are one to four."""
        told = self.counts.ravel()
        return [cells for cells in self.filters() if 0 < told[list(cells)].sum() < DEFAULT.smallest]


def _nudged(cells: tuple[int, ...], value: float) -> Released:
    """What a nudged figure tells of those it counts: within the furthest nudge."""
    low, high = (0, DEFAULT.smallest - 1 + MOST) if np.isnan(value) else (value - MOST, value + MOST)
    return Released(cells, low, high)


def pinned(world: World, most: int = 4, seed: int = 0) -> int:
    """Of ``most`` small groups of ``world``, how many an attacker can tell to the child."""
    attack, small = Attack(world.counts.size, world.released()), world.small()
    chosen = np.random.default_rng(seed).permutation(len(small))[:most]
    ends = [attack.reach(small[at]) for at in chosen.tolist()]
    return sum(np.floor(high + 1e-6) - np.ceil(low - 1e-6) < 1 for low, high in ends)
