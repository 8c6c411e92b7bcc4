"""``python -m analytics evaluate``: a model's measured figures, from the snapshot and from the truth beside it."""

from __future__ import annotations

import argparse
import json
from typing import Any

import pandas as pd

from analytics.evaluation.bootstrap import Figure
from analytics.evaluation.evaluate import as_json
from analytics.evaluation.names import HEADLINES
from analytics.evaluation.rows import Row
from data.commands import DONE, add_home, add_json
from data.home import Home, home
from data.snapshot.engine import StoreError
from data.snapshot.reading import Snapshot, current

_MODEL = "SELECT model, version, estimator, state, reason, trained FROM model WHERE model = ?"
# In the order in which the run wrote them, so that the same snapshot prints the same page.
_ROWS = """
SELECT estimator, label, grouping, "group", metric, value, low, high, n, positives FROM evaluation WHERE model = ?
ORDER BY rowid
"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``evaluate`` to the command's sub-commands."""
    parser = subparsers.add_parser("evaluate")
    parser.add_argument("--model", default="cse", help="which model (default: cse)")
    add_home(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the figures of the snapshot being served. The exit code."""
    place = home(args.home)
    with current(place) as snapshot:
        found = evaluation(place, snapshot, args.model)
    print(json.dumps(found, sort_keys=True) if args.json else said(found))
    return DONE


def evaluation(place: Home, snapshot: Snapshot, model: str) -> dict[str, Any]:
    """Every figure of ``model``, under ``estimators.NAME.LABEL.METRIC``. Raises `StoreError` for an unknown model."""
    with snapshot.cursor() as cursor:
        declared = cursor.execute(_MODEL, [model]).df()
        frame = cursor.execute(_ROWS, [model]).df()
    if declared.empty:
        raise StoreError(f"the snapshot has no model called {model}")
    beside = place.path / f"truth-{snapshot.manifest['snapshot']}" / f"evaluation-{model}.parquet"
    frames = [frame, pd.read_parquet(beside)] if beside.exists() else [frame]
    head = declared.astype(object).where(declared.notna(), None).iloc[0]
    told = snapshot.manifest["models"][model]
    return {
        "model": model,
        "version": head["version"],
        "estimator": head["estimator"],
        "state": head["state"],
        "reason": head["reason"],
        "trained": str(head["trained"])[:10],
        "evaluated_at": told["evaluated_at"],
        "capacity": told["capacity"],
        "snapshot": snapshot.manifest["snapshot"],
    } | as_json([row for each in frames for row in _rows(each)])


def _rows(frame: pd.DataFrame) -> list[Row]:
    names = ["estimator", "label", "grouping", "group", "metric", "value", "low", "high", "n", "positives"]
    return [
        Row(estimator, label, grouping, group, metric, _figure(*figure), int(n), int(positives))
        for estimator, label, grouping, group, metric, *figure, n, positives in frame[names].itertuples(index=False)
    ]


def _figure(*told: float) -> Figure:
    """Value and interval, ``None`` for what could not be told."""
    return Figure(*(None if pd.isna(number) else float(number) for number in told))


def said(found: dict[str, Any]) -> str:
    """The figures in a table, one line an estimator and label."""
    lines = [
        f"{found['model']}: {found['state']}; {found['reason']}",
        f"estimator {found['estimator']}, list of {found['capacity']}",
    ]
    for name, labels in found["estimators"].items():
        for label, figures in labels.items():
            told = ", ".join(f"{metric} {_range(figures[metric])}" for metric in HEADLINES if metric in figures)
            lines.append(f"{name} ({label}, {figures['positives']} of {figures['n']}): {told}")
    return "\n".join(lines)


def _range(figure: dict[str, float | None]) -> str:
    if figure["value"] is None:
        return "not known"
    low, high = ("?" if figure[end] is None else f"{figure[end]:.3f}" for end in ("low", "high"))
    return f"{figure['value']:.3f} ({low} to {high})"
