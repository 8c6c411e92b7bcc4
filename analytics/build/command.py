"""``python -m analytics build``: from a folder of files to a published snapshot."""

from __future__ import annotations

import argparse
import json
import logging
from contextlib import closing
from datetime import date
from pathlib import Path

from analytics.build.build import Report, Wish, build, first_day_not_recorded
from analytics.build.watch import STAGES
from data.commands import DONE, add_home, add_json
from data.home import home
from data.progress import Bar
from data.snapshot.engine import StoreError


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``build`` to the command's sub-commands."""
    parser = subparsers.add_parser("build")
    parser.add_argument("--sources", type=Path, required=True, help="folder of the agencies' files")
    parser.add_argument("--truth", type=Path, help="truth of an invented city, for measuring alone")
    add_home(parser)
    parser.add_argument("--today", type=date.fromisoformat, help="first day not recorded (default: city's, else today)")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Build and say what was done. The exit code."""
    for folder in filter(None, (args.sources, args.truth)):
        if not folder.is_dir():
            raise StoreError(f"{folder} is not a folder")
    # Splink's SQL builder tells of every array index that it rewrites.
    logging.getLogger("sqlglot").setLevel(logging.ERROR)
    wish = Wish(args.sources, home(args.home), args.today or first_day_not_recorded(args.sources), args.truth)
    with closing(Bar(STAGES)) as bar:
        report = build(wish, bar)
    print(json.dumps(report.as_json(), default=str) if args.json else said(report))
    return DONE


def said(report: Report) -> str:
    """The build in a few lines."""
    rows, rejected = sum(report.rows.values()), sum(report.rejected.values())
    lines = [
        f"snapshot {report.snapshot}: {rows:,} rows of {len(report.rows)} sources, {rejected:,} rejected; "
        f"{report.tables['person']:,} people, {report.tables['event']:,} events, "
        f"{report.indicators['cohort']:,} of the models' ages",
    ]
    if past := report.left_out.get("past retention"):
        people = ", ".join(f"{source} {count:,}" for source, count in past.items())
        lines.append(f"left out past retention, people by source: {people}")
    if erased := report.left_out.get("erased"):
        lines.append(f"left out as erased: {erased:,} agencies' clients")
    if "f1" in report.linkage:
        figures = (report.linkage[name] for name in ("precision", "recall", "f1"))
        lines.append("linkage against truth: precision {:.4f}, recall {:.4f}, F1 {:.4f}".format(*figures))
    if report.kinship:
        kin = (f"{kind} {one['precision']:.3f} / {one['recall']:.3f}" for kind, one in report.kinship.items())
        lines.append(f"kinship against truth, precision / recall: {', '.join(kin)}")
    for name, model in report.models.items():
        lines.append(f"model {name}: {model['state']}, {model['estimator'] or 'nothing trained'}: {model['reason']}")
    stages = ", ".join(f"{name} {seconds:.1f}" for name, seconds in report.seconds.items())
    lines.append(f"seconds: {stages}; peak memory {report.peak_memory_gb} GB")
    return "\n".join(lines)
