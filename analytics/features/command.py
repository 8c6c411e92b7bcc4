"""``python -m analytics dictionary``: every indicator, event kind and source, in plain English."""

from __future__ import annotations

import argparse
import json

from analytics.features.dictionary import dictionary, markdown
from data.commands import DONE, add_json


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``dictionary`` to the command's sub-commands."""
    parser = subparsers.add_parser("dictionary")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the dictionary. The exit code."""
    print(json.dumps(dictionary(), indent=1) if args.json else markdown())
    return DONE
