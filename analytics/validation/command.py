"""``python -m analytics evaluate``: a model's measured figures, from the snapshot and from the truth beside it.

What takes minutes (other dates, fewer cases, other months, a source less) is computed the first time that it is asked
for, and kept beside the model's version.
"""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from typing import Any

import pandas as pd

from analytics.evaluation.evaluate import as_json
from analytics.evaluation.names import HEADLINES
from analytics.evaluation.rows import from_table
from analytics.models.bundle import FACTS_FILE
from analytics.models.specs import SPECS, UPLIFTS
from analytics.triage.publish import MODEL as CONTACTS
from analytics.triage.reading import grader
from analytics.uplift.reading import of_benefit
from analytics.validation.reading import COMMAND, NOT_COMPUTED, NOT_TRAINED, key_of
from analytics.validation.store import code, read, write
from analytics.validation.whole import STAGES, validate
from data.commands import DONE, add_home, add_json
from data.home import Home, home
from data.progress import Bar
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
    parser.add_argument("--quick", action="store_true", help="only what is stored: compute nothing that takes minutes")
    add_home(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the figures of the snapshot being served. The exit code."""
    place = home(args.home)
    with current(place) as snapshot:
        found = whole(place, snapshot, args.model, args.quick)
    print(json.dumps(found, sort_keys=True) if args.json else said(found))
    return DONE


def whole(place: Home, snapshot: Snapshot, model: str, quick: bool = False) -> dict[str, Any]:
    """The stored figures, the choice of estimator with its evidence, and ``validation``, computed unless ``quick``.

    A model of benefit is validated by the draws by lot that it learned from.
    """
    if model == CONTACTS:
        return grader(snapshot) | _measured(place, snapshot, model)
    found = evaluation(place, snapshot, model)
    facts = place.models / f"{model}-{found['version']}" / FACTS_FILE
    result = json.loads(facts.read_text(encoding="utf-8"))["result"] if facts.is_file() else {}
    if model in UPLIFTS:
        return found | of_benefit(result, snapshot.manifest["models"][model])
    told = {name: result.get(name) for name in ("choice", "training")}
    return found | told | {"validation": _validation(place, snapshot, found, quick)}


def _validation(place: Home, snapshot: Snapshot, found: dict[str, Any], quick: bool) -> dict[str, Any]:
    """What was kept for this version by this program, else computed and kept."""
    if found["estimator"] is None:
        return {"computed": False, "reason": NOT_TRAINED}
    key = key_of(snapshot, found["model"], found["version"])
    kept = read(place, key, truth=True)
    if kept is not None and (quick or kept["code"] == code()):
        return {"computed": True} | kept
    if quick:
        return {"computed": False, "reason": NOT_COMPUTED + COMMAND.format(model=found["model"])}
    truth = place.truth(key.snapshot)
    with closing(Bar(STAGES)) as bar:
        today, measured = snapshot.today, truth if truth.is_dir() else None
        computed = validate(snapshot.path, SPECS[key.model], found["estimator"], today, measured, bar)
    try:
        write(place, key, computed)
    except OSError:
        print("the results could not be kept: the home can't be written", file=sys.stderr)
    return {"computed": True, "code": code()} | key.as_json() | computed


def evaluation(place: Home, snapshot: Snapshot, model: str) -> dict[str, Any]:
    """Every figure of ``model``, under ``estimators.NAME.LABEL.METRIC``. Raises `StoreError` for an unknown model."""
    with snapshot.cursor() as cursor:
        declared = cursor.execute(_MODEL, [model]).df()
    if declared.empty:
        raise StoreError(f"the snapshot has no model called {model}")
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
    } | _measured(place, snapshot, model)


def _measured(place: Home, snapshot: Snapshot, model: str) -> dict[str, Any]:
    """The stored figures, with an invented city's truth where it lies beside the snapshot."""
    with snapshot.cursor() as cursor:
        frame = cursor.execute(_ROWS, [model]).df()
    truth = place.truth(snapshot.manifest["snapshot"]) / f"evaluation-{model}.parquet"
    frames = [frame, pd.read_parquet(truth)] if truth.exists() else [frame]
    return as_json([row for each in frames for row in from_table(each)])


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
    return "\n".join([*lines, *_validated(found["validation"])])


def _validated(told: dict[str, Any]) -> list[str]:
    """What was found on demand, in a few lines."""
    if not told["computed"]:
        return [told["reason"]]
    dates = told["rolling"]["spread"]["estimators"].get(told["rolling"]["estimator"], {}).get("identified", {})
    lines = [
        f"{metric.replace('_', ' ')} over {one['dates']} dates: {one['least']:.3f} to {one['most']:.3f}"
        for metric, one in dates.items()
    ]
    stays = _range(told["stability"]["stays"])
    return [
        *lines,
        told["learning_curve"]["words"],
        f"stay on the list from month to month: {stays}",
        told["without"]["words"],
    ]


def _range(figure: dict[str, float | None]) -> str:
    if figure["value"] is None:
        return "not known"
    low, high = ("?" if figure[end] is None else f"{figure[end]:.3f}" for end in ("low", "high"))
    return f"{figure['value']:.3f} ({low} to {high})"
