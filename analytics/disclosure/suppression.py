"""Which cells of a published table to withhold so that nobody can work a small count out from the rest.

A table is counts and the sums that hold among them: each total is the sum of its parts. Small counts are withheld
(primary suppression); then more (secondary suppression), until whoever solves for a small count with all that is
published, and with counts never being below nought, is left with at least as many possible values as a count has to
reach to be shown. That is told by linear programming: method of the auditing problem, Fischetti and Salazar (2001),
*Solving the cell suppression problem on tabular data with linear constraints*. What is taken besides is greedy, the
smallest count first, not the least possible.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

Bools = NDArray[np.bool_]
Counts = NDArray[np.int64]
#: What linear programming takes for equal.
_NEARLY = 1e-6


@dataclass(frozen=True)
class Sum:
    """The cell ``total`` is the sum of the cells ``parts``: places in an array of counts."""

    total: int
    parts: tuple[int, ...]

    @property
    def cells(self) -> tuple[int, ...]:
        return (self.total, *self.parts)


def withheld(counts: Counts, sums: Sequence[Sum], smallest: int, told: Bools | None = None) -> Bools:
    """Which of ``counts`` to withhold, bool[n], where counts from 1 to ``smallest - 1`` are never to be told.

    ``told``: counts that are published whatever they are, elsewhere perhaps.
    """
    told = np.zeros(len(counts), bool) if told is None else told
    small = (counts > 0) & (counts < smallest) & ~told
    hidden = small.copy()
    if not small.any():
        return hidden
    for cells in _apart(len(counts), tuple(sums)):
        if small[sorted(cells)].any():
            mine = [one for one in sums if one.total in cells]
            _cover(_Set(counts, mine, small, hidden, told, smallest))
    return hidden


def bounds(counts: Counts, sums: Sequence[Sum], hidden: Bools, cell: int) -> tuple[float, float]:
    """The least and the most that the hidden ``cell`` can be, for whoever knows every other count and the ``sums``."""
    lines, free = _tied(sums, hidden, cell)
    if not lines:
        return 0.0, np.inf
    if len(lines) == 1 and not hidden[lines[0].total]:
        return (0.0 if len(free) > 1 else float(counts[cell])), float(counts[free].sum())
    place = {at: column for column, at in enumerate(free)}
    matrix, right = np.zeros((len(lines), len(free))), np.zeros(len(lines))
    for row, one in enumerate(lines):
        for at, sign in ((one.total, -1.0), *((part, 1.0) for part in one.parts)):
            if hidden[at]:
                matrix[row, place[at]] += sign
            else:
                right[row] -= sign * counts[at]
    goal = (np.array(free) == cell).astype(float)
    least = linprog(goal, A_eq=matrix, b_eq=right, method="highs")
    most = linprog(-goal, A_eq=matrix, b_eq=right, method="highs")
    return float(least.fun), -float(most.fun) if most.status == 0 else np.inf


def _tied(sums: Sequence[Sum], hidden: Bools, cell: int) -> tuple[list[Sum], list[int]]:
    """The sums that ``cell`` is tied to through withheld cells, and those cells."""
    reached, before = {cell}, 0
    while len(reached) > before:
        before = len(reached)
        lines = [line for line in sums if not reached.isdisjoint(line.cells)]
        reached |= {at for line in lines for at in line.cells if hidden[at]}
    return lines, sorted(reached)


# The columns of a table have the same sums: months of a year, say.
@lru_cache(maxsize=8)
def _apart(n: int, sums: tuple[Sum, ...]) -> list[set[int]]:
    """Cells by what they are tied to through sums: what happens in one set tells nothing of another."""
    pairs = [(one.total, part) for one in sums for part in one.parts]
    rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
    graph = csr_array((np.ones(len(pairs)), (rows, columns)), shape=(n, n))
    count, label = connected_components(graph, directed=False)
    found: list[set[int]] = [set() for _ in range(count)]
    for cell, which in enumerate(label.tolist()):
        found[which].add(cell)
    return found


@dataclass(frozen=True)
class _Set:
    """Cells tied to each other by ``sums``; ``hidden`` grows in place, and never takes what is ``told``."""

    counts: Counts
    sums: Sequence[Sum]
    small: Bools
    hidden: Bools
    told: Bools
    smallest: int

    def hide(self, cells: Iterable[int], near: Container[int]) -> bool:
        """Withhold one more of ``cells``: the fewest people, near before far, nought only where nothing else is left.

        False where there is none.
        """
        open_to = [cell for cell in cells if not self.hidden[cell] and not self.told[cell]]
        if open_to:
            count = self.counts
            self.hidden[min(open_to, key=lambda at: (at not in near, count[at] == 0, count[at], at))] = True
        return bool(open_to)


def _cover(one: _Set) -> None:
    """Withhold more cells until each small one is covered, or until nothing is left to withhold."""
    cells = sorted({cell for line in one.sums for cell in line.cells})
    waiting = [cell for cell in cells if one.small[cell]]
    while waiting:
        while _hide_at_sight(one):
            pass
        low, high = bounds(one.counts, one.sums, one.hidden, waiting[0])
        lines, _ = _tied(one.sums, one.hidden, waiting[0])
        near = {at for line in lines for at in line.cells}
        if high - low >= one.smallest - 1 - _NEARLY or not one.hide(cells, near):
            waiting.pop(0)


def _hide_at_sight(one: _Set) -> bool:
    """Withhold one more cell of a sum whose withheld cells are one alone, or too few people together.

    Linear programming would find all that; most of it is seen at once.
    """
    for line in one.sums:
        away = [cell for cell in line.cells if one.hidden[cell]]
        few = not one.hidden[line.total] and sum(int(one.counts[cell]) for cell in away) < one.smallest
        if away and (len(away) == 1 or few) and one.hide(line.cells, line.cells):
            return True
    return False
