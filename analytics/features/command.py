"""``python -m analytics dictionary``: every indicator, event kind and source, in plain English."""

from __future__ import annotations

import argparse
import json

from analytics.features.dictionary import dictionary, markdown
from data.commands import DONE


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``dictionary`` to the command's sub-commands."""
    parser = subparsers.add_parser("dictionary", help="every indicator, event kind and source")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of Markdown")


def run(args: argparse.Namespace) -> int:
    """Print the dictionary. The exit code."""
    print(json.dumps(dictionary(), indent=1) if args.json else markdown())
    return DONE
