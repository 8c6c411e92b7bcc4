"""What people judged and decided about the scores of a model, and who was told that one is recalled."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from data.journal.journal import Journal
from data.journal.tables import DECISION, JUDGEMENT, RECALL_TOLD


def judgements_on(journal: Journal, model: str) -> Sequence[sa.RowMapping]:
    """Every judgement before a score of ``model`` was shown, oldest first."""
    return journal.rows(sa.select(JUDGEMENT).where(JUDGEMENT.c.model == model).order_by(JUDGEMENT.c.row))


def decisions_on(journal: Journal, model: str, version: str) -> Sequence[sa.RowMapping]:
    """Every decision that followed a score of this version, oldest first."""
    mine = sa.select(DECISION).where(DECISION.c.model == model, DECISION.c.version == version)
    return journal.rows(mine.order_by(DECISION.c.row))


def told(journal: Journal, model: str, version: str) -> Sequence[sa.RowMapping]:
    """Everybody who was told that this version is recalled, oldest first."""
    mine = sa.select(RECALL_TOLD).where(RECALL_TOLD.c.model == model, RECALL_TOLD.c.version == version)
    return journal.rows(mine.order_by(RECALL_TOLD.c.row))
