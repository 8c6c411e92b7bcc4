"""Saved views: which filters of a page a reader wants again, under a name of their own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from data.journal.journal import Journal
from data.journal.tables import SAVED_VIEW as VIEW


@dataclass(frozen=True)
class SavedView:
    """One view as it stands: ``chosen`` by filter, ``by`` whom, ``shared`` with whoever has the same role."""

    number: str
    page: str
    name: str
    chosen: Mapping[str, Any]
    shared: bool
    by: str


def saved_views(journal: Journal, page: str, reader_id: str, role: str) -> tuple[SavedView, ...]:
    """The reader's own views of a page and those that others of ``role`` share: own ones first, each by name."""
    latest = sa.select(sa.func.max(VIEW.c.row)).where(VIEW.c.page == sa.bindparam("of")).group_by(VIEW.c.view)
    rows = journal.rows(sa.select(VIEW).where(VIEW.c.row.in_(latest)), {"of": page})
    theirs = [row for row in rows if row["by"] == reader_id or (row["shared"] and row["role"] == role)]
    found = [
        SavedView(row["view"], row["page"], row["name"], json.loads(row["chosen"]), bool(row["shared"]), row["by"])
        for row in theirs
        if row["active"]
    ]
    return tuple(sorted(found, key=lambda one: (one.by != reader_id, one.name.casefold(), one.number)))
