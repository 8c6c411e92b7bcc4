"""What stands in the journal about people: judgements, decisions, allocations, watches, emergency access."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from data.journal.engine import writing
from data.journal.journal import Entry, Journal
from data.journal.tables import (
    ALLOCATION,
    ALLOCATION_STEP,
    BREAK_GLASS,
    DECISION,
    JUDGEMENT,
    TEAM_CAPACITY,
    WATCH,
    WATCH_TERM,
)

#: An allocation is one of these; it gives the key worker sight of the person until it is closed.
STATUSES = ("allocated", "in progress", "closed")
#: What an allocation can come to, each ending it; anything else goes on.
OUTCOMES = ("accepted help", "declined help", "not needed", "moved away")
BEGUN, GOES_ON = "allocated", "goes on"


def allocate(
    journal: Journal,
    person: int,
    key_worker: str,
    from_date: str,
    purpose: str,
    entry: Entry,
    due: str | None = None,
    model: str | None = None,
) -> int:
    """Give ``person`` to ``key_worker``, to be followed up by ``due``. Returns the new allocation's number.

    ``model``: the one whose list led to it. Days are ISO text.
    """
    with writing(journal.engine) as connection:
        last = connection.execute(sa.select(sa.func.max(ALLOCATION.c.allocation))).scalar() or 0
        values = {"allocation": last + 1, "person": person, "key_worker": key_worker, "from_date": from_date}
        journal.append_within(connection, ALLOCATION, values | {"purpose": purpose, "status": STATUSES[0]}, entry)
        step = {"allocation": last + 1, "person": person, "step": BEGUN, "on_date": from_date, "due": due}
        journal.append_within(connection, ALLOCATION_STEP, step | {"model": model}, entry)
        return int(last) + 1


def move_allocation(journal: Journal, allocation: int, status: str, outcome: str | None, entry: Entry) -> None:
    """Write how an allocation went on. Raises `KeyError` for an unknown one, `ValueError` for an unknown status."""
    if status not in STATUSES:
        raise ValueError("no such status of an allocation")
    with writing(journal.engine) as connection:
        _move(journal, connection, allocation, status, outcome, entry)


def follow_up(
    journal: Journal, allocation: int, step: str, on_date: str, followed: str, due: str | None, entry: Entry
) -> None:
    """Write one step of an allocation, and with it its status. Raises `KeyError` and `ValueError` as above."""
    if step not in (GOES_ON, *OUTCOMES):
        raise ValueError("no such step of an allocation")
    ended = step in OUTCOMES
    with writing(journal.engine) as connection:
        person = _move(journal, connection, allocation, STATUSES[2 if ended else 1], step if ended else None, entry)
        values = {"allocation": allocation, "person": person, "step": step, "on_date": on_date}
        rest = {"followed": followed or None, "due": None if ended else due}
        journal.append_within(connection, ALLOCATION_STEP, values | rest, entry)


def _move(
    journal: Journal, connection: sa.Connection, allocation: int, status: str, outcome: str | None, entry: Entry
) -> int:
    latest = sa.select(ALLOCATION).where(ALLOCATION.c.allocation == allocation).order_by(ALLOCATION.c.row.desc())
    row = connection.execute(latest.limit(1)).mappings().first()
    if row is None:
        raise KeyError("no such allocation")
    same = {name: row[name] for name in ("allocation", "person", "key_worker", "from_date", "purpose")}
    journal.append_within(connection, ALLOCATION, same | {"status": status, "outcome": outcome}, entry)
    return int(row["person"])


def steps(journal: Journal) -> Sequence[sa.RowMapping]:
    """Every step of every allocation, oldest first."""
    return journal.rows(sa.select(ALLOCATION_STEP).order_by(ALLOCATION_STEP.c.row))


def team_places(journal: Journal) -> dict[str, int]:
    """How many people each team can take on, where a manager has said so."""
    rows = journal.rows(sa.select(TEAM_CAPACITY).order_by(TEAM_CAPACITY.c.row))
    return {row["team"]: row["places"] for row in rows}


def allocations(journal: Journal) -> Sequence[sa.RowMapping]:
    """Every allocation as it stands now, oldest first."""
    latest = sa.select(sa.func.max(ALLOCATION.c.row)).group_by(ALLOCATION.c.allocation)
    return journal.rows(sa.select(ALLOCATION).where(ALLOCATION.c.row.in_(latest)).order_by(ALLOCATION.c.allocation))


def last_allocated(journal: Journal) -> int:
    """The number of the last row on allocations: what figures of them that are kept for a while go by."""
    return int(journal.rows(sa.select(sa.func.coalesce(sa.func.max(ALLOCATION.c.row), 0).label("last")))[0]["last"])


def allocated_people(journal: Journal, key_worker: str) -> frozenset[int]:
    """Whom ``key_worker`` has now."""
    mine = sa.select(ALLOCATION.c.allocation).where(ALLOCATION.c.key_worker == sa.bindparam("worker"))
    latest = sa.select(sa.func.max(ALLOCATION.c.row)).where(ALLOCATION.c.allocation.in_(mine))
    standing = sa.select(ALLOCATION).where(ALLOCATION.c.row.in_(latest.group_by(ALLOCATION.c.allocation)))
    rows = journal.rows(standing, {"worker": key_worker})
    return frozenset(row["person"] for row in rows if row["status"] != "closed" and row["key_worker"] == key_worker)


@dataclass(frozen=True)
class Glass:
    """A reader's emergency access to one person or ward: for what reason, from when and until when (ISO, UTC)."""

    person: int | None
    ward: str | None
    reason: str
    at: str
    until: str


