"""Emergency access to somebody outside the reader's scope: asked for with a reason, for a time, and over by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from data.access.gate import Session, break_glass, mend_glass
from data.journal.casework import Glass, glass

#: For how many hours a record may be opened.
HOURS = (2, 8, 24)
#: So long afterwards a reader is still told that it ended.
_TOLD_FOR = timedelta(hours=12)


@dataclass(frozen=True)
class Opened:
    """One emergency access of the reader's: ``left`` until it ends, nought when it has."""

    person: int | None
    reason: str
    until: datetime
    left: timedelta


def opened(session: Session) -> tuple[Opened, ...]:
    """The reader's emergency accesses that stand now, and those that ended in the last hours."""
    now = session.journal.clock().astimezone(UTC)
    since = (now - _TOLD_FOR).isoformat(timespec="microseconds")
    return tuple(_opened(one, now) for one in glass(session.journal, session.reader_id, since))


def _opened(one: Glass, now: datetime) -> Opened:
    until = datetime.fromisoformat(one.until)
    return Opened(one.person, one.reason, until, max(until - now, timedelta()))


def open_record(session: Session, person: int, reason: str, hours: int) -> None:
    """Open ``person`` to the reader for ``hours``, on record. Raises `AccessRefused` without a reason in words."""
    break_glass(session, reason, person=person, hours=hours)


def end(session: Session, person: int) -> None:
    """End the reader's emergency access to ``person``, on record."""
    mend_glass(session, person)
