"""A model's card: its declaration, its state and why, and its measured figures."""

from __future__ import annotations

import json
from collections.abc import Hashable
from typing import Any

import pandas as pd

from data.access.gate import Session, serve
from data.access.policy import caveat, why_withheld
from data.access.roles import Permission

_MODELS = "SELECT model, version, estimator, state, reason, trained, spec FROM model ORDER BY model"
_FIGURES = """
SELECT estimator, label, grouping, "group", metric, value, low, high, n, positives FROM evaluation
WHERE model = $model ORDER BY estimator, label, grouping, "group", metric
"""


def models(session: Session) -> list[dict[Hashable, Any]]:
    """Every model of the snapshot with its spec, and ``withheld`` (None, or why no score is shown) and ``caveat``."""
    rows = serve(session, Permission.SEE_MODELS, _MODELS, what="models").to_dict("records")
    return [{**row, "spec": json.loads(row["spec"]), **_shown(session, row)} for row in rows]


def _shown(session: Session, row: dict[Hashable, Any]) -> dict[Hashable, Any]:
    return {
        "withheld": why_withheld(session.journal, session.snapshot, row["model"]),
        "caveat": caveat(row["state"], row["reason"]),
    }


def figures(session: Session, model: str) -> pd.DataFrame:
    """The rows of `evaluation`: value with the ends of its 95 % interval, and the people it rests on."""
    return serve(session, Permission.SEE_MODELS, _FIGURES, {"model": model}, what=f"figures of {model}")
