"""``python -m analytics model-card``: what a model asks, was trained on, reads, cannot know, and how good it is."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any

from analytics.evaluation.names import HEADLINES
from analytics.models.published import facts
from analytics.models.specs import SPECS
from data.commands import DONE, add_home, add_json
from data.home import home


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``model-card`` to the command's sub-commands."""
    parser = subparsers.add_parser("model-card")
    parser.add_argument("--model", choices=sorted(SPECS), default="cse", help="which model (default: cse)")
    add_home(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the card. The exit code."""
    told = facts(home(args.home), args.model)
    print(json.dumps(told, indent=1, sort_keys=True) if args.json else "\n".join(card(told)))
    return DONE


def card(told: dict[str, Any]) -> Iterator[str]:
    """The card in Markdown, from the declaration and the measured figures alone."""
    spec, result = told["spec"], told["result"]
    yield f"# {spec['label']}\n\n**{spec['question']}**\n"
    yield f"- State: **{result['state']}**: {result['reason']}"
    yield f"- Version {result['version']}, trained {told['trained']}, to be reviewed by {spec['review_on']}"
    yield f"- Estimator: {result['estimator'] or 'none'}; the simplest within noise of the best is used"
    yield f"- Cohort: children aged {spec['ages'][0]} to {spec['ages'][1]}, not yet identified"
    mark = spec["pass_mark"]
    yield f"- Pass mark, fixed before training: precision at capacity {mark['precision']}, a lead over {mark['rival']}"
    yield f"- Who may see it: {', '.join(role.replace('_', ' ') for role in spec['roles'])}"
    yield "\n## What it cannot know\n"
    yield from (f"- {words}" for words in spec["cannot_know"])
    yield from _figures(result)
    yield f"\n## What it reads ({len(told['variables'])} indicators)\n"
    yield ", ".join(told["variables"]) or "Nothing: it was not trained."


def _figures(result: dict[str, Any]) -> Iterator[str]:
    if not result["estimators"]:
        return
    yield f"\n## How good it is, measured at {result['evaluated_at']} with {result['capacity']} places\n"
    yield f"| ranking | label | {' | '.join(HEADLINES.values())} |"
    yield "|" + "---|" * (2 + len(HEADLINES))
    for name, by_label in result["estimators"].items():
        for label, figures in by_label.items():
            yield f"| {name} | {label} | {' | '.join(in_words(figures.get(metric)) for metric in HEADLINES)} |"


def in_words(figure: dict[str, float | None] | None) -> str:
    """``0.42 (0.36 to 0.47)``; a dash where nothing can be told."""
    if figure is None or figure["value"] is None:
        return "-"
    low, high = figure["low"], figure["high"]
    return f"{figure['value']:.3f}" + ("" if low is None else f" ({low:.3f} to {high:.3f})")
