"""The time by the hub's own clock."""

from __future__ import annotations

from datetime import datetime

from data.access.gate import Session


def hub_now(session: Session) -> datetime:
    """The time by the hub's clock, as its contacts have it; an invented city's clock runs on its own day."""
    return hub_time(session, session.journal.clock())


def hub_time(session: Session, at: datetime) -> datetime:
    """A time of the journal by the hub's clock: this machine's own, without zone."""
    local = at.astimezone(None).replace(tzinfo=None)
    return datetime.combine(session.snapshot.recorded_until, local.time()) if session.snapshot.invented else local
