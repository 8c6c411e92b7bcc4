"""``python -m data generate``: make the invented city."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from data.city.city import generate
from data.city.noticing import Noticing
from data.commands import DONE, FAILED, add_json


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``generate`` to the command's sub-commands."""
    parser = subparsers.add_parser("generate")
    parser.add_argument("--families", type=int, default=3000, help="families in the city (default: 3000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same city (default: 1)")
    parser.add_argument("--out", type=Path, required=True, help="folder for sources/ and truth/")
    parser.add_argument(
        "--noticing",
        choices=[way.value for way in Noticing],
        default=Noticing.WATCHED.value,
        help="what it hangs on whether exploitation is identified: who is watched and what shows (default), or chance",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Generate, then print what was made."""
    if args.families < 50:
        print("a city needs at least 50 families", file=sys.stderr)
        return FAILED
    made = generate(args.families, args.seed, args.out, _progress, Noticing(args.noticing))
    print(json.dumps(made) if args.json else _told(made))
    return DONE


def _progress(stage: str, share: float) -> None:
    if sys.stderr.isatty() or share >= 1:
        print(f"\r{stage} {share:4.0%}", end="\n" if share >= 1 else "", file=sys.stderr, flush=True)


def _told(made: dict[str, Any]) -> str:
    """The tables a person reads: rows, noise, rates."""
    city = made["city"]
    lines = [
        f"{city['name']}, an invented city: {city['families']:,} families, {made['people']:,} people",
        f"{made['seconds']} s",
        "",
        "rows written",
    ]
    lines += [f"  {name:<24}{count:>12,}" for name, count in made["rows"].items()]
    lines += ["", "identity noise"] + [f"  {name:<34}{share:8.1%}" for name, share in made["noise"].items()]
    lines += ["", f"{'rates':<58}{'published':>10}{'city':>10}{'ratio':>8}"]
    lines += [
        f"  {row['figure']:<56}{row['published']:>10}{row['city']:>10g}{row['ratio']:>8g}  {row['why']}".rstrip()
        for row in made["rates"]
    ]
    lines += ["", "exploitation"] + [f"  {name:<46}{value}" for name, value in made["exploitation"].items()]
    return "\n".join(lines)
