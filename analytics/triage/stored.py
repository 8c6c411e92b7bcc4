"""The grader as a snapshot keeps it: written by the build, read back for a contact that came a second ago.

What is read back is what was learned: the same objects say the same of a contact in the build and on a page.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.triage import facts
from analytics.triage.grading import STEP_NAMES, Grader, Levels
from analytics.triage.logistic import Logistic
from analytics.triage.sharing import Cut
from data.snapshot.engine import plain_errors
from data.snapshot.reading import Snapshot

#: The name of the fourth regression, whether asking other agencies tells of something.
NEEDS = "needs"
COLUMNS = ("step", "indicator", "centre", "spread", "weight")
#: The row of a regression that is no indicator: the log-odds of an average contact.
BASE = "base"
_WEIGHTS = "SELECT step, indicator, centre, spread, weight FROM contact_weight"
_MODEL = "SELECT version, levels, ask_from FROM contact_model"


@dataclass(frozen=True)
class Stored:
    """Everything that is needed to say something of a contact: chances and levels, and whether asking helps."""

    version: str
    grader: Grader
    levels: Levels
    needs: Logistic
    cut: Cut


def stored(snapshot: Snapshot) -> Stored | None:
    """The grader of ``snapshot``, read once while it is open; None where it has none."""
    return snapshot.once("grader", lambda: _restored(snapshot))


def _restored(snapshot: Snapshot) -> Stored | None:
    if "contact_model" not in snapshot.tables:
        return None
    with snapshot.cursor() as cursor, plain_errors():
        head = cursor.execute(_MODEL).fetchone()
        lines = cursor.execute(_WEIGHTS).df()
    if head is None:
        return None
    version, levels, ask_from = head
    return restored(version, tuple(json.loads(levels)), ask_from, lines)


def restored(version: str, levels: tuple[float, ...], ask_from: float, lines: pd.DataFrame) -> Stored:
    """The grader of these ``lines``, which have the columns of ``contact_weight``."""
    steps = {str(step): _read(block.set_index("indicator")) for step, block in lines.groupby("step")}
    grader = Grader(tuple(steps[name] for name in STEP_NAMES))
    return Stored(version, grader, Levels(levels), steps[NEEDS], Cut(ask_from))


def weights(grader: Grader, needs: Logistic) -> pd.DataFrame:
    """The table ``contact_weight``: one row a step and indicator, and the step's base."""
    steps = zip((*STEP_NAMES, NEEDS), (*grader.steps, needs), strict=True)
    frame = pd.concat([_written(one).assign(step=name) for name, one in steps], ignore_index=True)
    return frame[list(COLUMNS)]


def _written(one: Logistic) -> pd.DataFrame:
    rows = {
        "indicator": [*facts.names(), BASE],
        "centre": [*one.centre, 0.0],
        "spread": [*one.spread, 1.0],
        "weight": [*one.weight, one.base],
    }
    return pd.DataFrame(rows)


def _read(block: pd.DataFrame) -> Logistic:
    own = block.loc[list(facts.names())]
    centre, spread, weight = (own[name].to_numpy(np.float64) for name in ("centre", "spread", "weight"))
    return Logistic(centre, spread, weight, float(block["weight"].to_dict()[BASE]))
