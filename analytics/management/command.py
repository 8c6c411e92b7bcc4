"""``python -m analytics board-report``: the monthly report to a board as PDF, for whoever sends it out by schedule."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.management.board import gathered
from analytics.management.board_pdf import paper
from data.access.roles import Permission
from data.commands import DONE, FAILED, add_home, add_json
from data.home import home
from data.journal.journal import Entry, journal_of
from data.snapshot.reading import current

_MARKS = {True: "Invented city: no real people", False: "OFFICIAL-SENSITIVE"}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``board-report`` to the command's sub-commands."""
    parser = subparsers.add_parser("board-report")
    parser.add_argument("--out", type=Path, required=True, help="the file to write, such as board.pdf")
    add_home(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Count, log that it was taken out, write. The exit code."""
    where = home(args.home)
    with current(where) as snapshot, snapshot.cursor() as cursor:
        journal = journal_of(where)
        journal.bind(snapshot.city)
        what = {"what": f"report to the board, records to {snapshot.today.isoformat()}", "by": "command line"}
        journal.record(Entry("system", "system", Permission.EXPORT_FIGURES, snapshot=snapshot.id, detail=what))

        def ask(query: str, asked: Mapping[str, Any], said: str) -> pd.DataFrame:
            return cursor.execute(query, dict(asked)).df()

        made = paper(gathered(ask, snapshot, journal), _MARKS[snapshot.invented])
    try:
        args.out.write_bytes(made)
    except OSError as error:
        print(f"can't write {args.out}: {error.strerror}", file=sys.stderr)
        return FAILED
    print(json.dumps({"out": str(args.out), "bytes": len(made)}) if args.json else str(args.out))
    return DONE
