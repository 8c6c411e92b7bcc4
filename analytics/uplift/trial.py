"""What a model of benefit learns from: one row a family that was drawn or left waiting, as it was known before."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analytics.models.folds import fold_of

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Trial:
    """Arrays along n rows, in order of person.

    ``values`` float32[n, m] are indicators as of the last date on the grid at or before the draw. ``outcome`` counts
    what should become fewer. ``chance`` is how likely each row was to be offered a place: known where lots were drawn.
    """

    people: NDArray[np.int64]
    family: NDArray[np.int64]
    offered: NDArray[np.bool_]
    outcome: Floats
    values: NDArray[np.float32]
    names: tuple[str, ...]
    chance: Floats = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        lengths = {len(self.people), len(self.family), len(self.offered), len(self.outcome), len(self.values)}
        if len(lengths) != 1 or self.values.shape[1] != len(self.names):
            raise ValueError("a trial needs one row a family and one column a name")

    def __len__(self) -> int:
        return len(self.people)

    @property
    def fold(self) -> NDArray[np.int8]:
        """Fold of each row: a family is never in two."""
        return fold_of(self.family)

    @property
    def arms(self) -> tuple[int, int]:
        """Families offered a place, and families left waiting."""
        return int(self.offered.sum()), int((~self.offered).sum())

    @property
    def sha256(self) -> str:
        """Hash of everything that a model learns from."""
        digest = hashlib.sha256()
        for array in (self.people, self.family, self.offered, self.outcome, self.values, self.chance):
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()

    def swapped(self) -> Trial:
        """The same rows with the two arms' names exchanged."""
        return Trial(self.people, self.family, ~self.offered, self.outcome, self.values, self.names, 1 - self.chance)
