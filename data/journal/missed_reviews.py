"""What people learned from children whom a model missed. The notes are about a case, never about a named child."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from data.journal.journal import Journal
from data.journal.tables import MISSED_REVIEW

#: Why a child was missed, as a reviewer sees it.
REASONS = {
    "no records": "No agency had recorded what was there to be seen",
    "not shared": "An agency knew, and its records don't come here",
    "late": "It was recorded, but only after the date of measurement",
    "sudden": "It came about only afterwards",
    "unlike": "This child's life is unlike those of the known cases",
    "linkage": "Records of this child were not put together, or wrongly",
    "other": "Something else",
}
#: Fewer letters than this say nothing of what was learned.
SHORTEST_LESSON = 10


@dataclass(frozen=True)
class MissedReview:
    """One note; ``at`` is ISO time, UTC, ``by`` the account of whoever wrote it, ``reason`` one of `REASONS`."""

    at: str
    by: str
    model: str
    case: str
    reason: str
    learned: str


def missed_reviews(journal: Journal, model: str) -> tuple[MissedReview, ...]:
    """Every note on a child whom ``model`` missed, the latest first."""
    mine = sa.select(MISSED_REVIEW).where(MISSED_REVIEW.c.model == sa.bindparam("model"))
    rows = journal.rows(mine.order_by(MISSED_REVIEW.c.row.desc()), {"model": model})
    return tuple(
        MissedReview(row["at"], row["by"], row["model"], row["case"], row["reason"], row["learned"]) for row in rows
    )


def values(model: str, case: str, reason: str, learned: str) -> dict[str, Any]:
    """The row of a note. Raises `ValueError` for an unknown reason, or without a lesson in words."""
    if reason not in REASONS or len(learned.strip()) < SHORTEST_LESSON:
        raise ValueError("say why the child was missed, and what was learned in a few words")
    return {"model": model, "case": case, "reason": reason, "learned": learned.strip()}
