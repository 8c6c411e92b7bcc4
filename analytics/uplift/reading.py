"""A model of benefit read back from a snapshot, for ``evaluate`` and for pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analytics.evaluation.bootstrap import Figure
from analytics.evaluation.evaluate import as_json
from analytics.evaluation.rows import Row
from analytics.models.bundle import FACTS_FILE
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.home import Home
from data.snapshot.engine import StoreError
from data.snapshot.reading import Snapshot

_MODEL = "SELECT model, version, estimator, state, reason, trained, spec FROM model WHERE model = ?"
#: Draws of all months are measured at once, each by a model that never saw the family: there is no later date to try.
VALIDATED = "Judged by the draws by lot themselves, of all months together."
_COLUMNS = 'estimator, label, grouping, "group", metric, value, low, high, n, positives'
_ROWS = f"SELECT {_COLUMNS} FROM evaluation WHERE model = ? ORDER BY rowid"
_FIGURES = f"SELECT {_COLUMNS} FROM evaluation WHERE model = $model ORDER BY ALL"


def is_benefit(spec: Mapping[Any, Any]) -> bool:
    """Whether a stored declaration is of benefit rather than of risk."""
    return bool(spec.get("kind") == "uplift")


def evaluation(place: Home, snapshot: Snapshot, model: str) -> dict[str, Any]:
    """What ``evaluate --json`` prints of a model of benefit. Raises `StoreError` for an unknown model.

    ``estimators.NAME.spared.METRIC`` from the trial, ``estimators.NAME.truth.METRIC`` from an invented city's truth;
    ``groups.NAME.LABEL`` holds the curve, the tenths, and the balance of each indicator.
    """
    with snapshot.cursor() as cursor:
        declared = cursor.execute(_MODEL, [model]).fetchall()
        frame = cursor.execute(_ROWS, [model]).df()
    if not declared:
        raise StoreError(f"the snapshot has no model called {model}")
    name, version, estimator, state, reason, trained, _ = declared[0]
    beside = place.path / f"truth-{snapshot.manifest['snapshot']}" / f"evaluation-{model}.parquet"
    frames = [frame, pd.read_parquet(beside)] if beside.exists() else [frame]
    told = snapshot.manifest["models"][model]
    facts = place.models / f"{model}-{version}" / FACTS_FILE
    losses = json.loads(facts.read_text(encoding="utf-8"))["result"]["losses"] if facts.is_file() else None
    return {
        "model": name,
        "version": version,
        "estimator": estimator,
        "state": state,
        "reason": reason,
        "trained": str(trained)[:10],
        "evaluated_at": told["evaluated_at"],
        "capacity": told["capacity"],
        "arms": told["arms"],
        "choice": {"losses": losses},
        "validation": {"computed": False, "reason": VALIDATED},
        "snapshot": snapshot.manifest["snapshot"],
    } | as_json([row for each in frames for row in _rows(each)])


def figures(session: Session, model: str) -> pd.DataFrame:
    """The stored rows of a model of benefit, for whoever may see models."""
    return serve(session, Permission.SEE_MODELS, _FIGURES, {"model": model}, what=f"figures of {model}")


def _rows(frame: pd.DataFrame) -> list[Row]:
    names = ["estimator", "label", "grouping", "group", "metric", "value", "low", "high", "n", "positives"]
    return [
        Row(estimator, label, grouping, group, metric, _figure(*figure), int(n), int(positives))
        for estimator, label, grouping, group, metric, *figure, n, positives in frame[names].itertuples(index=False)
    ]


def _figure(*told: float) -> Figure:
    return Figure(*(None if pd.isna(number) else float(number) for number in told))
