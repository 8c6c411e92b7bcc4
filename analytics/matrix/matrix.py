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

    def has(self, people: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of ``people`` have a row, bool[k]."""
        if not len(self.people):
            return np.zeros(len(people), bool)
        at = np.minimum(np.searchsorted(self.people, people), len(self.people) - 1)
        return self.people[at] == people

    def of(self, which: NDArray[np.bool_] | NDArray[np.int64]) -> NDArray[np.float32]:
        """Values of the rows in ``which`` alone, float32[k, m]."""
        return self.values[which]

    def rows(self, keep: NDArray[np.bool_]) -> Matrix:
        """The same matrix for the people marked in ``keep``, bool[n]."""
        return Matrix(self.people[keep], self.as_of, self.names, self.of(keep))

    def select(self, names: Sequence[str]) -> Matrix:
        """The same people with these indicators, in this order; copied when they are asked for."""
        return self if tuple(names) == self.names else Narrowed(self, np.arange(len(self.people)), names)

    def only(self, keep: NDArray[np.bool_]) -> Matrix:
        """As `rows`, but copied when the values are asked for: of most dates only a few rows ever are."""
        return self if keep.all() else Narrowed(self, np.flatnonzero(keep), self.names)


class Narrowed(Matrix):
    """Some people and indicators of another matrix. Its values are copied out of the other each time they are read.

    Five models look at the same 25 dates, each at its own children and indicators: copies of all would be gigabytes.
    """

    def __init__(self, whole: Matrix, rows: NDArray[np.int64], names: Sequence[str]) -> None:
        """``rows`` int64[k] of ``whole``, ascending; ``names`` in the order wanted. Raises ``ValueError`` otherwise."""
        columns = np.array([whole.names.index(name) for name in names], np.int64)
        if isinstance(whole, Narrowed):
            rows, columns, whole = whole._rows[rows], whole._columns[columns], whole._whole
        told = {"people": whole.people[rows], "as_of": whole.as_of, "names": tuple(names)}
        for name, value in (told | {"_whole": whole, "_rows": rows, "_columns": columns}).items():
            object.__setattr__(self, name, value)

    _whole: Matrix
    _rows: NDArray[np.int64]
    _columns: NDArray[np.int64]

    @property
    def values(self) -> NDArray[np.float32]:
        """float32[n, m], a copy."""
        return self.of(np.arange(len(self._rows)))

    def of(self, which: NDArray[np.bool_] | NDArray[np.int64]) -> NDArray[np.float32]:
        rows = np.take(self._whole.values, self._rows[which], axis=0)
        return rows if self.names == self._whole.names else np.take(rows, self._columns, axis=1)

    def column(self, name: str) -> NDArray[np.float32]:
        return self._whole.values[self._rows, self._columns[self.names.index(name)]]
