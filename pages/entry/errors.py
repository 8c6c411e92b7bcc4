"""What people see when something goes wrong: what to do next, and a reference. Never the error's own text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from data.access.reader import AccessRefused
from data.journal.journal import OtherCity
from data.snapshot.engine import Damaged, KeyRefused
from data.snapshot.reading import NoSnapshot
from pages.components.empty import problem
from pages.components.escape import text
from pages.entry.faults import report


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
