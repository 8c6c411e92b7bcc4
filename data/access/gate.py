"""The gate: nothing about a person leaves the snapshot, or enters the journal, but through here.

Check, record, then show: permission and row scope are looked up again on every call, the entry is on disk before the
rows are handed over, and a refusal is an entry too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any, TypeVar

import pandas as pd
import sqlalchemy as sa

from data.access.question import OUTSIDE, Question
from data.access.reader import AccessRefused, Reader
from data.access.redaction import identity_in, redacted
from data.access.roles import Permission, Reach, may
from data.access.scope import scoped, within_scope
from data.access.session import Session, session
from data.access.standing import shown_models
from data.journal.journal import Entry, Journal
from data.journal.tables import (
    BREAK_GLASS,
    DECISION,
    ERASURE,
    HUB_DECISION,
    HUB_GRADE,
    HUB_PILOT,
    HUB_PRACTICE,
    HUB_SECOND_LOOK,
    JUDGEMENT,
    LINK_REVIEW,
    MISSED_REVIEW,
    MODEL_APPROVAL,
    RECALL_TOLD,
    RESTRICTION,
    SAVED_VIEW,
    SUB_PROFILE_NAME,
    TEAM_CAPACITY,
    TRAINING_ANSWER,
    TRAINING_CASE,
    WATCH,
)

__all__ = [
    "WRITES",
    "Session",
    "act",
    "break_glass",
    "cache_key",
    "checked_entry",
    "consult",
    "mend_glass",
    "serve",
    "session",
]

Answer = TypeVar("Answer")
SHORTEST_REASON = 10
LONGEST_GLASS = 72
_BINDS_PEOPLE = re.compile(r"\$(person|people)\b")

#: Which table `act` writes by which permission; allocations, contests and broken glass have functions of their own.
WRITES = {
    Permission.JUDGE: JUDGEMENT,
    Permission.DECIDE: DECISION,
    Permission.WATCH: WATCH,
    Permission.REVIEW_LINKS: LINK_REVIEW,
    Permission.APPROVE_MODEL: MODEL_APPROVAL,
    Permission.NAME_PROFILE: SUB_PROFILE_NAME,
    Permission.TELL_RECALL: RECALL_TOLD,
    Permission.REVIEW_MISSED: MISSED_REVIEW,
    Permission.TRAIN: TRAINING_ANSWER,
    Permission.WRITE_CASE: TRAINING_CASE,
    Permission.ERASE: ERASURE,
    Permission.SET_CAPACITY: TEAM_CAPACITY,
    Permission.RESTRICT: RESTRICTION,
    Permission.GRADE: HUB_GRADE,
    Permission.SETTLE: HUB_DECISION,
    Permission.SECOND_LOOK: HUB_SECOND_LOOK,
    Permission.SET_PRACTICE: HUB_PRACTICE,
    Permission.RUN_PILOT: HUB_PILOT,
    Permission.SAVE_VIEW: SAVED_VIEW,
}


def serve(
    session: Session,
    permission: Permission,
    query: str,
    params: Mapping[str, Any] | None = None,
    *,
    people: Sequence[int] = (),
    model: str | None = None,
    what: str = "",
    told: Callable[[pd.DataFrame], Mapping[str, Any]] | None = None,
) -> pd.DataFrame:
    """Answer ``query`` for the session's reader, after checking and recording.

    What the query must look like follows from ``permission.reach``:
    PEOPLE: it binds ``$person`` (one) or ``$people``; a column ``person`` may hold nobody else, and a column ``other``
    names those who are shown beside them, such as relatives, who get an entry of their own.
    LIST: it reads ``visible(person)`` and returns ``person``; a column ``other`` names those outside the scope of whom
    a row tells that they fit, and who get an entry of their own. LIKENESS: it returns ``person``, emptied with the
    other identity columns outside the scope. FIGURES: it returns no identity column, and may count within ``visible``.
    ``model`` names the model whose score is asked for; ``what`` says in the log which part is shown, and ``told`` what
    the entry of a list says besides, of the rows.
    Whatever was asked, scores of a model that may not be shown now are blank and its contributions absent; the figures
    of governance alone see behind that (`data.access.veil`).
    Raises `AccessRefused`, which is recorded, and `StoreError`.
    """
    asked = Question(session, permission, people, model, what, told=told)
    with asked.admitted() as who:
        rows = _ANSWERS[permission.reach](asked, who, query, dict(params or {}))
    asked.refuse_stray_score(rows)
    return rows


def act(
    session: Session,
    permission: Permission,
    table: sa.Table,
    values: Mapping[str, Any],
    *,
    people: Sequence[int] = (),
    model: str | None = None,
) -> int:
    """Append a row to ``table`` for the session's reader, after the same checks. Returns the row's number.

    Raises `ValueError` if the permission is not the one for this table, or the row is about somebody else.
    """
    if WRITES.get(permission) is not table:
        raise ValueError(f"{permission.value} does not write to {table.name}")
    about = values.get("person")
    if about is not None and people and int(about) not in people:
        raise ValueError("the row is about a person who is not in `people`")
    asked = Question(session, permission, people or ([] if about is None else [int(about)]), model, table.name)
    with asked.admitted() as who:
        return session.journal.append(table, values, asked.entry(who))


def checked_entry(session: Session, permission: Permission, people: Sequence[int] = ()) -> Entry:
    """The entry for a write that another module does (`data.journal.casework.allocate` ...), after the same checks."""
    asked = Question(session, permission, people)
    with asked.admitted() as who:
        return asked.entry(who)


def consult(
    session: Session,
    permission: Permission,
    question: Callable[[Journal], Answer],
    *,
    people: Sequence[int] = (),
    what: str = "",
) -> Answer:
    """What the journal answers to ``question`` (such as `data.journal.log.entries`), checked and recorded first."""
    asked = Question(session, permission, people, what=what)
    with asked.admitted() as who:
        asked.record(who)
    return question(session.journal)


def break_glass(
    session: Session, reason: str, *, person: int | None = None, ward: str | None = None, hours: int = 24
) -> str:
    """Open one person or ward outside the scope for ``hours``, 72 at most, for a reason. Returns until when."""
    if len(reason.strip()) < SHORTEST_REASON or not 0 < hours <= LONGEST_GLASS or (person is None) == (ward is None):
        raise AccessRefused("Emergency access needs one person or ward, a reason in words, and 72 hours at most.")
    until = (session.journal.clock().astimezone(UTC) + timedelta(hours=hours)).isoformat(timespec="microseconds")
    _write_glass(session, {"person": person, "ward": ward, "reason": reason.strip(), "until": until})
    return until


def mend_glass(session: Session, person: int) -> None:
    """End the reader's own emergency access to ``person`` now, before its time is over."""
    until, ended = session.journal.now(), "Ended by the reader"
    _write_glass(session, {"person": person, "ward": None, "reason": ended, "until": until})


