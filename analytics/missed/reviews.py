"""Notes on what was learned from missed cases, written and read through the gate."""

from __future__ import annotations

from data.access.gate import Session, act, consult
from data.access.roles import Permission
from data.journal.missed_reviews import MissedReview, missed_reviews, values
from data.journal.tables import MISSED_REVIEW


def learn(session: Session, model: str, case: str, reason: str, learned: str) -> int:
    """Write a note; its number. Raises `AccessRefused`, and `ValueError` for a note that says nothing."""
    return act(session, Permission.REVIEW_MISSED, MISSED_REVIEW, values(model, case, reason, learned), model=model)


def notes(session: Session, model: str) -> tuple[MissedReview, ...]:
    """Every note on those whom ``model`` missed, the latest first."""
    return consult(session, Permission.SEE_MISSED, lambda journal: missed_reviews(journal, model), what="lessons")
