"""What people contest of what is held about them, how each contest went, and of whom nothing may be worked out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from data.journal.engine import writing
from data.journal.journal import Entry, Journal
from data.journal.tables import CONTEST, RESTRICTION

#: What can be contested.
ABOUT = {
    "record": "A record: it did not happen, or not so",
    "link": "A link: an agency's record is of somebody else",
    "tie": "A tie to somebody: family, household or seen with",
    "score": "A score, or that one was worked out at all",
    "other": "Something else",
}
OPEN, UPHELD, NOT_UPHELD = "open", "upheld", "not upheld"
STATUSES = (OPEN, UPHELD, NOT_UPHELD)
#: Fewer letters than this say nothing of why.
SHORTEST_REASON = 10


@dataclass(frozen=True)
class Contest:
    """One contest as it stands. ``at`` and ``by``: when and by whom it was written down; ``answered_at`` and
    ``answered_by`` are None while it is open. Times are ISO, UTC."""

    number: int
    person: int
    at: str
    by: str
    about: str
    which: str
    event: int | None
    said: str
    status: str
    answer: str | None
    answered_at: str | None
    answered_by: str | None


def contest(
    journal: Journal, person: int, about: str, which: str, said: str, entry: Entry, event: int | None = None
) -> int:
    """Write a contest down. Returns its number. Raises `ValueError` with what is missing."""
    if about not in ABOUT or not which.strip() or len(said.strip()) < SHORTEST_REASON:
        raise ValueError("a contest says what it is about, which one, and why in words")
    with writing(journal.engine) as connection:
        last = connection.execute(sa.select(sa.func.max(CONTEST.c.contest))).scalar() or 0
        values = {"contest": last + 1, "person": person, "about": about, "which": which.strip(), "event": event}
        journal.append_within(connection, CONTEST, values | {"said": said.strip(), "status": OPEN}, entry)
        return int(last) + 1


def answer(journal: Journal, number: int, status: str, words: str, entry: Entry) -> None:
    """Say how a contest ended. Raises `KeyError` for an unknown one, `ValueError` without a status and reasons."""
    if status not in (UPHELD, NOT_UPHELD) or len(words.strip()) < SHORTEST_REASON:
        raise ValueError("an answer upholds a contest or does not, with a reason in words")
    with writing(journal.engine) as connection:
        latest = sa.select(CONTEST).where(CONTEST.c.contest == number).order_by(CONTEST.c.row.desc()).limit(1)
        row = connection.execute(latest).mappings().first()
        if row is None:
            raise KeyError("no such contest")
        same = {name: row[name] for name in ("contest", "person", "about", "which", "event", "said")}
        journal.append_within(connection, CONTEST, same | {"status": status, "answer": words.strip()}, entry)


def contests(journal: Journal, people: Collection[int] | None = None) -> tuple[Contest, ...]:
    """Every contest (of ``people``) as it stands, oldest first."""
    rows: dict[int, list[Any]] = {}
    asked = sa.select(CONTEST).order_by(CONTEST.c.row)
    for row in journal.rows(asked if people is None else asked.where(CONTEST.c.person.in_(list(people)))):
        rows.setdefault(row["contest"], []).append(row)
    return tuple(_contest(told) for _, told in sorted(rows.items()))


def restricted(journal: Journal) -> frozenset[int]:
    """Those whose data may be stored and not used now."""
    rows = journal.rows(sa.select(RESTRICTION.c.person, RESTRICTION.c.on).order_by(RESTRICTION.c.row))
    standing = {row["person"]: row["on"] for row in rows}
    return frozenset(person for person, on in standing.items() if on)


def restrictions(journal: Journal, people: Collection[int]) -> Sequence[sa.RowMapping]:
    """Every restriction and lifting of one for ``people``, oldest first."""
    return journal.rows(
        sa.select(RESTRICTION).where(RESTRICTION.c.person.in_(list(people))).order_by(RESTRICTION.c.row)
    )


def _contest(rows: Sequence[Any]) -> Contest:
    first, last = rows[0], rows[-1]
    done = last["status"] != OPEN
    return Contest(
        first["contest"], first["person"], first["at"], first["by"], first["about"], first["which"], first["event"],
        first["said"], last["status"], last["answer"], last["at"] if done else None, last["by"] if done else None,
    )  # fmt: skip
