"""Everything that the journal has about one person, under every number that the person had."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from data.journal import hub
from data.journal.journal import Journal, detail_of
from data.journal.tables import (
    ACCESS_ENTRY,
    ACCESS_PERSON,
    ALLOCATION,
    BREAK_GLASS,
    DECISION,
    ERASURE,
    JUDGEMENT,
    LINK_REVIEW,
    RECALL_TOLD,
    WATCH,
)

_ABOUT = {
    "judgements": JUDGEMENT, "decisions": DECISION, "allocations": ALLOCATION, "watches": WATCH,
    "emergencies": BREAK_GLASS, "told": RECALL_TOLD, "erasures": ERASURE,
}  # fmt: skip


def written(journal: Journal, people: Collection[int]) -> dict[str, Sequence[Any]]:
    """What was written down about ``people``, oldest first, by what it is: judgements, decisions, allocations ..."""
    return {
        name: journal.rows(sa.select(table).where(table.c.person.in_(list(people))).order_by(table.c.row))
        for name, table in _ABOUT.items()
    }


def looks(journal: Journal, people: Collection[int], before: str) -> list[dict[str, Any]]:
    """Every entry of the log about ``people`` before a time, oldest first; ``told`` is its detail, read back."""
    about = sa.select(ACCESS_PERSON.c.seq).where(ACCESS_PERSON.c.person.in_(list(people)))
    asked = sa.select(ACCESS_ENTRY).where(
        ACCESS_ENTRY.c.seq.in_(about), sa.func.coalesce(ACCESS_ENTRY.c.at, "") < before
    )
    return [dict(row) | {"told": detail_of(dict(row))} for row in journal.rows(asked.order_by(ACCESS_ENTRY.c.seq))]


@dataclass(frozen=True)
class AtTheHub:
    """What the hub's desk has about somebody, oldest first: contacts put in here, and what was made of every contact.

    ``several``: the contacts of them that are about others too.
    """

    told: Sequence[Any]
    grades: Sequence[Any]
    decisions: Sequence[Any]
    second_looks: Sequence[Any]
    several: frozenset[str]


def at_the_hub(journal: Journal, people: Collection[int], fed: Collection[str], shared: Collection[str]) -> AtTheHub:
    """``fed``: numbers of the contacts about ``people`` that the hub's feed brought; ``shared``: those about others."""
    told = [row for row in hub.contacts(journal) if not set(people).isdisjoint(json.loads(row["people"]))]
    mine = {row["contact"] for row in told} | set(fed)
    several = {row["contact"] for row in told if len(json.loads(row["people"])) > 1} | set(shared)
    graded, decided, looked = (rows(journal, mine) for rows in (hub.grades, hub.decisions, hub.second_looks))
    return AtTheHub(told, graded, decided, looked, frozenset(several))


def link_reviews(journal: Journal, clients: Collection[int]) -> Sequence[Any]:
    """What reviewers said of pairs of which one of ``clients`` is a half, oldest first."""
    numbers = list(clients)
    mine = sa.or_(LINK_REVIEW.c.client_l.in_(numbers), LINK_REVIEW.c.client_r.in_(numbers))
    return journal.rows(sa.select(LINK_REVIEW).where(mine).order_by(LINK_REVIEW.c.row))
