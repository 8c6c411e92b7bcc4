"""What a pilot measures, declared once: each a share of contacts, of which every figure, paper and plan is made.

A row of contacts has: ``arm``; ``came`` (day); ``level``, the officer's own grade; ``outcome``, the level of what was
decided, and ``final``, after a second look; ``suggested``; each 0 to 4 and NaN where there is none; ``asked``, whether
another agency was; ``hours`` until it was decided; ``waits`` beyond the service level; ``looked`` and ``raised`` by a
second look; ``again`` and ``harm``, 1 or 0 and NaN while the time for it is not over (`pilot_facts`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.triage.desk import BY_PLATFORM
from analytics.triage.queue import SERVICE_HOURS
from data.contacts import LOW, TAKEN
from data.journal.pilot import BY_CONTACT, BY_WEEK, SHADOW

Bools = NDArray[np.bool_]
#: Days within which another contact counts, and harm; sooner than `AFTER_DAYS` it is the same news.
AGAIN_DAYS, HARM_DAYS, AFTER_DAYS = 90, 180, 3


@dataclass(frozen=True)
class Measure:
    """``of``: the contacts it is a share of; ``hit``: those of them that count. ``decides``: the kinds of pilot whose
    main figure it may be; ``better``: more or fewer of it, where one is better; ``days`` that must have passed."""

    name: str
    words: str
    of: Callable[[pd.DataFrame], Bools]
    hit: Callable[[pd.DataFrame], Bools]
    decides: tuple[str, ...] = ()
    better: str | None = None
    days: int = 0


def _decided(rows: pd.DataFrame) -> Bools:
    return rows["outcome"].notna().to_numpy(bool)


def _low(rows: pd.DataFrame) -> Bools:
    return (rows["outcome"] <= LOW).to_numpy(bool)


def _against(rows: pd.DataFrame) -> Bools:
    """Decided low though more was suggested: what would come back for a second look."""
    return _low(rows) & (rows["suggested"] >= TAKEN).to_numpy(bool)


def _weighed(rows: pd.DataFrame) -> Bools:
    return _decided(rows) & rows["suggested"].notna().to_numpy(bool)


def _both(rows: pd.DataFrame) -> Bools:
    """An officer's grade beside a suggestion; not where another system had told them it beforehand."""
    own = rows["seen"] != BY_PLATFORM
    return (own & rows["level"].notna() & rows["suggested"].notna()).to_numpy(bool)


def _known(rows: pd.DataFrame, name: str) -> Bools:
    return rows[name].notna().to_numpy(bool)


def _yes(rows: pd.DataFrame, name: str) -> Bools:
    return (rows[name] == 1).to_numpy(bool)


_LOTS = (BY_CONTACT, BY_WEEK)
MEASURES: dict[str, Measure] = {
    one.name: one
    for one in (
        Measure(
            "unshared", "No other agency was asked", _decided, lambda rows: ~_yes(rows, "asked"), _LOTS, "more",
        ),
        Measure(
            "in_time", f"Decided within {SERVICE_HOURS} hours",
            lambda rows: _decided(rows) | _yes(rows, "waits"),
            lambda rows: (rows["hours"] <= SERVICE_HOURS).to_numpy(bool), _LOTS, "more",
        ),
        Measure(
            "again", f"Another contact within {AGAIN_DAYS} days", lambda rows: _known(rows, "again"),
            lambda rows: _yes(rows, "again"), _LOTS, "fewer", AGAIN_DAYS,
        ),
        Measure(
            "missed", f"Missed: ended with no action or advice, and harm within {HARM_DAYS} days",
            lambda rows: _decided(rows) & _known(rows, "harm"),
            lambda rows: (rows["final"] <= LOW).to_numpy(bool) & _yes(rows, "harm"), _LOTS, "fewer", HARM_DAYS,
        ),
        Measure("against", "Decided with no action or advice though more was suggested", _weighed, _against),
        Measure("looked", "Looked at again", _decided, lambda rows: _yes(rows, "looked")),
        Measure(
            "raised", "Raised, of those looked at again", lambda rows: _yes(rows, "looked"),
            lambda rows: _yes(rows, "raised"),
        ),
        Measure(
            "agree", "Graded as suggested, or one level off", _both,
            lambda rows: ((rows["level"] - rows["suggested"]).abs() <= 1).to_numpy(bool), (SHADOW,),
        ),
        Measure(
            "back_harm", f"Harm within {HARM_DAYS} days, of those decided low though more was suggested",
            lambda rows: _against(rows) & _known(rows, "harm"), lambda rows: _yes(rows, "harm"), (), None, HARM_DAYS,
        ),
        Measure(
            "rest_harm", f"Harm within {HARM_DAYS} days, of the others decided low",
            lambda rows: _weighed(rows) & _low(rows) & ~_against(rows) & _known(rows, "harm"),
            lambda rows: _yes(rows, "harm"), (), None, HARM_DAYS,
        ),
        Measure(
            "caught", "Of harm after a low decision, what a second look would have met",
            lambda rows: _weighed(rows) & _low(rows) & _yes(rows, "harm"), _against, (SHADOW,), None, HARM_DAYS,
        ),
    )
}  # fmt: skip
