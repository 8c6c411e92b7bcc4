"""``python -m data journal verify`` and ``backup``."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from pathlib import Path

from data.commands import DONE, FAILED, WRONG, add_home, add_json
from data.home import home
from data.journal.backup import backup
from data.journal.journal import Journal, url_of
from data.journal.verification import Verification, verify


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``journal`` to the command's sub-commands."""
    journal = subparsers.add_parser("journal")
    verbs = journal.add_subparsers(dest="verb", required=True)
    verifying = verbs.add_parser("verify", help="check the whole hash chain; exit code 1 if anything was tampered with")
    verifying.add_argument("--expect", metavar="SEQ:HASH", type=_noted, help="an entry noted earlier that must stand")
    copying = verbs.add_parser("backup", help="copy the journal while it is in use (SQLite)")
    copying.add_argument("destination", type=Path)
    for parser in (verifying, copying):
        add_home(parser)
        add_json(parser)


def _noted(text: str) -> tuple[int, str]:
    seq, _, digest = text.partition(":")
    return int(seq), digest


def run(args: argparse.Namespace) -> int:
    """Do what ``args`` say; the exit code."""
    store = home(args.home)
    url = url_of(store)
    if url == f"sqlite:///{store.journal}" and not store.journal.exists():
        print(f"no journal in {store.path}", file=sys.stderr)
        return FAILED
    # Opened as it is: a verification must see what is missing, not mend it.
    journal = Journal(url, prepare=False)
    try:
        return _back_up(journal, args) if args.verb == "backup" else _verify(journal, args)
    finally:
        journal.close()


def _verify(journal: Journal, args: argparse.Namespace) -> int:
    found = verify(journal, args.expect)
    print(json.dumps(dataclasses.asdict(found)) if args.json else _sentence(found))
    return DONE if found.ok else WRONG


def _sentence(found: Verification) -> str:
    if found.ok:
        head = f"{found.entries}:{found.head}"
        return f"The journal is whole: {found.entries:,} entries. Note its head to prove it later: {head}"
    where = f" at entry {found.first_bad:,}" if found.first_bad else ""
    return f"The journal was tampered with{where}: {found.problem}."


def _back_up(journal: Journal, args: argparse.Namespace) -> int:
    found = backup(journal, args.destination)
    copied = {"destination": str(args.destination), **dataclasses.asdict(found)}
    print(json.dumps(copied) if args.json else f"Copied to {args.destination}. {_sentence(found)}")
    return DONE if found.ok else WRONG
