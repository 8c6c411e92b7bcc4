"""``python -m data rooms backup``: see `data.journal.command` for the journal's."""

from __future__ import annotations

import argparse
from pathlib import Path

from data.commands import DONE, add_home
from data.home import home
from data.journal.backup import copy
from data.rooms.store import rooms_of


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``rooms`` to the command's sub-commands."""
    verbs = subparsers.add_parser("rooms").add_subparsers(dest="verb", required=True)
    copying = verbs.add_parser("backup", help="copy the store of the training rooms while it is in use (SQLite)")
    copying.add_argument("destination", type=Path)
    add_home(copying)


def run(args: argparse.Namespace) -> int:
    """Do what ``args`` say; the exit code."""
    copy(rooms_of(home(args.home)).engine, args.destination)
    print(f"Copied to {args.destination}.")
    return DONE
