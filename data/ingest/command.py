"""``python -m data check``: read files as a build would, and say what is wrong with them. Nothing is kept."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from data.commands import DONE, WRONG
from data.ingest.happenings import ORPHAN
from data.ingest.ingest import take_all
from data.ingest.recognise import files_below, recognise
from data.ingest.refusal import Refused, refuse
from data.ingest.take import Delivery
from data.snapshot.engine import connect

# A check shares the machine with whatever serves; a build says for itself how much memory it may have.
MEMORY = "2GB"
SHOWN = 20


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``check`` to the command's sub-commands."""
    parser = subparsers.add_parser("check")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file, or a folder of files")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line, one for each file")
    parser.add_argument(
        "--today", type=date.fromisoformat, default=None, help="the day on which the files came (default: today)"
    )


def run(args: argparse.Namespace) -> int:
    """Check every file; 1 where one can't be taken, 0 where all can, with or without rejected rows."""
    # The day a file without a year came is the day it is checked.
    today = args.today or date.today()  # noqa: DTZ011 - the user's own calendar
    refused = False
    for path, name in _files(args.paths):
        found = check(path, name, today)
        refused |= "error" in found
        print(json.dumps(found) if args.json else _told(found), flush=True)
        if "error" in found:
            print(found["error"], file=sys.stderr)
    return WRONG if refused else DONE


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        if path.is_dir():
            yield from ((each, str(each)) for each in files_below(path))
        else:
            yield path, str(path)


def check(path: Path, name: str, today: date) -> dict[str, Any]:
    """What became of the file's rows, all its parts together; with ``error`` where it can't be taken at all."""
    try:
        if not path.exists():
            raise refuse(name, "there is no such file")
        with TemporaryDirectory(prefix="kinsight-") as spill, connect(spill=Path(spill), memory=MEMORY) as con:
            told = take_all(con, [recognise(path.resolve(), name)], today)
            rejections = con.execute(REJECTIONS).fetchall()
        return _counts(name, told.deliveries) | {"rejections": dict(rejections)}
    except Refused as error:
        return _nothing(name) | {"error": str(error)}


def _nothing(name: str) -> dict[str, Any]:
    counts: dict[str, Any] = {"rows": 0, "accepted": 0, "rejected": 0, "warnings": {}, "rejections": {}}
    return {"file": name, "source": None} | counts


REJECTIONS = """
SELECT coalesce("column" || ': ', '') || rule, count(*) FROM staged.rejected_row GROUP BY ALL ORDER BY ALL
"""


def _counts(name: str, deliveries: Sequence[Delivery]) -> dict[str, Any]:
    warnings: Counter[str] = Counter()
    for each in deliveries:
        warnings.update(each.aside)
        if part := each.sheet.part.parent:
            # A file checked by itself has no parent beside it, which is no fault of its rows.
            del warnings[ORPHAN.format(key=part[1], parent=part[0])]
    return {
        "file": name,
        "source": deliveries[0].sheet.source.name,
        "parts": {each.sheet.part.name: each.rows for each in deliveries},
        "rows": sum(each.rows for each in deliveries),
        "accepted": sum(each.accepted for each in deliveries),
        "rejected": sum(each.rejected for each in deliveries),
        "warnings": dict(sorted(warnings.items())),
    }


def _told(found: dict[str, Any]) -> str:
    if "error" in found:
        return f"{found['file']}: can't be taken"
    lines = [
        f"{found['file']}: {found['source']} ({', '.join(found['parts'])}), "
        f"{found['rows']:,} rows, {found['rejected']:,} rejected"
    ]
    for what in ("rejections", "warnings"):
        told = sorted(found[what].items(), key=lambda item: (-item[1], item[0]))
        lines += [f"    {what[:-1]}: {rule} ({count:,})" for rule, count in told[:SHOWN]]
        lines += [f"    and {len(told) - SHOWN} more kinds of {what}"] if len(told) > SHOWN else []
    return "\n".join(lines)
