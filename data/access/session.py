"""One script run of one reader: what it holds while it lasts."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pandas as pd

from data.access.reader import Reader, reader
from data.access.scope import scope_sql, used
from data.access.successors import followed
from data.home import Home
from data.journal.contests import restricted
from data.journal.journal import Entry, Journal, journal_of
from data.snapshot.engine import plain_errors
from data.snapshot.reading import Snapshot, current

_ASKED = "(SELECT person, ward FROM person WHERE person IN (SELECT unnest($asked_people::BIGINT[])))"


@dataclass
class Session:
    """One script run of one reader: its snapshot, its own cursor, its purpose. Never kept from run to run."""

    reader_id: str
    journal: Journal
    snapshot: Snapshot
    cursor: duckdb.DuckDBPyConnection
    purpose: str = ""
    began: str = ""
    #: What every entry of this run says besides: who acts behind a machine, and by which token it came.
    beside: Mapping[str, str] = field(default_factory=dict)
    #: What this run was served already, checked and recorded: for those who need the same rows twice.
    kept: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    _thread: int = field(default_factory=threading.get_ident)
    _recorded: set[tuple[Any, ...]] = field(default_factory=set)
    _restricted: frozenset[int] | None = None
    _visible: dict[tuple[Any, ...], frozenset[int]] = field(default_factory=dict)

    @property
    def reader(self) -> Reader:
        """Who is looking, as the journal has it now. Raises `AccessRefused`."""
        return reader(self.journal, self.reader_id, self.purpose)

    def run(self, query: str, params: Mapping[str, Any]) -> pd.DataFrame:
        """The whole answer of ``query``. For the gate alone: it checks nothing but the thread."""
        self._check_thread()
        self.snapshot.derive(query)
        with plain_errors():
            return self.cursor.execute(query, used(query, dict(params))).df()

    def visible(self, who: Reader, people: Sequence[int]) -> frozenset[int]:
        """Those of ``people`` whom the snapshot has and ``who`` may see. Asked once a run: a snapshot never changes."""
        self._check_thread()
        key = (who.scope, frozenset(people))
        if key not in self._visible:
            query, params = scope_sql(who, _ASKED)
            with plain_errors():
                rows = self.cursor.execute(query, params | {"asked_people": list(people)}).fetchall()
            self._visible[key] = frozenset(row[0] for row in rows)
        return self._visible[key]

    def restricted(self) -> frozenset[int]:
        """Those of whom nothing may be worked out now, under the numbers they have in this snapshot."""
        if self._restricted is None:
            asked = restricted(self.journal)
            self._restricted = frozenset(followed(self.cursor, asked)) if asked else frozenset()
        return self._restricted

    def record_once(self, entry: Entry, what: str) -> None:
        """Write ``entry`` to the journal, unless this run has already written it for the same people and thing."""
        if not self.recorded(entry, what):
            self.journal.record(entry)
            self._recorded.add((entry.action, entry.people, entry.model, what))

    def recorded(self, entry: Entry, what: str) -> bool:
        """Whether this run has already written it."""
        return (entry.action, entry.people, entry.model, what) in self._recorded

    def _check_thread(self) -> None:
        if threading.get_ident() != self._thread:
            raise RuntimeError("a session belongs to the thread of its script run")


@contextmanager
def session(home: Home, reader_id: str, purpose: str = "") -> Iterator[Session]:
    """Open a session on the snapshot being served, for one script run.

    Raises `StoreError` if there is none to read and `OtherCity` if the journal is of another city.
    """
    with current(home) as snapshot, snapshot.cursor() as cursor:
        journal = journal_of(home)
        journal.bind(snapshot.city)
        yield Session(reader_id, journal, snapshot, cursor, purpose, began=journal.now())
