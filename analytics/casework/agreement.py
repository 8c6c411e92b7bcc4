"""How often readers agree with a model: of those alone who had judged for themselves before they saw what it said."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from analytics.casework.score import SHOWS_FIRST
from data.access.gate import Session, consult
from data.access.roles import Permission
from data.journal.journal import Journal
from data.journal.tables import ACCESS_ENTRY, ACCESS_PERSON, DECISION, JUDGEMENT


@dataclass(frozen=True)
class Agreement:
    """Views of one model: each reader's last on each child and snapshot. The rest are left out, and counted."""

    agree: int
    disagree: int
    unsure: int
    skipped: int
    seen_first: int

    @property
    def counted(self) -> int:
        return self.agree + self.disagree + self.unsure


def agreement(session: Session, model: str) -> Agreement:
    """What readers thought of ``model``. Raises `AccessRefused`."""
    return consult(
        session, Permission.SEE_MODELS, lambda journal: _counted(journal, model), what="how often readers agree"
    )


def _counted(journal: Journal, model: str) -> Agreement:
    views = {_key(row): str(row["view"]) for row in journal.rows(_of(DECISION, model))}
    # The first judgement on a snapshot is the one that opened the score.
    judged = {_key(row): row for row in reversed(journal.rows(_of(JUDGEMENT, model)))}
    skipped = {key for key, row in judged.items() if row["worry"] is None}
    met = _met(journal, model)
    first = {key for key, row in judged.items() if key in met and met[key] < row["at"]}
    counts = dict.fromkeys(("agree", "disagree", "unsure"), 0)
    for key, view in views.items():
        if key in judged and key not in skipped and key not in first:
            counts[view] += 1
    return Agreement(**counts, skipped=len(views.keys() & skipped), seen_first=len(views.keys() & (first - skipped)))


def _of(table: sa.Table, model: str) -> sa.Select[tuple[object, ...]]:
    """The table's rows of one model, oldest first."""
    return sa.select(table).where(table.c.model == model).order_by(table.c.row)


def _key(row: sa.RowMapping) -> tuple[str, int, str]:
    return row["by"], row["person"], row["snapshot"]


def _met(journal: Journal, model: str) -> dict[tuple[str, int, str], str]:
    """When each reader first met each child on a ranked list of each snapshot."""
    entry = ACCESS_ENTRY.c
    found = (
        sa.select(entry.reader, ACCESS_PERSON.c.person, entry.snapshot, sa.func.min(entry.at).label("at"))
        .join(ACCESS_ENTRY, entry.seq == ACCESS_PERSON.c.seq)
        .where(entry.model == model, entry.action.in_(SHOWS_FIRST))
        .group_by(entry.reader, ACCESS_PERSON.c.person, entry.snapshot)
    )
    return {(row["reader"], row["person"], row["snapshot"]): str(row["at"]) for row in journal.rows(found)}
