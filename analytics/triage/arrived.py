"""Contacts that came here and not by the feed, by whom they are about: found again in a moment among years of them."""

from __future__ import annotations

import json
import threading
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from data.access.gate import Session
from data.access.successors import present
from data.journal import hub
from data.journal.journal import Journal
from data.snapshot.engine import plain_errors

Arrived = tuple[Any, tuple[int, ...]]
#: Of contacts that the feed has brought as well, those whose outcome it tells of everybody whom they are about.
_CLOSED = """
SELECT contact FROM contact WHERE contact IN (SELECT unnest($numbers::VARCHAR[]))
GROUP BY contact HAVING count(outcome) = count(*)
"""
_OPEN = "SELECT DISTINCT contact FROM contact WHERE outcome IS NULL"


class _Met:
    """The journal's contacts against one snapshot: each with its people under the numbers that they have in it."""

    def __init__(self) -> None:
        self.every: list[Arrived] = []
        self.of: dict[int, list[int]] = {}
        self.open: list[int] = []
        self.lock = threading.Lock()

    def catch_up(self, session: Session) -> None:
        """Read what came since the last time."""
        rows = hub.contacts(session.journal)[len(self.every) :]
        named = [json.loads(row["people"]) for row in rows]
        now = present(session.cursor, {person for people in named for person in people})
        closed = _closed(session, [row["contact"] for row in rows])
        for row, people in zip(rows, named, strict=True):
            about = tuple(sorted({now[each] for each in people}))
            for person in about:
                self.of.setdefault(person, []).append(len(self.every))
            if row["contact"] not in closed:
                self.open.append(len(self.every))
            self.every.append((row, about))


_MEETING = threading.Lock()


def submitted(session: Session) -> list[Arrived]:
    """The contacts of the journal, oldest first, each with its people under the numbers that they have now."""
    met = _met(session)
    with met.lock:
        return list(met.every)


def unclosed(session: Session) -> list[Arrived]:
    """Those of `submitted` whose outcome the feed does not tell: years of others need not be asked about again."""
    met = _met(session)
    with met.lock:
        return [met.every[at] for at in met.open]


def open_in_feed(session: Session) -> frozenset[str]:
    """Numbers of the contacts of the feed whose outcome it does not tell."""

    def read() -> frozenset[str]:
        with plain_errors():
            return frozenset(number for (number,) in session.cursor.execute(_OPEN).fetchall())

    return session.snapshot.once("contacts open in the feed", read)


def about(session: Session, people: Collection[int]) -> list[Arrived]:
    """Those of `submitted` that are about one of ``people``."""
    met = _met(session)
    with met.lock:
        return [met.every[at] for at in sorted({at for person in people for at in met.of.get(person, ())})]


def told_table(*said: str) -> str:
    """The common table ``told`` of what `bound` binds: contact, person, received_at and what was ``said``."""
    kinds = {"contact": "VARCHAR", "person": "BIGINT", "received_at": "TIMESTAMP"} | dict.fromkeys(said, "VARCHAR")
    return f"told AS (SELECT {', '.join(f'unnest($told_{name}::{kind}[]) AS {name}' for name, kind in kinds.items())})"


def bound(came: Iterable[Arrived], *said: str) -> dict[str, Any]:
    """``came`` as parameters, one entry a person of each contact."""
    rows = [
        (row["contact"], person, datetime.fromisoformat(row["received_at"]), *(row[name] for name in said))
        for row, people in came
        for person in people
    ]
    names = ("contact", "person", "received_at", *said)
    return {f"told_{name}": [row[at] for row in rows] for at, name in enumerate(names)}


def _closed(session: Session, numbers: list[str]) -> frozenset[str]:
    if not numbers:
        return frozenset()
    with plain_errors():
        return frozenset(number for (number,) in session.cursor.execute(_CLOSED, {"numbers": numbers}).fetchall())


def _met(session: Session) -> _Met:
    with _MEETING:
        every: WeakKeyDictionary[Journal, _Met] = session.snapshot.once("arrived", WeakKeyDictionary)
        met = every.setdefault(session.journal, _Met())
    with met.lock:
        met.catch_up(session)
    return met
