"""What people see when something goes wrong: what to do next, and a reference. Never the error's own text."""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.access.reader import AccessRefused
from data.journal.journal import OtherCity
from data.snapshot.engine import Damaged, KeyRefused
from data.snapshot.reading import NoSnapshot
from pages.components.empty import problem
from pages.components.escape import text

LOG = logging.getLogger("kinsight.pages")
_ROOT = Path(__file__).parents[2]


@contextmanager
def guarded() -> Iterator[None]:
    """Draw what is inside; if that fails, say so plainly. Streamlit's own ways to stop a run pass through."""
    try:
        yield
    except Exception as error:
        show(error)


def show(error: Exception) -> None:
    """Say what ``error`` means for the person in front of it. The messages of our own refusals are fit to show."""
    if isinstance(error, AccessRefused):
        problem("You can't see this.", text(error))
    elif isinstance(error, NoSnapshot):
        problem("There is no data yet.", "`make run` makes an invented city; the README says how to use real files.")
    elif isinstance(error, (KeyRefused, Damaged, OtherCity)):
        problem("The data can't be read.", text(error))
    else:
        _fault(report(error))


def _fault(reference: str) -> None:
    problem(
        "Something went wrong on our side.",
        f"What you did last may not have been kept. Try again; if it comes back, give your service desk the reference "
        f"**{reference}**.",
    )


def report(error: Exception) -> str:
    """Write where ``error`` came from, without its text, which may name people; return the reference that finds it."""
    reference = secrets.token_hex(4)
    frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(_ROOT)]
    places = [f"{Path(f.filename).relative_to(_ROOT)}:{f.lineno}" for f in frames if ".venv" not in f.filename]
    LOG.error("%s %s at %s", reference, type(error).__name__, " > ".join(places) or "outside our code")
    return reference
