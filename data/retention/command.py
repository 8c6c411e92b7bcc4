"""``python -m data erase``: ask that a person be erased, see what still holds them, delete older snapshots."""

from __future__ import annotations

import argparse
import getpass
import json
from dataclasses import asdict
from typing import Any

from data.commands import DONE, WRONG, add_home, add_json
from data.home import Home, home
from data.journal.erasures import GROUNDS, Erasure, clients, erasures, values
from data.journal.journal import Entry, Journal, journal_of
from data.journal.tables import ERASURE
from data.retention import copies
from data.snapshot.engine import StoreError, plain_errors
from data.snapshot.reading import Snapshot, current

CLIENTS = (
    "SELECT client FROM person_link WHERE person = $person AND ($agency IS NULL OR source = $agency) ORDER BY client"
)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``erase`` to the command's sub-commands."""
    parser = subparsers.add_parser("erase", help="erase a person from the next build on; tell what still holds them")
    parser.add_argument("--person", type=int, help="the person's number; without it, every request is told of")
    parser.add_argument("--agency", help="only what one agency's numbers say of them (social_care, police ...)")
    parser.add_argument("--ground", choices=tuple(GROUNDS), default="no longer needed", help="the legal ground")
    parser.add_argument("--reason", default="", help="why, in words")
    parser.add_argument("--by", default="", help="whose word it is (default: the name of the account here)")
    parser.add_argument("--purge", action="store_true", help="delete older snapshots that hold anybody erased")
    add_home(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Do what ``args`` say; 1 while a snapshot still holds somebody who was erased."""
    place = home(args.home)
    journal = journal_of(place)
    if args.person is not None:
        _ask(place, journal, args)
    asked = erasures(journal)
    gone = copies.purge(place, clients(asked)) if args.purge else []
    told = [_told(place, each) for each in asked]
    print(json.dumps({"erasures": told, "deleted": gone}) if args.json else _words(told, gone))
    return WRONG if any(each["snapshots"] for each in told) else DONE


def _ask(place: Home, journal: Journal, args: argparse.Namespace) -> None:
    """Write the request down, of the clients that the served snapshot takes for the person."""
    with current(place) as snapshot:
        journal.bind(snapshot.city)
        held = clients_of(snapshot, args.person, args.agency)
        try:
            row = values(args.person, args.agency, held, args.ground, args.reason, snapshot.id)
        except ValueError as error:
            raise StoreError(str(error)) from None
        by = args.by or getpass.getuser()
        entry = Entry(by, "administrator", "erase", (args.person,), snapshot=snapshot.id)
        journal.append(ERASURE, row, entry)


def clients_of(snapshot: Snapshot, person: int, agency: str | None = None) -> list[int]:
    """The clients that ``snapshot`` takes for ``person``, all or one agency's."""
    with snapshot.cursor() as cursor, plain_errors():
        rows = cursor.execute(CLIENTS, {"person": person, "agency": agency}).fetchall()
    return [int(row[0]) for row in rows]


def _told(place: Home, asked: Erasure) -> dict[str, Any]:
    held = copies.snapshots(place, asked.clients)
    numbers = [copy.number for copy in held if copy.number is not None]
    journal = journal_of(place)
    told = copies.told_here(journal, [asked.person])
    others = [*copies.beside(place, numbers), *told, *copies.exports(journal), *copies.kept(place)]
    return {
        "number": asked.number, "asked": asked.at, "by": asked.by, "person": asked.person, "agency": asked.agency,
        "ground": asked.ground, "reason": asked.reason, "snapshots": [asdict(copy) for copy in held],
        "others": [asdict(copy) for copy in others],
    }  # fmt: skip


def _words(told: list[dict[str, Any]], gone: list[str]) -> str:
    lines = [f"deleted: {', '.join(gone)}"] if gone else []
    for each in told:
        held = ", ".join(
            copy["where"] + (" (served: build again)" if copy["served"] else "") for copy in each["snapshots"]
        )
        state = f"still held by {held}" if held else "in no snapshot of this home any more"
        lines.append(f"request {each['number']} of {each['asked'][:10]} by {each['by']}: {state}")
        lines += [f"  {copy['what']}: {copy['where']}. {copy['kept']}" for copy in each["others"]]
    return "\n".join(lines or ["nobody was asked to be erased"])
