"""What the hub did: contacts that came here, how officers graded them, what was decided, and second looks."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from data.journal.engine import writing
from data.journal.journal import Entry, Journal
from data.journal.tables import HUB_CONTACT, HUB_DECISION, HUB_GRADE, HUB_SECOND_LOOK

_KEPT: WeakKeyDictionary[Journal, dict[str, list[Any]]] = WeakKeyDictionary()
_READING = threading.Lock()


def contacts(journal: Journal) -> Sequence[Any]:
    """Every contact that came here, oldest first."""
    return _every(journal, HUB_CONTACT)


def contact(journal: Journal, number: str) -> Any | None:
    """The contact that came here under ``number``."""
    rows = journal.rows(sa.select(HUB_CONTACT).where(HUB_CONTACT.c.contact == number).order_by(HUB_CONTACT.c.row))
    return rows[0] if rows else None


def take(journal: Journal, values: dict[str, Any], entry: Entry) -> bool:
    """Keep a contact, unless one of its number is there: told twice at one moment it is still kept once."""
    there = sa.select(HUB_CONTACT.c.row).where(HUB_CONTACT.c.contact == values["contact"]).limit(1)
    with writing(journal.engine) as connection:
        if connection.execute(there).first() is not None:
            return False
        journal.append_within(connection, HUB_CONTACT, values, entry)
        return True


def grades(journal: Journal, of: Collection[str] | None = None) -> Sequence[Any]:
    """Every grade that an officer gave, oldest first; ``of`` those contacts alone where they are given."""
    return _all(journal, HUB_GRADE, of)


def decisions(journal: Journal, of: Collection[str] | None = None) -> Sequence[Any]:
    """Every decision, likewise."""
    return _all(journal, HUB_DECISION, of)


def second_looks(journal: Journal, of: Collection[str] | None = None) -> Sequence[Any]:
    """Every second look, likewise."""
    return _all(journal, HUB_SECOND_LOOK, of)


def last(rows: Iterable[Any]) -> dict[str, Any]:
    """The last row of each contact, by its number."""
    return {row["contact"]: row for row in rows}


def _all(journal: Journal, table: sa.Table, of: Collection[str] | None) -> Sequence[Any]:
    if of is None:
        return _every(journal, table)
    return journal.rows(sa.select(table).where(table.c.contact.in_(sorted(of))).order_by(table.c.row))


def _every(journal: Journal, table: sa.Table) -> Sequence[Any]:
    """Rows never change: only those since the last time are read."""
    with _READING:
        kept = _KEPT.setdefault(journal, {}).setdefault(table.name, [])
        since = kept[-1]["row"] if kept else 0
        kept += journal.rows(sa.select(table).where(table.c.row > since).order_by(table.c.row))
        return tuple(kept)
