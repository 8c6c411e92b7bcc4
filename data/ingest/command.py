"""``python -m data check``: read files as a build would, and say what is wrong with them. Nothing is kept."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from data.commands import DONE, WRONG
from data.ingest.happenings import ORPHAN
from data.ingest.ingest import take_all
from data.ingest.recognise import files_below, recognise
from data.ingest.refusal import Refused, refuse
from data.ingest.sheet import Found
from data.ingest.take import Delivery
from data.snapshot.engine import connect

# A check shares the machine with whatever serves; a build says for itself how much memory it may have.
MEMORY = "2GB"
SHOWN = 20
MOST_HEADINGS = 200


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
            found = recognise(path.resolve(), name)
            told = take_all(con, [found], today)
            rejections = con.execute(REJECTIONS).fetchall()
            people = con.execute(PEOPLE).fetchall()[0][0]
        return _counts(name, found, told.deliveries, people) | _rejected(rejections)
    except Refused as error:
        return _nothing(name) | {"error": str(error)}


def _nothing(name: str) -> dict[str, Any]:
    counts: dict[str, Any] = {"rows": 0, "accepted": 0, "rejected": 0, "children": 0, "warnings": {}, "rejections": {}}
    return {"file": name, "source": None} | counts


REJECTIONS = """
SELECT coalesce("column" || ': ', '') || rule AS said, count(*), min(line) FROM staged.rejected_row
GROUP BY said ORDER BY said
"""
PEOPLE = "SELECT count(DISTINCT client) FROM staged.person_record"


def _rejected(rows: Sequence[tuple[str, int, int]]) -> dict[str, Any]:
    return {
        "rejections": {said: count for said, count, _ in rows},
        "first_rejected": {said: line for said, _, line in rows},
    }


def _counts(name: str, found: Found, deliveries: Sequence[Delivery], people: int) -> dict[str, Any]:
    """``children`` counts the people that the file names, by the keys of their rows where that is all it has."""
    warnings: Counter[str] = Counter()
    first: dict[str, int] = {}
    for each in deliveries:
        warnings.update(each.aside)
        first = each.first | first
        if part := each.sheet.part.parent:
            # A file checked by itself has no parent beside it, which is no fault of its rows.
            del warnings[ORPHAN.format(key=part[1], parent=part[0])]
    return {
        "file": name,
        "source": found.source.name,
        "year": found.year,
        "term": found.term,
        "parts": _by_part(deliveries, lambda each: each.rows),
        "rows": sum(each.rows for each in deliveries),
        "accepted": sum(each.accepted for each in deliveries),
        "rejected": sum(each.rejected for each in deliveries),
        "children": people or max((each.keys for each in deliveries), default=0),
        "missing": _headings(deliveries, lambda each: each.sheet.missing),
        "unknown": _headings(deliveries, lambda each: each.sheet.unknown),
        "warnings": dict(sorted(warnings.items())),
        "first_lines": {rule: first[rule] for rule in sorted(first) if rule in warnings},
    }


def _by_part(deliveries: Sequence[Delivery], of: Callable[[Delivery], int]) -> dict[str, int]:
    summed: Counter[str] = Counter()
    for each in deliveries:
        summed[each.sheet.part.name] += of(each)
    return dict(summed)


def _headings(deliveries: Sequence[Delivery], of: Callable[[Delivery], tuple[str, ...]]) -> dict[str, list[str]]:
    """Columns by part, of those parts that have any; `MOST_HEADINGS` each at most."""
    return {each.sheet.part.name: list(of(each)[:MOST_HEADINGS]) for each in deliveries if of(each)}


def _told(found: dict[str, Any]) -> str:
    if "error" in found:
        return f"{found['file']}: can't be taken"
    of = " ".join(str(each) for each in (found["term"], found["year"]) if each)
    lines = [
        f"{found['file']}: {found['source']} ({', '.join(found['parts'])}){' of ' + of if of else ''}, "
        f"{found['rows']:,} rows, {found['rejected']:,} rejected, {found['children']:,} people"
    ]
    lines += [f"    not there: {', '.join(columns)} ({part})" for part, columns in found["missing"].items()]
    lines += [f"    not known: {', '.join(columns)} ({part})" for part, columns in found["unknown"].items()]
    for what, first in (("rejections", "first_rejected"), ("warnings", "first_lines")):
        told = sorted(found[what].items(), key=lambda item: (-item[1], item[0]))
        lines += [f"    {what[:-1]}: {rule} ({count:,}{_on(found[first], rule)})" for rule, count in told[:SHOWN]]
        lines += [f"    and {len(told) - SHOWN} more kinds of {what}"] if len(told) > SHOWN else []
    return "\n".join(lines)


def _on(first: dict[str, int], rule: str) -> str:
    return f", first on line {first[rule]:,}" if rule in first else ""
