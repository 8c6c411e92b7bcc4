"""When a reader last saw somebody, and until which day records were known there.

New is what became known after the snapshot that they saw, whenever they saw it: a look in May at what was built in
April had nothing of April in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from analytics.matrix.grid import quarter
from data.access.gate import Session
from data.journal import log
from data.snapshot.reading import Snapshot


@dataclass(frozen=True)
class Look:
    """``at`` which time, at which ``build``; what became known on the day ``known_to`` or later wasn't in it."""

    at: datetime
    build: int
    known_to: date


def last_seen(
    session: Session, people: Sequence[int], actions: Sequence[str], before: str | None = None
) -> dict[int, Look]:
    """The reader's last of ``actions`` (of the log) to each of ``people``, before an ISO time, by person."""
    found = log.last_snapshots(session.journal, session.reader_id, people, actions, before)
    spoke = _spoke_of(session.snapshot)
    return {person: _look(spoke, at, seen, session.snapshot.today) for person, (at, seen) in found.items()}


def _look(spoke: dict[int, date], at: str, seen: str | None, today: date) -> Look:
    """Of a build that isn't remembered it is known only that it spoke of no later day than the look."""
    looked = datetime.fromisoformat(at)
    build = int((seen or "0").rpartition("-")[2])
    return Look(looked, build, min(spoke.get(build, quarter(looked.date())), today))


def _spoke_of(snapshot: Snapshot) -> dict[int, date]:
    """The day that each build up to this one spoke of, by its number."""
    past = snapshot.manifest.get("linkage_history") or []
    earlier = {int(one["build"]): quarter(date.fromisoformat(one["until"])) for one in past}
    return earlier | {snapshot.manifest["snapshot"]: snapshot.today}
