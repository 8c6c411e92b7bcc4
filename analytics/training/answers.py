"""What participants answered to guided cases."""

from __future__ import annotations

from analytics.casework.score import WORRY
from data.access.gate import Session, act, consult
from data.access.roles import Permission
from data.journal.log import training_answers
from data.journal.tables import TRAINING_ANSWER

QUESTION = "worry"
SKIPPED = "skipped"


def record(session: Session, case: str, worry: str | None) -> None:
    """Write a reader's own view of a case, given before the score; None for a skip."""
    answer = SKIPPED if worry is None else worry
    values = {"room": "", "case": case, "question": QUESTION, "answer": answer, "score_seen": False}
    act(session, Permission.TRAIN, TRAINING_ANSWER, values)


def answers(session: Session, case: str) -> list[str]:
    """The reader's views of a case, oldest first, skips left out."""
    rows = consult(session, Permission.TRAIN, lambda journal: training_answers(journal, session.reader.id, case))
    return [str(row["answer"]) for row in rows if row["answer"] != SKIPPED]


__all__ = ["WORRY", "answers", "record"]
