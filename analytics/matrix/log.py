"""The city's events in memory, one block of columns a kind, in order of day: what every aggregate reads.

Five million events are 150 MB so, and a window of one kind is a slice found by bisection: each event is read once for
each window that holds it, at the speed of ``bincount``, where SQL would hash its person and kind again every time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.matrix.guard import Days

Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Block:
    """Events of one kind by day. ``person`` is a row number, ``detail`` a number of ``Log.details``, -1 for none;
    ``ended`` and ``corrected`` are `OPEN` where they are not."""

    person: Ints
    occurred: Days
    ended: Days
    known: Days
    corrected: Days
    value: NDArray[np.float64]
    detail: Ints

    def __len__(self) -> int:
        return len(self.person)

    def part(self, which: slice | NDArray[Any]) -> Block:
        """The events in ``which``, in the same order."""
        return Block(*(column[which] for column in self.columns()))

    def columns(self) -> tuple[NDArray[Any], ...]:
        return (self.person, self.occurred, self.ended, self.known, self.corrected, self.value, self.detail)


_NO = np.zeros(0, np.int32)
NONE = Block(_NO, _NO, _NO, _NO, _NO, np.zeros(0), _NO)


@dataclass(frozen=True)
class Log:
    """Blocks by kind, and the details by their number."""

    people: int
    blocks: Mapping[str, Block]
    details: tuple[str, ...] = ()

    def block(self, kinds: Iterable[str]) -> Block:
        """Events of all ``kinds`` together, in order of day (within a day, of kind)."""
        found = [self.blocks[kind] for kind in kinds if kind in self.blocks]
        if len(found) < 2:
            return found[0] if found else NONE
        together = Block(*(np.concatenate(columns) for columns in zip(*(b.columns() for b in found), strict=True)))
        return together.part(np.argsort(together.occurred, kind="stable"))

    def codes(self, details: Iterable[str]) -> Ints:
        """Numbers of these details; those that nobody wrote have none."""
        return np.array([self.details.index(d) for d in details if d in self.details], np.int32)


def blocks_of(kind: NDArray[Any], names: tuple[str, ...], columns: Mapping[str, NDArray[Any]]) -> dict[str, Block]:
    """Cut columns that are in order of kind (a number of ``names``) and day into one block a kind."""
    cuts = np.searchsorted(kind, np.arange(len(names) + 1))
    whole = Block(**columns)
    return {name: whole.part(slice(cuts[i], cuts[i + 1])) for i, name in enumerate(names) if cuts[i] < cuts[i + 1]}
