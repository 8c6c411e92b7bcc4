"""An attacker's arithmetic: all that follows for a withheld count from everything released with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog


@dataclass(frozen=True)
class Released:
    """A figure that was given out: the unknown counts ``cells`` add up to something from ``low`` to ``high``."""

    cells: tuple[int, ...]
    low: float
    high: float


def reach(cells: int, released: Iterable[Released], cell: int) -> tuple[float, float]:
    """From what to what the count ``cell`` of ``cells`` unknown ones can lie; none is below nought."""
    known = [one for one in released if np.isfinite([one.low, one.high]).all()]
    rows = np.zeros((len(known), cells))
    for row, one in zip(rows, known, strict=True):
        row[list(one.cells)] = 1
    limits = np.array([one.high for one in known] + [-one.low for one in known])
    goal = np.eye(cells)[cell]
    both = np.vstack([rows, -rows]) if known else None
    low = linprog(goal, both, limits if known else None, bounds=(0, None), method="highs")
    high = linprog(-goal, both, limits if known else None, bounds=(0, None), method="highs")
    return float(low.fun), -float(high.fun) if high.status == 0 else np.inf
