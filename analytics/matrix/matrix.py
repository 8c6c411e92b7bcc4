"""The one shape in which indicators reach models: people by indicators at one as-of date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Matrix:
    """Indicators of a cohort at an as-of date; NaN says *not known*, which is not nil.

    ``people`` is int64[n], unique and ascending, ``values`` float32[n, m] with one column a name.
    Raises ``ValueError`` when the shapes disagree or the people are not in ascending order.
    """

    people: NDArray[np.int64]
    as_of: date
    names: tuple[str, ...]
    values: NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.values.shape != (len(self.people), len(self.names)):
            raise ValueError("a matrix needs one row a person and one column a name")
        if len(self.people) > 1 and not (np.diff(self.people) > 0).all():
            raise ValueError("the people of a matrix are unique and in ascending order")

    def column(self, name: str) -> NDArray[np.float32]:
        """Values of one indicator, float32[n]. Raises ``ValueError`` for an unknown name."""
        return self.values[:, self.names.index(name)]

    def rows(self, keep: NDArray[np.bool_]) -> Matrix:
        """The same matrix for the people marked in ``keep``, bool[n]."""
        return Matrix(self.people[keep], self.as_of, self.names, self.values[keep])

    def select(self, names: Sequence[str]) -> Matrix:
        """The same people with these indicators, in this order."""
        if tuple(names) == self.names:
            return self
        where = [self.names.index(name) for name in names]
        return Matrix(self.people, self.as_of, tuple(names), self.values[:, where])
