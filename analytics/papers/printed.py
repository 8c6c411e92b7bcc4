"""``python -m analytics model-card``: one model's card on the screen; with ``--json``, what lies beside the model."""

from __future__ import annotations

import argparse
import json
import sys

from analytics.models.published import facts
from analytics.papers.card import card
from analytics.papers.command import read
from data.commands import DONE, add_home, add_json
from data.home import home


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``model-card`` to the command's sub-commands."""
    parser = subparsers.add_parser("model-card")
    parser.add_argument("--model", default="cse", help="which model (default: cse)")
    add_home(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the card. The exit code."""
    where = home(args.home)
    (found,) = read(where, args.model)
    told = json.dumps(facts(where, args.model), indent=1, sort_keys=True) if args.json else card(found)
    sys.stdout.write(f"{told}\n")
    return DONE
