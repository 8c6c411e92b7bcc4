"""``python -m data papers``: the register of sources, the privacy notice and every agency's draft agreement."""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

from data.commands import DONE, FAILED, add_json
from data.papers.listing import csv, markdown, owners
from data.papers.page import html
from data.papers.privacy import notice
from data.papers.sharing import agreement
from data.sources import SOURCES


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``papers`` to the command's sub-commands."""
    parser = subparsers.add_parser("papers")
    parser.add_argument("--out", type=Path, required=True, help="folder for the papers")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Write them all, and say what was written. The exit code."""
    try:
        written = write(args.out)
    except OSError as error:
        print(f"can't write to {args.out}: {error.strerror}", file=sys.stderr)
        return FAILED
    told = {"out": str(args.out), "sources": len(SOURCES), "agencies": len(owners()), "files": written}
    print(json.dumps(told) if args.json else "\n".join(written))
    return DONE


def write(out: Path) -> list[str]:
    """Write every paper below ``out``; their names, relative to it, in order. Raises ``OSError``."""
    pages = {"register": markdown(), "notice": notice()}
    pages |= {f"agreements/{slug(owner)}": agreement(owner) for owner in owners()}
    texts = {"register.csv": csv()}
    for name, page in pages.items():
        texts |= {f"{name}.md": page, f"{name}.html": html(page)}
    for name, text in texts.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, encoding="utf-8")
    return sorted(texts)


def slug(owner: str) -> str:
    """An agency's name as a file's: ``avon-vale-police``."""
    return re.sub(r"[^a-z0-9]+", "-", owner.lower()).strip("-")
