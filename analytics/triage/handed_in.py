"""Contacts that another system handed in: what it may be told of them, and of no others."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from analytics.triage.clock import hub_now
from analytics.triage.live import NewContact
from data.access.gate import Session, consult, serve
from data.access.roles import Permission
from data.access.successors import present
from data.journal import hub
from data.journal.journal import Journal

#: A contact that came longer ago, or is yet to come, was dated by mistake: it must not wait at the end of the queue.
OLDEST, NEWEST = timedelta(days=366), timedelta(minutes=5)
_NOTE = "The time it was received can't be right: it was taken as of now."
_BY_FEED = "SELECT count(*) AS found FROM contact WHERE contact = $number"


@dataclass(frozen=True)
class Stands:
    """What was done with a contact so far: rows of ``hub_grade``, ``hub_decision`` and ``hub_second_look``."""

    grade: Any | None
    decision: Any | None
    second_look: Any | None


def came(session: Session, told: datetime | None) -> datetime:
    """When a contact came by the hub's clock, given what another clock says."""
    ago = _ago(session, told)
    return hub_now(session) - (ago if _likely(ago) else timedelta(0))


def notes(session: Session, told: datetime | None) -> tuple[str, ...]:
    """What of the time told was not taken."""
    return () if _likely(_ago(session, told)) else (_NOTE,)


def moment(told: NewContact) -> datetime:
    """When ``told`` came, with the offset from UTC of the hub's clock."""
    if told.moment is None:
        raise ValueError("a contact that was handed in has its time")
    return told.moment.astimezone()


def taken(session: Session, told: NewContact) -> bool:
    """Whether there is a contact of this number: handed in, typed, or of the feed."""
    if hub.contact(session.journal, told.number or "") is not None:
        return True
    rows = serve(session, Permission.COUNT_CONTACTS, _BY_FEED, {"number": told.number}, what="whether it is here")
    return bool(rows["found"].iloc[0])


def handed_in(session: Session, number: str) -> NewContact | None:
    """The contact that this very account handed in under ``number``. Raises `AccessRefused`.

    For whoever handed it in alone, and so asked of the journal before anything is shown of its people.
    """
    row = hub.contact(session.journal, number)
    if row is None or row["by"] != session.reader.id:
        return None
    told = json.loads(row["people"])
    now = present(session.cursor, told)
    people = tuple(sorted({now[person] for person in told}))
    at = datetime.fromisoformat(row["received_at"])
    return NewContact(row["agency"], row["reason"], row["narrative"], people, at, number)


def same(kept: NewContact, told: NewContact) -> bool:
    """Whether a contact told again says what it said before; the clock may have gone on."""
    ours = (kept.agency, kept.reason, kept.narrative.strip(), set(kept.people))
    return ours == (told.agency, told.reason, told.narrative.strip(), set(told.people))


def standing(session: Session, told: NewContact) -> Stands:
    """What was done with it so far. Raises `AccessRefused`."""
    number = told.number or ""

    def asked(journal: Journal) -> Stands:
        found = (read(journal, [number]) for read in (hub.grades, hub.decisions, hub.second_looks))
        return Stands(*(hub.last(rows).get(number) for rows in found))

    return consult(session, Permission.TRIAGE, asked, people=told.people, what="how a contact stands")


def _ago(session: Session, told: datetime | None) -> timedelta:
    return timedelta(0) if told is None else session.journal.clock().astimezone(UTC) - told


def _likely(ago: timedelta) -> bool:
    return -NEWEST <= ago <= OLDEST
