"""``python -m analytics evaluate``: how good a model is, beside every other ranking, with intervals."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from analytics.models.published import facts
from analytics.models.specs import SPECS
from data.commands import DONE, FAILED
from data.home import home

METRICS = {
    "average_precision": "average precision",
    "precision_at_capacity": "precision at capacity",
    "recall_at_capacity": "recall at capacity",
    "false_per_true": "false per true",
    "auc": "AUC",
    "calibration_error": "calibration error",
}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``evaluate`` to the command's sub-commands."""
    parser = subparsers.add_parser("evaluate", help="how good each model is, with intervals")
    parser.add_argument("--model", choices=sorted(SPECS), default="cse")
    parser.add_argument("--home", help="where the snapshot lives (default: $KINSIGHT_HOME, else store/)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    """Print the figures that were measured when the served snapshot was built. The exit code."""
    try:
        result = facts(home(args.home), args.model)["result"]
    except LookupError as error:
        sys.stderr.write(f"{error.args[0]}\n")
        return FAILED
    sys.stdout.write((json.dumps(result, indent=1, sort_keys=True) if args.json else "\n".join(lines(result))) + "\n")
    return DONE


def lines(result: dict[str, Any]) -> Iterator[str]:
    """The figures as a table a person can read, label by label."""
    yield f"Model {result['model']} {result['version']}: {result['state']} ({result['estimator'] or 'nothing trained'})"
    yield result["reason"]
    for label in ("identified", "truth"):
        measured = {name: by[label] for name, by in result["estimators"].items() if label in by}
        if measured:
            any_one = next(iter(measured.values()))
            found = f"{any_one['positives']} to find, ceiling {any_one['ceiling']:.2f}"
            yield f"\n{label}: {any_one['n']} children, {found}"
            yield f"{'':16}" + "".join(f"{words:>24}" for words in METRICS.values())
            for name, figures in measured.items():
                yield f"{name:16}" + "".join(f"{in_words(figures.get(metric)):>24}" for metric in METRICS)


def in_words(figure: dict[str, float | None] | None) -> str:
    """``0.42 (0.36 to 0.47)``; a dash where nothing can be told."""
    if figure is None or figure["value"] is None:
        return "-"
    low, high = figure["low"], figure["high"]
    return f"{figure['value']:.3f}" + ("" if low is None else f" ({low:.3f} to {high:.3f})")
