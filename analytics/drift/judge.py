"""The verdict on a model, with its reason in words, from everything that was compared of it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analytics.drift.limits import (
    ALERT,
    CALIBRATION,
    DRIFTED,
    FEW,
    INDICATOR,
    LIST,
    MOVED_SHARE,
    SCORE,
    STEADY,
    WATCH,
)
from analytics.drift.verdict import Verdict

_ORDER = {FEW: 0, STEADY: 0, WATCH: 1, DRIFTED: 2}
#: What a finding means, in words.
_SAID = {
    LIST: "{now:.0f} of {of:.0f} on the list are new since the last quarter.",
    INDICATOR: "{now:.0f} of {of:.0f} indicators are spread differently than among those it learned from at the same "
    "time of year.",
    ALERT: "{now:.2f} % of children score as high as the list's last place did at that time of the year it was "
    "measured in; then it was {before:.2f} %.",
    SCORE: "Its scores are spread differently than at the same time of the year it was measured in.",
    CALIBRATION: "Of 10 whom it leads to expect, {now:.0f} are identified now, and {before:.0f} were a year earlier.",
}
_UNALIKE = "So many of its indicators have moved that it speaks of other children than it learned from."
_FINE = "Children today look much like those it learned from, and its chances hold."
_TOO_FEW = "Too few children to tell whether it has drifted."


def judged(rows: pd.DataFrame) -> Verdict:
    """From rows of ``drift`` of one model: each kind's latest date counts, and the worst of them says the state."""
    latest = rows[rows["as_of"] == rows.groupby("what")["as_of"].transform("max")]
    if latest.empty or (latest["verdict"] == FEW).all():
        return Verdict(STEADY, _TOO_FEW)
    found = [*_of_indicators(latest[latest["what"] == INDICATOR]), *_of_the_rest(latest)]
    if not found:
        return Verdict(STEADY, _FINE)
    found.sort(key=lambda one: -_ORDER[one[0]])
    return Verdict(found[0][0], " ".join(words for _, words in found))


def _of_indicators(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Any that moved is to be watched; a fifth of them is another city than the one it learned from."""
    compared = rows[rows["verdict"] != FEW]
    moved = int((compared["verdict"] != STEADY).sum())
    if not moved:
        return []
    said = _SAID[INDICATOR].format(now=moved, of=len(compared))
    if moved >= MOVED_SHARE * len(compared):
        return [(DRIFTED, f"{said} {_UNALIKE}")]
    return [(WATCH, said)]


def _of_the_rest(rows: pd.DataFrame) -> list[tuple[str, str]]:
    others = rows[(rows["what"] != INDICATOR) & rows["verdict"].isin([WATCH, DRIFTED])]
    # What is told of everybody need not be told of the top as well.
    others = others.sort_values("name").drop_duplicates(["what", "verdict"])
    return [(row["verdict"], _words(row)) for row in others.to_dict("records")]


def _words(row: Mapping[Hashable, Any]) -> str:
    what, now, before = str(row["what"]), float(row["now"]), float(row["before"])
    if what == LIST:
        return _SAID[what].format(now=float(row["value"]) * float(row["n"]), of=float(row["n"]))
    scale = {ALERT: 100, CALIBRATION: 10}.get(what, 1)
    return _SAID[what].format(now=scale * now, before=scale * before)
