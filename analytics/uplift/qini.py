"""The Qini curve: what offering to the first so many of a list spares, against offering the same number by lot.

N. J. Radcliffe, "Using control groups to target on predicted lift" (2007). Here rows are weighed by one over the chance
of the arm they were in, so that the same figures serve where lots were drawn and where overlap was shown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
GRID = np.linspace(0, 1, 101)


@dataclass(frozen=True)
class Arms:
    """Rows in two arms: ``offered`` bool[n], ``outcome`` float[n], ``chance`` of an offer float[n]."""

    offered: NDArray[np.bool_]
    outcome: Floats
    chance: Floats

    def weight(self, times: NDArray[np.integer]) -> tuple[Floats, Floats]:
        """Weights of the offered and of the waiting, float[n, b] each, when rows count ``times`` int[n, b]."""
        treated = (self.offered / np.maximum(self.chance, 1e-6))[:, None] * times
        waiting = (~self.offered / np.maximum(1 - self.chance, 1e-6))[:, None] * times
        return treated, waiting


def average(arms: Arms, times: NDArray[np.integer]) -> Floats:
    """What an offer spares on average, float[b]: the mean outcome of the waiting less that of the offered."""
    treated, waiting = arms.weight(times)
    with np.errstate(invalid="ignore", divide="ignore"):
        y = arms.outcome[:, None]
        return (waiting * y).sum(0) / waiting.sum(0) - (treated * y).sum(0) / treated.sum(0)


def curve(score: Floats, arms: Arms, times: NDArray[np.integer]) -> Floats:
    """Spared for each row of the whole when the first share of the list is offered: float[101, b], at ``GRID``.

    Rows of equal score enter together, so that a list that cannot tell anybody apart is the straight line. Where one
    arm is still empty nothing can be told, and nothing is claimed.
    """
    order = np.argsort(-score, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(score[order]) != 0), len(score) - 1)
    treated, waiting = (part[order] for part in arms.weight(times))
    y = arms.outcome[order][:, None]
    sums = [np.cumsum(part, 0)[ends] for part in (treated, waiting, treated * y, waiting * y, times[order])]
    nt, nw, yt, yw, n = sums
    both = (nt > 0) & (nw > 0)
    gain = np.where(both, yw / np.where(both, nw, 1) - yt / np.where(both, nt, 1), 0.0)
    share = n / np.maximum(n[-1], 1)
    return np.stack(
        [np.interp(GRID, np.r_[0, x], np.r_[0, v]) for x, v in zip(share.T, (share * gain).T, strict=True)], 1
    )


def coefficient(found: Floats) -> Floats:
    """Area between each curve and the straight line to its end, float[b]: above 0 the list is better than lots."""
    line = GRID[:, None] * found[-1]
    return np.asarray(np.trapezoid(found - line, GRID, axis=0))


def at_share(found: Floats, share: float) -> Floats:
    """What each of the places spares on average when they go to the first ``share`` of the list, float[b]."""
    place = np.clip(share, GRID[1], 1.0)
    return np.array([np.interp(place, GRID, column) / place for column in found.T])
