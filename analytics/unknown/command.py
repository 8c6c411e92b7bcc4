"""``python -m analytics unknown``: how many exploited children whom nobody knows each ranking finds."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from pathlib import Path
from typing import Any

from analytics.build.again import inputs_again
from analytics.models.specs import SPECS
from analytics.unknown.cities import Round, cities
from analytics.unknown.measure import TAUGHT, as_json, count
from data.city.noticing import Noticing
from data.commands import DONE, add_home, add_json
from data.home import home

LEAST_FAMILIES = 50


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``unknown`` to the command's sub-commands."""
    parser = subparsers.add_parser("unknown")
    asked = sorted(name for name, spec in SPECS.items() if spec.profile)
    parser.add_argument("--model", choices=asked, default="cse", help="which model (default: cse)")
    parser.add_argument("--cities", type=int, help="make so many cities instead of reading a store")
    parser.add_argument("--first", type=int, default=1, help="the seed of the first city made (default: 1)")
    parser.add_argument("--families", type=int, default=8000, help="families of each city made (default: 8000)")
    parser.add_argument("--keep", type=Path, help="keep each city's figures in this folder, and go on from those there")
    parser.add_argument(
        "--noticing", choices=[way.value for way in Noticing], help="only this way of noticing (default: both)"
    )
    add_home(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Measure and print. The exit code."""
    logging.getLogger("sqlglot").setLevel(logging.ERROR)
    spec = SPECS[args.model]
    if args.cities:
        ways = [Noticing(args.noticing)] if args.noticing else list(Noticing)
        seeds = range(args.first, args.first + args.cities)
        asked = Round(spec, max(args.families, LEAST_FAMILIES), args.keep)
        found = cities(asked, seeds, ways, lambda said: print(said, file=sys.stderr, flush=True))
        told: dict[str, Any] = {"model": spec.name, "families": asked.families, "seeds": list(seeds), "noticing": found}
    else:
        told = {"model": spec.name} | as_json(count(spec, inputs_again(home(args.home), spec)))
    print(json.dumps(told, sort_keys=True) if args.json else "\n".join(said(told)))
    return DONE


def said(told: dict[str, Any]) -> list[str]:
    """The figures in a few lines."""
    if "noticing" not in told:
        return _of_city(told)
    lines = [f"{told['model']}: {len(told['seeds'])} cities of {told['families']:,} families"]
    for way, found in told["noticing"].items():
        lines.append(f"noticed {'by who is watched' if way == Noticing.WATCHED else 'at random'}:")
        lines.append(f"  the model's average precision over the best taught the truth: {_pooled(found['ratio'])}")
        lines.append(f"  its lead over known against rest: {_pooled(found['lead_over_known_against_rest'])}")
        lines += [f"  {name}: {_range(one)}" for name, one in found["average_precision"].items()]
        lines += [f"  seed {seed}: {why}" for seed, why in found["without_figures"].items()]
    return lines


def _of_city(told: dict[str, Any]) -> list[str]:
    lines = [
        f"{told['model']} at {told['evaluated_at']}: {told['unknown']} of {told['n']:,} children are exploited and "
        f"known to nobody; {told['never_noticed']} of them nobody has noticed to this day",
        f"the model ({told['estimator']}), taught {told['known_cases']} known cases and the rest, over the best taught "
        f"the truth: {_range(told['ratio'])}",
        f"its lead over known against rest: {_range(told['lead_over_known_against_rest'])}",
        f"of the exploited, professionals identified in the year measured {_range(told['perfect_list_identified'])}: a "
        "list of nobody else would be right so often",
        f"found on a list of {told['capacity']}:",
    ]
    for name, figures in told["rankings"].items():
        words = f"{name.removeprefix(TAUGHT)}, taught the truth" if name.startswith(TAUGHT) else name
        precision = _range(figures["average_precision"])
        lines.append(f"  {words}: {_range(figures['unknown_found'], 1)}, average precision {precision}")
    for name, gaps in told["watched"].items():
        lines += [f"  {name}, most watched over least, {group}: {_range(gap)}" for group, gap in gaps.items()]
    return lines


def _pooled(figure: dict[str, Any]) -> str:
    """A mean with the interval of these cities, and that of all such cities."""
    return f"{_range(figure)}, of all such cities {_range({'value': figure['value'], **figure['of_cities']})}"


def _range(figure: dict[str, float | None], places: int = 3) -> str:
    if figure["value"] is None:
        return "not known"
    low, high = ("?" if figure[end] is None else f"{figure[end]:.{places}f}" for end in ("low", "high"))
    return f"{figure['value']:.{places}f} ({low} to {high})"
