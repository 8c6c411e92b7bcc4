"""What stands in the journal about people: judgements, decisions, allocations, watches, emergency access."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from data.journal.engine import writing
from data.journal.journal import Entry, Journal
from data.journal.tables import ALLOCATION, BREAK_GLASS, DECISION, JUDGEMENT, WATCH

#: An allocation is one of these; it gives the key worker sight of the person until it is closed.
STATUSES = ("allocated", "in progress", "closed")


def allocate(journal: Journal, person: int, key_worker: str, from_date: str, purpose: str, entry: Entry) -> int:
    """Give ``person`` to ``key_worker``. Returns the new allocation's number."""
    with writing(journal.engine) as connection:
        last = connection.execute(sa.select(sa.func.max(ALLOCATION.c.allocation))).scalar() or 0
        values = {"allocation": last + 1, "person": person, "key_worker": key_worker, "from_date": from_date}
        journal.append_within(connection, ALLOCATION, values | {"purpose": purpose, "status": STATUSES[0]}, entry)
        return int(last) + 1


def move_allocation(journal: Journal, allocation: int, status: str, outcome: str | None, entry: Entry) -> None:
    """Write how an allocation went on. Raises `KeyError` for an unknown one, `ValueError` for an unknown status."""
    if status not in STATUSES:
        raise ValueError("no such status of an allocation")
    with writing(journal.engine) as connection:
        latest = sa.select(ALLOCATION).where(ALLOCATION.c.allocation == allocation).order_by(ALLOCATION.c.row.desc())
        row = connection.execute(latest.limit(1)).mappings().first()
        if row is None:
            raise KeyError("no such allocation")
        same = {name: row[name] for name in ("allocation", "person", "key_worker", "from_date", "purpose")}
        journal.append_within(connection, ALLOCATION, same | {"status": status, "outcome": outcome}, entry)


def allocations(journal: Journal) -> Sequence[sa.RowMapping]:
    """Every allocation as it stands now, oldest first."""
    latest = sa.select(sa.func.max(ALLOCATION.c.row)).group_by(ALLOCATION.c.allocation)
    return journal.rows(sa.select(ALLOCATION).where(ALLOCATION.c.row.in_(latest)).order_by(ALLOCATION.c.allocation))


def allocated_people(journal: Journal, key_worker: str) -> frozenset[int]:
    """Whom ``key_worker`` has now."""
    mine = sa.select(ALLOCATION.c.allocation).where(ALLOCATION.c.key_worker == sa.bindparam("worker"))
    latest = sa.select(sa.func.max(ALLOCATION.c.row)).where(ALLOCATION.c.allocation.in_(mine))
    standing = sa.select(ALLOCATION).where(ALLOCATION.c.row.in_(latest.group_by(ALLOCATION.c.allocation)))
    rows = journal.rows(standing, {"worker": key_worker})
    return frozenset(row["person"] for row in rows if row["status"] != "closed" and row["key_worker"] == key_worker)


def broken_glass(journal: Journal, reader: str) -> tuple[frozenset[int], frozenset[str]]:
    """The people and the wards that ``reader`` has emergency access to now."""
    mine = sa.select(BREAK_GLASS.c.person, BREAK_GLASS.c.ward).where(
        BREAK_GLASS.c.by == sa.bindparam("reader"), BREAK_GLASS.c.until > sa.bindparam("now")
    )
    rows = journal.rows(mine, {"reader": reader, "now": journal.now()})
    people = frozenset(row["person"] for row in rows if row["person"] is not None)
    return people, frozenset(row["ward"] for row in rows if row["ward"] is not None)


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
    """Whom ``reader`` watches now."""
    rows = journal.rows(sa.select(WATCH).where(WATCH.c.by == reader).order_by(WATCH.c.row))
    standing = {row["person"]: row["on"] for row in rows}
    return frozenset(person for person, on in standing.items() if on)