def glass(journal: Journal, reader: str, since: str) -> tuple[Glass, ...]:
    """Each emergency access of ``reader`` that stood at ``since`` or later, the last one granted first.

    Of one person or ward the last row stands: it may lengthen the time, and it may end it.
    """
    columns = [BREAK_GLASS.c[name] for name in ("person", "ward", "reason", "at", "until")]
    mine = sa.select(*columns).where(BREAK_GLASS.c.by == sa.bindparam("reader")).order_by(BREAK_GLASS.c.row.desc())
    standing: dict[tuple[Any, Any], Glass] = {}
    for row in journal.rows(mine, {"reader": reader}):
        standing.setdefault((row["person"], row["ward"]), Glass(**row))
    return tuple(one for one in standing.values() if one.until > since)


def judgement(journal: Journal, reader: str, person: int, model: str, snapshot: str) -> sa.RowMapping | None:
    """What ``reader`` last judged (or skipped) about ``person`` before seeing this snapshot's score, or None."""
    same: dict[str, Any] = {"by": reader, "person": person, "model": model, "snapshot": snapshot}
    matching = [JUDGEMENT.c[name] == value for name, value in same.items()]
    rows = journal.rows(sa.select(JUDGEMENT).where(*matching).order_by(JUDGEMENT.c.row.desc()).limit(1))
    return rows[0] if rows else None


def decisions(journal: Journal, person: int) -> Sequence[sa.RowMapping]:
    """What was decided about ``person``, oldest first."""
    return journal.rows(sa.select(DECISION).where(DECISION.c.person == person).order_by(DECISION.c.row))


def watched(journal: Journal, reader: str) -> frozenset[int]:
    """Whom ``reader`` watches today."""
    today = journal.now()[:10]
    return frozenset(one.person for one in watches(journal, reader) if one.stands(today))


@dataclass(frozen=True)
class Watch:
    """One reader's watch of a person, as last written. ``since`` is ISO time; ``until`` an ISO day, None for no end."""

    person: int
    on: bool
    since: str
    reason: str | None
    until: str | None

    def stands(self, today: str) -> bool:
        """Whether it is kept on ``today``, an ISO day."""
        return self.on and (self.until is None or today <= self.until)


def watches(journal: Journal, reader: str) -> tuple[Watch, ...]:
    """Everybody whom ``reader`` ever watched, with the last word on each, oldest first."""
    term = WATCH_TERM.c
    found = (
        sa.select(WATCH.c.person, WATCH.c.on, WATCH.c.at, term.reason, term.until)
        .outerjoin(WATCH_TERM, term.watch == WATCH.c.row)
        .where(WATCH.c.by == reader)
    )
    latest = {row["person"]: row for row in journal.rows(found.order_by(WATCH.c.row))}
    return tuple(Watch(row["person"], row["on"], row["at"], row["reason"], row["until"]) for row in latest.values())


def watch(journal: Journal, person: int, reason: str, until: str, entry: Entry) -> None:
    """Watch ``person`` up to and with the ISO day ``until``, for a reason."""
    with writing(journal.engine) as connection:
        row = journal.append_within(connection, WATCH, {"person": person, "on": True}, entry)
        term = {"watch": row, "person": person, "reason": reason, "until": until}
        journal.append_within(connection, WATCH_TERM, term, entry)
