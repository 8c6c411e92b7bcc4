"""``python -m analytics papers``: every model's card, transparency record and impact-assessment annex, as files."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

from analytics.models.specs import SPECS, UPLIFTS
from analytics.papers.facts import MODELS, Facts, facts, from_json
from analytics.papers.papers import KINDS, write
from data.commands import DONE, FAILED, add_home, add_json
from data.home import Home, home
from data.journal.journal import Journal, journal_of
from data.snapshot.engine import StoreError
from data.snapshot.reading import current

#: What the papers in docs/papers are written from: the figures of one build, and the declarations as they were then.
MEASURED = "measured.json"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``papers`` to the command's sub-commands."""
    parser = subparsers.add_parser("papers")
    parser.add_argument("--out", type=Path, required=True, help="folder for the papers")
    parser.add_argument("--model", help="one model alone (default: every model of the snapshot)")
    kept = parser.add_mutually_exclusive_group()
    kept.add_argument(
        "--reference", action="store_true", help="as in docs/papers: what was measured, and Markdown of it"
    )
    kept.add_argument("--again", action="store_true", help="from the declarations of today and what --reference kept")
    add_home(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Write them, and say what was written. The exit code."""
    try:
        found = again(args.out) if args.again else read(home(args.home), args.model)
        names = _written(found, args)
    except OSError as error:
        print(f"can't use {args.out}: {error.strerror}", file=sys.stderr)
        return FAILED
    told = {"out": str(args.out), "models": [each.model for each in found], "papers": list(KINDS), "files": names}
    print(json.dumps(told) if args.json else "\n".join(names))
    return DONE


def read(home: Home, model: str | None = None) -> list[Facts]:
    """Facts of one model, or of every one, of the served snapshot. Raises `StoreError`."""
    with current(home) as snapshot, snapshot.cursor() as cursor:
        names = [row[0] for row in cursor.execute(MODELS).fetchall()]
        if model is not None and model not in names:
            raise StoreError(f"the snapshot has no model called {model}; it has {', '.join(names) or 'none'}")
        journal = _journal(home)
        return [
            facts(lambda query, params: cursor.execute(query, dict(params)).df(), home, snapshot, journal, name)
            for name in ([model] if model else names)
        ]


def _journal(home: Home) -> Journal | None:
    """The journal, where there is one: reading papers makes none."""
    there = "KINSIGHT_JOURNAL" in os.environ or home.journal.is_file()
    return journal_of(home) if there else None


def again(folder: Path) -> list[Facts]:
    """What was measured once, as ``--reference`` kept it, with each model's declaration as it is today.

    Raises ``OSError`` where nothing was kept.
    """
    kept = json.loads((folder / MEASURED).read_text(encoding="utf-8"))
    return [declared(from_json(told)) for _, told in sorted(kept.items())]


def declared(facts: Facts) -> Facts:
    """The same figures beside the declaration of today."""
    spec = SPECS.get(facts.model) or UPLIFTS.get(facts.model)
    return facts if spec is None else replace(facts, spec=json.loads(json.dumps(spec.as_json())))


def _written(found: list[Facts], args: argparse.Namespace) -> list[str]:
    if args.again:
        return write(found, args.out, ("md",))
    if not args.reference:
        return write(found, args.out)
    names = write([declared(each) for each in found], args.out, ("md",))
    told = {each.model: each.as_json() for each in found}
    (args.out / MEASURED).write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return sorted([*names, MEASURED])
