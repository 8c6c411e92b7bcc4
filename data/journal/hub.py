"""What the hub did: contacts that came here, how officers graded them, what was decided, and second looks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from data.journal.journal import Journal
from data.journal.tables import HUB_CONTACT, HUB_DECISION, HUB_GRADE, HUB_SECOND_LOOK


def contacts(journal: Journal) -> Sequence[Any]:
    """Every contact that came here, oldest first."""
    return _all(journal, HUB_CONTACT)


def grades(journal: Journal) -> Sequence[Any]:
    """Every grade that an officer gave, oldest first."""
    return _all(journal, HUB_GRADE)


def decisions(journal: Journal) -> Sequence[Any]:
    """Every decision, oldest first."""
    return _all(journal, HUB_DECISION)


def second_looks(journal: Journal) -> Sequence[Any]:
    """Every second look, oldest first."""
    return _all(journal, HUB_SECOND_LOOK)


def last(rows: Iterable[Any]) -> dict[str, Any]:
    """The last row of each contact, by its number."""
    return {row["contact"]: row for row in rows}


def _all(journal: Journal, table: sa.Table) -> Sequence[Any]:
    return journal.rows(sa.select(table).order_by(table.c.row))
