"""From where on a model is watched, and from where on it is withheld: declared here and nowhere else.

Marks of the population stability index: N. Siddiqi, *Credit Risk Scorecards* (2006). The others are ours: a list twice
as long, or chances out by half, is not what was measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from analytics.drift.stability import A_LITTLE, MUCH

STEADY, WATCH, DRIFTED, FEW = "steady", "watch", "drifted", "few"
INDICATOR, SCORE, CALIBRATION, ALERT, LIST = "indicator", "score", "calibration", "alert", "list"


@dataclass(frozen=True)
class Limit:
    """``watch`` and ``act`` on one kind of figure; None: never for this alone. ``fewest``: people or cases it needs."""

    watch: float | None
    act: float | None
    fewest: int

    def verdict(self, value: float, n: float) -> str:
        """In a word, for a figure that rests on ``n``."""
        if n < self.fewest:
            return FEW
        if self.act is not None and value >= self.act:
            return DRIFTED
        return WATCH if self.watch is not None and value >= self.watch else STEADY


#: Of a ratio the size of its logarithm counts: half as much is as far off as twice as much.
LIMITS = {
    # One indicator that moved is a question to its agency: the score may be as it was.
    INDICATOR: Limit(MUCH, None, fewest=200),
    SCORE: Limit(A_LITTLE, MUCH, fewest=200),
    CALIBRATION: Limit(log(1.25), log(1.5), fewest=10),
    ALERT: Limit(log(1.5), log(2), fewest=10),
    LIST: Limit(0.75, None, fewest=10),
}
#: So large a share of the indicators, moved as far as to be watched, is another city than the one it learned from.
MOVED_SHARE = 0.2
