"""What named people decided about models: every decision is kept, and the last one on a version is the one that stands.

The table is ``model_approval``. A decision is about one version; a newer version has to be decided on anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from data.journal.journal import Journal
from data.journal.tables import MODEL_APPROVAL

APPROVED, RETIRED = "approved", "retired"
#: Fewer letters than this say nothing of why.
SHORTEST_REASON = 10


@dataclass(frozen=True)
class ModelDecision:
    """``state`` is approved or retired; ``at`` is ISO time, UTC; ``by`` the account of whoever decided."""

    number: int
    at: str
    by: str
    model: str
    version: str
    state: str
    reason: str


def model_decisions(journal: Journal) -> tuple[ModelDecision, ...]:
    """Every decision about every model, oldest first."""
    rows = journal.rows(sa.select(MODEL_APPROVAL).order_by(MODEL_APPROVAL.c.row))
    return tuple(
        ModelDecision(row["row"], row["at"], row["by"], row["model"], row["version"], row["state"], row["reason"])
        for row in rows
    )


def last_on(decided: Iterable[ModelDecision], model: str, version: str | None = None) -> ModelDecision | None:
    """The last decision on ``version`` of ``model``, or on any of its versions; None if there is none."""
    mine = [one for one in decided if one.model == model and version in (None, one.version)]
    return mine[-1] if mine else None


def in_use(decided: Iterable[ModelDecision], model: str) -> str | None:
    """The version of ``model`` that was approved last; None where there is none, or where it was retired since.

    An earlier version doesn't come back because a later one was retired: somebody has to approve it again.
    """
    version = None
    for one in decided:
        if one.model == model and one.state == APPROVED:
            version = one.version
        elif one.model == model and one.version == version:
            version = None
    return version


def retired_versions(journal: Journal) -> list[str]:
    """Every version whose last decision was to retire it."""
    last = {(one.model, one.version): one.state for one in model_decisions(journal)}
    return sorted(version for (_, version), state in last.items() if state == RETIRED)


def values(model: str, version: str, state: str, reason: str) -> dict[str, Any]:
    """The row of a decision. Raises `ValueError` for an unknown state, or without a reason in words."""
    if state not in (APPROVED, RETIRED) or len(reason.strip()) < SHORTEST_REASON:
        raise ValueError("a decision about a model is to approve or to retire it, with a reason in words")
    return {"model": model, "version": version, "state": state, "reason": reason.strip()}
