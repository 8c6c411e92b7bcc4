"""``python -m data link``: say which rows of any table of people are the same person."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from data.commands import DONE, add_json
from data.linkage.file.fields import FIELDS, column, guessed, mapped
from data.linkage.file.reading import read, writable, write
from data.linkage.file.table import link_table, measure
from data.snapshot.engine import connect

MEMORY = "4GB"
ABOUT = """
Writes the rows of FILE, in their order, with a column 'person': rows with the same number are the same person. None of
the fields has to be there, and none is decisive by itself; the more there are, the better.

The fields that --map takes are:
"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``link`` to the command's sub-commands."""
    fields = "\n".join(f"  {field.name:<15} {field.about}" for field in FIELDS)
    parser = subparsers.add_parser(
        "link", description=ABOUT + fields, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a CSV or Parquet file with a row for each record")
    parser.add_argument(
        "--map", metavar="FIELD=COLUMN,...", help="what the columns say (default: guessed from their names)"
    )
    parser.add_argument("--out", type=Path, required=True, help="where to write: Parquet if it ends so, else CSV")
    parser.add_argument("--truth", metavar="COLUMN", help="a column that says who is who: adds precision, recall, f1")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Link the file's rows and write them with their person."""
    writable(args.out)
    frame, file = read(args.file), str(args.file)
    headings = [str(heading) for heading in frame.columns]
    truth = column(args.truth, headings, file) if args.truth else None
    known = [heading for heading in headings if heading != truth]
    columns = guessed(known, file) if args.map is None else mapped(args.map, headings, file)
    if args.map is None:
        print("taken: " + ", ".join(f"{field}={name}" for field, name in columns.items()), file=sys.stderr)
    with TemporaryDirectory(prefix="kinsight-") as spill, connect(spill=Path(spill), memory=MEMORY) as con:
        person, counts = link_table(con, frame, columns)
    told: dict[str, Any] = counts.as_json() | {"fields": columns}
    if truth is not None:
        told |= measure(person, frame[truth]).as_json()
    write(frame, person, args.out)
    print(json.dumps(told) if args.json else _told(told, args.out))
    return DONE


def _told(told: dict[str, Any], out: Path) -> str:
    said = f"{told['rows']:,} rows are {told['people']:,} people; {out} says who is who ({told['seconds']:.1f} s)"
    if "f1" not in told:
        return said
    return said + f"\nprecision {told['precision']:.4f}, recall {told['recall']:.4f}, F1 {told['f1']:.4f}"
