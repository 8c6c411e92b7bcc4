"""What leaves a management page: figures as a table, under a head that says what, when, which filters and which rule.

Only safe figures come here: what `analytics.disclosure.control` let through.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from analytics.disclosure.control import HIDDEN
from analytics.governance.sources_rejected import safe
from data.access.gate import Session, consult
from data.access.roles import Permission


@dataclass(frozen=True)
class Head:
    """What a figure is of: ``what`` it shows, ``when`` it is of, which ``filters`` by their label, and the ``rule``
    that kept small counts out of it; ``notes`` is what else a reader must know."""

    what: str
    when: str
    rule: str
    filters: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()

    @property
    def filtered(self) -> str:
        """``Area: North; Age: 10 to 15``, or that nothing is filtered."""
        return "; ".join(f"{label}: {value}" for label, value in self.filters.items()) or "none: the whole city"

    def foot(self) -> str:
        """In a line or two, for the foot of a picture."""
        return f"{self.what}. {self.when}. Filters: {self.filtered}. {self.rule}"


def exported(
    session: Session, head: Head, frame: pd.DataFrame, columns: Mapping[str, str], mark: str, records_to: str
) -> bytes:
    """``frame`` as CSV (UTF-8 with a mark, as Excel wants it) below its head; the log has it before it is made.

    ``columns``: heading by column, in order. Withheld figures are ``c``. Raises `AccessRefused`.
    """
    consult(session, Permission.EXPORT_FIGURES, lambda _: None, what=f"{head.what}. Filters: {head.filtered}")
    made = session.journal.now()[:16].replace("T", " ")
    lines = [
        ("What", head.what), ("When", head.when), ("Filters", head.filtered), ("Rule", head.rule),
        *(("Note", note) for note in head.notes),
        ("Source", f"Kinsight, records to {records_to}. {mark}"), ("Taken", f"{made} UTC by {session.reader.name}"),
    ]  # fmt: skip
    return table(lines, frame, columns)


def table(lines: Sequence[tuple[str, str]], frame: pd.DataFrame, columns: Mapping[str, str]) -> bytes:
    """The lines of the head, an empty one, the headings, then a row each."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([[safe(cell) for cell in line] for line in lines])
    writer.writerow([])
    writer.writerow([safe(label) for label in columns.values()])
    writer.writerows([[_cell(cell) for cell in row] for row in frame[list(columns)].itertuples(index=False)])
    return out.getvalue().encode("utf-8-sig")


def _cell(cell: object) -> str:
    """A figure as a figure, so that a spreadsheet can reckon with it; anything else as text that none runs."""
    if isinstance(cell, bool | np.bool_):
        return "yes" if cell else "no"
    if isinstance(cell, int | float | np.integer | np.floating):
        return HIDDEN if pd.isna(cell) else f"{float(cell):.6g}" if float(cell) % 1 else f"{float(cell):.0f}"
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else safe(cell)
