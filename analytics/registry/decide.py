"""A named person approves a version of a model, or retires it: with a reason, in the journal, from that moment on."""

from __future__ import annotations

from dataclasses import dataclass

from data.access.gate import Session, act, consult
from data.access.roles import Permission, may
from data.access.standing import Stage, Standing, challenger, standing
from data.journal.accounts import reader_names
from data.journal.model_decisions import (
    APPROVED,
    RETIRED,
    SHORTEST_REASON,
    ModelDecision,
    in_use,
    model_decisions,
    values,
)
from data.journal.tables import MODEL_APPROVAL

__all__ = ["APPROVED", "RETIRED", "SHORTEST_REASON", "Decided", "decide", "history", "may_decide", "why_not"]


@dataclass(frozen=True)
class Decided:
    """One decision and the name of whoever made it."""

    decision: ModelDecision
    name: str


def may_decide(session: Session) -> bool:
    """Whether the reader is one of those who approve and retire models."""
    return may(session.reader.role, Permission.APPROVE_MODEL)


def why_not(session: Session, now: Standing, state: str) -> str | None:
    """Why this version can't be approved or retired as it stands, in a sentence; None where it can."""
    if state == RETIRED:
        return "This version is retired already." if now.stage is Stage.RETIRED else None
    if now.stage is Stage.APPROVED and in_use(model_decisions(session.journal), now.model) == now.version:
        return "This version is approved already."
    if now.stage is Stage.WITHHELD:
        return now.reason
    if not now.earned and not session.snapshot.invented:
        return f"Nobody can approve what was not measured. {now.measured_why}"
    return None


def decide(session: Session, model: str, version: str, state: str, reason: str) -> int:
    """Approve or retire ``version``, one of those that the reader has before them. Returns the row's number.

    A challenger that is approved scores from the next build on; until then the version in use goes on. Raises
    `AccessRefused` for a reader who may not, and `ValueError` where it can't be done: no reason in words, another
    version by now, or a model that its figures hold back.
    """
    both = (ask(session.journal, session.snapshot, model) for ask in (standing, challenger))
    now = next((one for one in both if one is not None and one.version == version), None)
    if now is None:
        raise ValueError("There is another version of this model by now.")
    if refused := why_not(session, now, state):
        raise ValueError(refused)
    return act(session, Permission.APPROVE_MODEL, MODEL_APPROVAL, values(model, version, state, reason), model=model)


def history(session: Session, model: str) -> list[Decided]:
    """Every decision about any version of ``model``, the newest first."""
    rows = consult(session, Permission.SEE_MODELS, model_decisions, what=f"decisions about {model}")
    names = reader_names(session.journal)
    return [Decided(row, names.get(row.by, row.by)) for row in reversed(rows) if row.model == model]
