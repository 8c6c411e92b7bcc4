"""``python -m analytics fairness``: audit anybody's scores, ours or another's, from a CSV."""

from __future__ import annotations

import argparse
import json
from math import isfinite
from pathlib import Path
from typing import Any

from analytics.fairness.audit import audit
from analytics.fairness.file import ScoresRefused, read_scores
from data.commands import DONE, add_json

SHOWN = ("selection_rate", "precision", "recall", "false_positive_rate", "false_negative_rate")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``fairness`` to the command's sub-commands."""
    parser = subparsers.add_parser("fairness")
    parser.add_argument("file", type=Path, metavar="FILE.csv", help="one row a person")
    parser.add_argument("--truth", required=True, metavar="COL", help="column that says who truly was: 1 or 0")
    parser.add_argument("--score", required=True, metavar="COL", help="column of the score, higher for more likely")
    parser.add_argument("--threshold", required=True, type=float, metavar="T", help="who scores T or more is selected")
    parser.add_argument("--by", required=True, metavar="COL[,COL]", help="columns of the groups; pairs are told too")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the figures of every group. The exit code."""
    by = list(dict.fromkeys(name.strip() for name in args.by.split(",") if name.strip()))
    if not by or {args.truth, args.score} & set(by):
        raise ScoresRefused("--by names one column or more, apart from those of --truth and --score")
    if not isfinite(args.threshold):
        raise ScoresRefused("--threshold is a number")
    frame = read_scores(args.file, args.truth, args.score, by)
    told = audit(frame, args.threshold, by) | {"left_out": frame.attrs["left_out"]}
    print(json.dumps({"file": str(args.file)} | told) if args.json else said(told))
    return DONE


def said(told: dict[str, Any]) -> str:
    """A line a group: share (and its interval) of each figure."""
    lines = [f"{told['n']:,} people; selected at {told['threshold']:g} or more"]
    if told["left_out"]:
        lines.append(f"{told['left_out']:,} people left out: nobody wrote down who they truly were")
    for name, figures in ({"everybody": told["overall"]} | told["groups"]).items():
        few = ", too few to tell much" if figures["small"] else ""
        shares = ", ".join(f"{metric.replace('_', ' ')} {_range(figures, metric)}" for metric in SHOWN)
        lines.append(f"{name} ({figures['n']:,} people, {figures['positives']:,} true{few}): {shares}")
    return "\n".join(lines)


def _range(figures: dict[str, Any], metric: str) -> str:
    if figures[metric] is None:
        return "not known"
    low, high = figures[f"{metric}_interval"]
    return f"{figures[metric]:.3f} ({low:.3f} to {high:.3f})"
