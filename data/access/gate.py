"""The gate: nothing about a person leaves the snapshot, or enters the journal, but through here.

Check, record, then show: permission and row scope are looked up again on every call, the entry is on disk before the
rows are handed over, and a refusal is an entry too.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from typing import Any, TypeVar

import duckdb
import pandas as pd
import sqlalchemy as sa

from data.access import policy
from data.access.reader import AccessRefused, Reader, reader
from data.access.redaction import identity_in, redacted
from data.access.roles import PURPOSES, Permission, Reach, may
from data.access.scope import scope_sql, scoped, used
from data.home import Home
from data.journal.journal import Entry, Journal, journal_of
from data.journal.tables import BREAK_GLASS
from data.snapshot.engine import plain_errors
from data.snapshot.reading import Snapshot, current

Answer = TypeVar("Answer")
SHORTEST_REASON = 10
LONGEST_GLASS = 72


@dataclass
class Session:
    """One script run of one reader: its snapshot, its own cursor, its purpose. Never kept from run to run."""

    reader_id: str
    journal: Journal
    snapshot: Snapshot
    cursor: duckdb.DuckDBPyConnection
    purpose: str = ""
    began: str = ""
    _thread: int = field(default_factory=threading.get_ident)
    _recorded: set[tuple[Any, ...]] = field(default_factory=set)

    @property
    def reader(self) -> Reader:
        """Who is looking, as the journal has it now. Raises `AccessRefused`."""
        return reader(self.journal, self.reader_id, self.purpose)

    def run(self, query: str, params: Mapping[str, Any]) -> pd.DataFrame:
        """The whole answer of ``query``. For the gate alone: it checks nothing but the thread."""
        if threading.get_ident() != self._thread:
            raise RuntimeError("a session belongs to the thread of its script run")
        with plain_errors():
            return self.cursor.execute(query, used(query, dict(params))).df()


@contextmanager
def session(home: Home, reader_id: str, purpose: str = "") -> Iterator[Session]:
    """Open a session on the snapshot being served, for one script run.

    Raises `StoreError` if there is none to read and `OtherCity` if the journal is of another city.
    """
    with current(home) as snapshot, snapshot.cursor() as cursor:
        journal = journal_of(home)
        journal.bind(snapshot.city)
        yield Session(reader_id, journal, snapshot, cursor, purpose, began=journal.now())


def serve(
    session: Session,
    permission: Permission,
    query: str,
    params: Mapping[str, Any] | None = None,
    *,
    people: Sequence[int] = (),
    model: str | None = None,
    what: str = "",
) -> pd.DataFrame:
    """Answer ``query`` for the session's reader, after checking and recording.

    What the query must look like follows from ``permission.reach``:
    PEOPLE: it binds ``$person`` or ``$people``; rows with a ``person`` outside ``people`` are refused.
    LIST: it reads ``visible(person)`` and returns ``person``. LIKENESS: it returns ``person``, emptied with the other
    identity columns outside the scope. FIGURES: it returns no identity column.
    ``model`` names the model whose score is asked for; ``what`` says in the log which part is shown.
    Raises `AccessRefused`, which is recorded, and `StoreError`.
    """
    asked = _Asked(session, permission, tuple(sorted({int(p) for p in people})), model, what, dict(params or {}))
    try:
        who = asked.checked()
        return _ANSWERS[permission.reach](asked, who, query)
    except AccessRefused as refusal:
        asked.record_refusal(refusal)
        raise


def act(
    session: Session,
    permission: Permission,
    table: sa.Table,
    values: Mapping[str, Any],
    *,
    people: Sequence[int] = (),
    model: str | None = None,
) -> int:
    """Append a row to the journal for the session's reader, after the same checks. Returns the row's number."""
    asked = _Asked(session, permission, tuple(sorted({int(p) for p in people})), model, table.name, {})
    try:
        return session.journal.append(table, values, asked.entry(asked.checked()))
    except AccessRefused as refusal:
        asked.record_refusal(refusal)
        raise


def checked_entry(session: Session, permission: Permission, people: Sequence[int] = ()) -> Entry:
    """The entry for a write that another module does (`data.journal.casework.allocate` ...), after the same checks."""
    asked = _Asked(session, permission, tuple(sorted({int(p) for p in people})), None, "", {})
    try:
        return asked.entry(asked.checked())
    except AccessRefused as refusal:
        asked.record_refusal(refusal)
        raise


def consult(
    session: Session,
    permission: Permission,
    question: Callable[[Journal], Answer],
    *,
    people: Sequence[int] = (),
    what: str = "",
) -> Answer:
    """What the journal answers to ``question`` (such as `data.journal.log.entries`), checked and recorded first."""
    asked = _Asked(session, permission, tuple(sorted({int(p) for p in people})), None, what, {})
    try:
        asked.record(asked.checked())
    except AccessRefused as refusal:
        asked.record_refusal(refusal)
        raise
    return question(session.journal)


def break_glass(
    session: Session, reason: str, *, person: int | None = None, ward: str | None = None, hours: int = 24
) -> str:
    """Open one person or ward outside the scope for ``hours``, 72 at most, for a reason. Returns until when."""
    if len(reason.strip()) < SHORTEST_REASON or not 0 < hours <= LONGEST_GLASS or (person is None) == (ward is None):
        raise AccessRefused("Emergency access needs one person or ward, a reason in words, and 72 hours at most.")
    entry = checked_entry(session, Permission.BREAK_GLASS, [] if person is None else [person])
    until = (session.journal.clock().astimezone(UTC) + timedelta(hours=hours)).isoformat(timespec="microseconds")
    values = {"person": person, "ward": ward, "reason": reason.strip(), "until": until}
    session.journal.append(BREAK_GLASS, values, entry)
    return until


def cache_key(session: Session) -> tuple[Any, ...]:
    """Snapshot and scope: what a cache shared between readers must have in its key.

    Only for figures: rows about people pass `serve` each time, or the second reader's view would go unrecorded.
    """
    who = session.reader
    return (session.snapshot.id, who.role, who.scope)


@dataclass
class _Asked:
    """One question at the gate."""

    session: Session
    permission: Permission
    people: tuple[int, ...]
    model: str | None
    what: str
    params: dict[str, Any]
    version: str | None = None

    def checked(self) -> Reader:
        """The reader, if they may ask this; else `AccessRefused`."""
        who = self.session.reader
        if not may(who.role, self.permission):
            raise AccessRefused("Your role does not include this.")
        if self.permission is Permission.TRAIN and not self.session.snapshot.invented:
            raise AccessRefused("Training uses invented people only.")
        if self.permission.reach is not Reach.FIGURES and who.purpose not in PURPOSES:
            raise AccessRefused("Choose your reason for access first.")
        if self.permission.reach is Reach.PEOPLE:
            self._check_people(who)
        self._check_score(who)
        return who

    def _check_people(self, who: Reader) -> None:
        if not self.people:
            raise ValueError("this permission is about named people: give `people`")
        if set(self.people) - self.visible(who, self.people):
            raise AccessRefused("This person is outside your area and not allocated to you.")

    def _check_score(self, who: Reader) -> None:
        if self.permission is Permission.SEE_SCORE and self.model is None:
            raise ValueError("a score is some model's: give `model`")
        if self.model is None:
            return
        state = self.session
        if self.permission in (Permission.SEE_SCORE, Permission.SEE_LIST):
            self.version = policy.check_score_allowed(state.journal, state.snapshot, self.model)
        if self.permission is Permission.SEE_SCORE:
            for person in self.people:
                policy.check_judged(state.journal, state.snapshot, who, person, self.model)

    def visible(self, who: Reader, people: Sequence[int]) -> frozenset[int]:
        """Those of ``people`` whom the snapshot has and ``who`` may see."""
        select, params = scope_sql(who)
        query = f"SELECT person FROM ({select}) WHERE person IN (SELECT unnest($asked_people::BIGINT[]))"
        found = self.session.run(query, params | {"asked_people": list(people)})
        return frozenset(found["person"].tolist())

    def entry(self, who: Reader, people: Sequence[int] = (), **detail: Any) -> Entry:
        """The line for the log. ``people`` default to those asked for."""
        if self.what:
            detail["what"] = self.what
        if self.version:
            detail["version"] = self.version
        about = tuple(people) or self.people
        snapshot, purpose = self.session.snapshot.id, who.purpose or None
        return Entry(who.id, who.role, self.permission.value, about, self.model, snapshot, purpose, detail)

    def record(self, who: Reader, people: Sequence[int] = (), **detail: Any) -> None:
        """Write the entry, once a script run for the same thing."""
        entry = self.entry(who, people, **detail)
        same = (entry.action, entry.people, entry.model, self.what)
        if same not in self.session._recorded:
            self.session.journal.record(entry)
            self.session._recorded.add(same)

    def record_refusal(self, refusal: AccessRefused) -> None:
        who = Entry(
            self.session.reader_id, "", f"refused: {self.permission.value}", self.people, self.model,
            self.session.snapshot.id, self.session.purpose or None, {"why": str(refusal), "what": self.what},
        )  # fmt: skip
        self.session.journal.record(who)


def _about_people(asked: _Asked, who: Reader, query: str) -> pd.DataFrame:
    asked.record(who)
    named = {"people": list(asked.people)} | ({"person": asked.people[0]} if len(asked.people) == 1 else {})
    rows = asked.session.run(query, asked.params | named)
    if "person" in rows and not rows["person"].isin(list(asked.people)).all():
        raise RuntimeError("the query gave rows of people who were not asked for")
    return rows


def _list(asked: _Asked, who: Reader, query: str) -> pd.DataFrame:
    text, scope = scoped(query, who)
    rows = asked.session.run(text, asked.params | scope)
    served = [int(person) for person in rows["person"].dropna().unique()]
    if set(served) - asked.visible(who, served):
        raise RuntimeError("the query gave rows of people outside the reader's scope")
    asked.record(who, served, rows=len(rows))
    return rows


def _likeness(asked: _Asked, who: Reader, query: str) -> pd.DataFrame:
    rows = asked.session.run(query, asked.params)
    served = sorted({int(person) for person in rows["person"].dropna()})
    named = asked.permission is Permission.TRAIN or may(who.role, Permission.SEE_PERSON)
    rows = redacted(rows, asked.visible(who, served) if named else frozenset())
    asked.record(who, served, rows=len(rows), identified=int(rows["identified"].sum()))
    return rows


def _figures(asked: _Asked, who: Reader, query: str) -> pd.DataFrame:
    rows = asked.session.run(query, asked.params)
    if told := identity_in(rows):
        raise RuntimeError(f"figures may not carry {', '.join(told)}")
    asked.record(who)
    return rows


_ANSWERS = {Reach.PEOPLE: _about_people, Reach.LIST: _list, Reach.LIKENESS: _likeness, Reach.FIGURES: _figures}
