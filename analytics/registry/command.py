"""``python -m analytics rebuild-score``: one stored score made again from events and model file, and compared."""

from __future__ import annotations

import argparse
import getpass
import json
from pathlib import Path
from typing import Any

from analytics.build.again import tables
from analytics.registry.rebuild import Rebuilt, rebuild
from analytics.registry.score_id import ScoreId
from analytics.registry.stored import stored
from data.commands import DONE, WRONG, add_home, add_json
from data.home import Home, home
from data.journal.journal import Entry, journal_of
from data.snapshot.engine import StoreError
from data.snapshot.reading import served

#: What the access log says of it.
ACTION = "rebuild score"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``rebuild-score`` to the command's sub-commands."""
    parser = subparsers.add_parser("rebuild-score")
    parser.add_argument("id", type=str, help="MODEL:PERSON:AS_OF; without the day, the latest")
    parser.add_argument("--snapshot", type=int, help="an earlier snapshot's number (default: the one being served)")
    parser.add_argument("--by", default="", help="whose word it is (default: the name of the account here)")
    add_home(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Rebuild, compare, write it in the log, and tell; 1 where anything differs."""
    place = home(args.home)
    with tables(_file(place, args.snapshot)) as con:
        found = stored(con, ScoreId.read(args.id))
        made = rebuild(con, place, found)
    _record(place, made, args.by or getpass.getuser())
    print(json.dumps(as_json(made), sort_keys=True) if args.json else said(made))
    return WRONG if made.differs else DONE


def _file(place: Home, number: int | None) -> Path:
    if number is None:
        return served(place)
    file = place.snapshots / f"snapshot-{number}.duckdb"
    if not file.is_file():
        raise StoreError(f"there is no snapshot {number} in this home any more")
    return file


def _record(place: Home, made: Rebuilt, by: str) -> None:
    """An act of governance about one person: in the log before anything of it is told."""
    city = made.stored.manifest["city"]
    journal = journal_of(place)
    journal.bind(city)
    detail = {"as_of": str(made.stored.as_of), "version": made.stored.version, "same": not made.differs}
    snapshot = f"{city['id']}-{made.stored.manifest['snapshot']}"
    about = (made.stored.id.person,)
    journal.record(Entry(by, "administrator", ACTION, about, made.stored.id.model, snapshot, detail=detail))


def as_json(made: Rebuilt) -> dict[str, Any]:
    """The score as stored and as made again, what differs, what has changed since, and what it was made from."""
    found = made.stored
    return {
        "id": str(found.id),
        "model": found.id.model,
        "person": found.id.person,
        "as_of": str(found.as_of),
        "version": found.version,
        "snapshot": found.manifest["snapshot"],
        "same": not made.differs,
        "differs": list(made.differs),
        "stored": _finite(found.score),
        "rebuilt": _finite(made.score),
        "indicators": len(made.values),
        "contributions": len(made.parts),
        "changed_since": list(made.changed),
        "used": made.used,
    }


def _finite(row: dict[str, Any]) -> dict[str, Any]:
    """JSON has no NaN: what is not known is null."""
    return {name: None if value != value else value for name, value in row.items()}


def said(made: Rebuilt) -> str:
    """The same in a few lines."""
    found, used = made.stored, made.used
    lines = [
        f"{found.id}: model {found.id.model}, version {found.version}, snapshot {found.manifest['snapshot']}",
        f"made again: {len(made.values)} indicators from {used['events_of_the_person']:,} events of the person and of "
        f"those around, {used['estimator']}, {len(made.parts)} contributions",
        "the same, bit for bit" if not made.differs else f"DIFFERS: {', '.join(made.differs)}",
        f"model file {used['model_file']}",
        f"code {used['code']}",
        f"training data {used['training_data']}",
        f"catalogue {used['catalogue']}, {len(used['source_files'])} source files",
    ]
    if made.changed:
        lines.append(f"changed since: {', '.join(made.changed)}")
    return "\n".join(lines)
