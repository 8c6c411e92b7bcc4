"""Errors of ours, written down so that they can be found: where they came from, and never their text."""

from __future__ import annotations

import logging
import secrets
import traceback
from pathlib import Path

LOG = logging.getLogger("kinsight.pages")
_ROOT = Path(__file__).parents[2]


def report(error: Exception, reference: str = "") -> str:
    """Write where ``error`` came from, without its text, which may name people; return the reference that finds it."""
    reference = reference or secrets.token_hex(4)
    frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(_ROOT)]
    places = [f"{Path(f.filename).relative_to(_ROOT)}:{f.lineno}" for f in frames if ".venv" not in f.filename]
    LOG.error("%s %s at %s", reference, type(error).__name__, " > ".join(places) or "outside our code")
    return reference