def _write_glass(session: Session, values: Mapping[str, Any]) -> None:
    """Append a row, with an entry that tells an auditor for what reason and until when."""
    entry = checked_entry(session, Permission.BREAK_GLASS, [] if values["person"] is None else [values["person"]])
    told = {"why": values["reason"], "until": values["until"]} | ({"ward": values["ward"]} if values["ward"] else {})
    session.journal.append(BREAK_GLASS, values, replace(entry, detail={**entry.detail, **told}))


def cache_key(session: Session) -> tuple[Any, ...]:
    """Snapshot, scope and whose scores may be shown: what a cache shared between readers must have in its key.

    Only for figures: rows about people pass `serve` each time, or the second reader's view would go unrecorded.
    """
    who = session.reader
    return (session.snapshot.id, who.role, who.scope, tuple(shown_models(session.journal, session.snapshot)))


def _about_people(asked: Question, who: Reader, query: str, params: dict[str, Any]) -> pd.DataFrame:
    if not _BINDS_PEOPLE.search(query):
        raise ValueError("a query about named people must bind `$person` or `$people`")
    asked.record(who)
    named = {"people": list(asked.people)} | ({"person": asked.people[0]} if len(asked.people) == 1 else {})
    rows = asked.run(query, params | named)
    if "person" in rows and set(rows["person"].tolist()) - set(asked.people):
        raise RuntimeError("the query gave rows of people who were not asked for")
    if "other" in rows:
        asked.record_beside(who, {int(other) for other in rows["other"].dropna()} - set(asked.people))
    return rows


def _list(asked: Question, who: Reader, query: str, params: dict[str, Any]) -> pd.DataFrame:
    text, scope = scoped(query, who, asked.hidden())
    rows = asked.run(text, params | scope)
    served = [int(person) for person in rows["person"].dropna().unique()]
    if set(served) - asked.session.visible(who, served):
        raise RuntimeError("the query gave rows of people outside the reader's scope")
    said = {"rows": len(rows)} if asked.told is None else dict(asked.told(rows))
    asked.record(who, served, **said)
    if "other" in rows:
        asked.record_beside(who, {int(other) for other in rows["other"].dropna()}, OUTSIDE)
    return rows


def _likeness(asked: Question, who: Reader, query: str, params: dict[str, Any]) -> pd.DataFrame:
    rows = asked.run(query, params)
    if hidden := asked.hidden():
        rows = rows[~rows["person"].isin(list(hidden))].reset_index(drop=True)
    served = sorted({int(person) for person in rows["person"].dropna()})
    named = may(who.role, Permission.SEE_PERSON)
    rows = redacted(rows, asked.session.visible(who, served) if named else frozenset())
    asked.record(who, served, rows=len(rows), identified=int(rows["identified"].sum()))
    return rows


def _figures(asked: Question, who: Reader, query: str, params: dict[str, Any]) -> pd.DataFrame:
    text, scope = scoped(query, who) if within_scope(query) else (query, {})
    rows = asked.run(text, params | scope)
    if told := identity_in(rows):
        raise RuntimeError(f"figures may not carry {', '.join(told)}")
    asked.record(who)
    return rows


_ANSWERS = {Reach.PEOPLE: _about_people, Reach.LIST: _list, Reach.LIKENESS: _likeness, Reach.FIGURES: _figures}
