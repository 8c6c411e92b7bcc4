"""What happens, collected month by month and joined into one table a kind at the end."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

Table = dict[str, NDArray[Any]]


class Log:
    """Happenings by kind. Add a kind's columns every month, empty ones too, so that its table always exists."""

    def __init__(self) -> None:
        self._parts: dict[str, list[Table]] = defaultdict(list)
        self._turned: dict[str, int] = {}

    def add(self, kind: str, /, **columns: NDArray[Any]) -> None:
        """Append rows of ``kind``: columns of one length."""
        self._parts[kind].append(columns)

    def table(self, kind: str) -> Table:
        """All rows of ``kind`` in the order in which they happened to be added."""
        return _join(self._parts[kind])

    def turn(self) -> None:
        """A new month begins."""
        self._turned = {kind: len(parts) for kind, parts in self._parts.items()}

    def this_month(self, kind: str) -> Table:
        """The rows of ``kind`` added since the month began."""
        return _join(self._parts[kind][self._turned.get(kind, 0) :])

    def kinds(self) -> list[str]:
        return sorted(self._parts)


def _join(parts: list[Table]) -> Table:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def take(table: Table, keep: NDArray[Any]) -> Table:
    """The rows of a table that a mask or an index picks."""
    return {name: column[keep] for name, column in table.items()}


def size(table: Table) -> int:
    """How many rows a table has."""
    return len(next(iter(table.values())))


def sort(table: Table, *by: str) -> Table:
    """Rows ordered by the named columns, first name first."""
    return take(table, np.lexsort([table[name] for name in reversed(by)]))
