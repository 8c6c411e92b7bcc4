"""What participants answered to guided cases."""

from __future__ import annotations

from analytics.casework.score import WORRY
from data.access.gate import Session, act, consult
from data.access.roles import Permission
from data.journal.log import training_answers
from data.journal.tables import TRAINING_ANSWER

#: How worried one is, and what in the file makes one think so.
QUESTION, WHY = "worry", "why"
SKIPPED = "skipped"
LONGEST_WHY = 300


def record(session: Session, case: str, worry: str | None, why: str = "") -> None:
    """Write a reader's own view of a case, given before the score; None for a skip."""
    put(session, case, QUESTION, SKIPPED if worry is None else worry)
    if worry is not None and why.strip():
        put(session, case, WHY, why.strip()[:LONGEST_WHY])


def put(session: Session, case: str, question: str, answer: str) -> None:
    """Write one answer of the reader's own, given outside any room."""
    values = {"room": "", "case": case, "question": question, "answer": answer, "score_seen": False}
    act(session, Permission.TRAIN, TRAINING_ANSWER, values)


def answers(session: Session, case: str) -> list[str]:
    """The reader's views of a case, oldest first, skips left out."""
    return [answer for question, answer in _given(session, case) if question == QUESTION and answer != SKIPPED]


def last_answers(session: Session, case: str) -> dict[str, str]:
    """The reader's last answer to each question of a case."""
    return dict(_given(session, case))


def _given(session: Session, case: str) -> list[tuple[str, str]]:
    """Question and answer, oldest first, of what the reader answered by themselves."""
    rows = consult(session, Permission.TRAIN, lambda journal: training_answers(journal, session.reader.id, case))
    return [(str(row["question"]), str(row["answer"])) for row in rows if not row["room"]]


__all__ = ["WORRY", "answers", "last_answers", "put", "record"]
