"""``python -m analytics demo``: what ``make run`` and ``make city`` do before serving."""

from __future__ import annotations

import argparse
import io
import sys
from contextlib import redirect_stdout

from data.commands import DONE, add_home, call
from data.home import Home, home


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``demo`` to the command's sub-commands."""
    parser = subparsers.add_parser("demo")
    parser.add_argument("--families", type=int, default=3000, help="families in the city (default: 3000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same city (default: 1)")
    add_home(parser)


def run(args: argparse.Namespace) -> int:
    """Leave a home that is in use alone; fill any other. The exit code."""
    place = home(args.home)
    if place.pointer.exists():
        print(f"{place.path} already holds a snapshot.", file=sys.stderr)
        return DONE
    # What the two print for those who call them themselves would only scroll past here.
    with redirect_stdout(io.StringIO()):
        return _generate(place, args.families, args.seed) or _build(place)


def _generate(place: Home, families: int, seed: int) -> int:
    print(f"Inventing a city of {families:,} families ...", file=sys.stderr)
    out = str(place.made(place.path) / "city")
    return call("data.city.command", ["generate", "--families", str(families), "--seed", str(seed), "--out", out])


def _build(place: Home) -> int:
    print("Linking its records and building its snapshot ...", file=sys.stderr)
    city = place.path / "city"
    where = ["--sources", str(city / "sources"), "--truth", str(city / "truth"), "--home", str(place.path)]
    return call("analytics.build.command", ["build", *where])
