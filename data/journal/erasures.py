"""Who is to be erased: what was asked, by whom, on what ground."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from data.journal.journal import Journal
from data.journal.tables import ERASURE

#: UK GDPR, article 17(1): when a person may have their data erased.
GROUNDS = {
    "no longer needed": "No longer needed for what they were collected for (article 17(1)(a))",
    "objection": "The person objects and no overriding ground stands (article 17(1)(c))",
    "unlawful": "They were processed unlawfully (article 17(1)(d))",
    "legal duty": "A law or a court says so (article 17(1)(e))",
    "not the person": "The agency sent somebody who should not be here",
}


@dataclass(frozen=True)
class Erasure:
    """One request as it stands: ``agency`` is null where the whole person goes; ``at`` is ISO time, UTC."""

    number: int
    at: str
    by: str
    person: int
    agency: str | None
    clients: tuple[int, ...]
    ground: str
    reason: str
    snapshot: str


def erasures(journal: Journal) -> tuple[Erasure, ...]:
    """Every request, oldest first."""
    rows: Sequence[sa.RowMapping] = journal.rows(sa.select(ERASURE).order_by(ERASURE.c.row))
    return tuple(
        Erasure(
            row["row"], row["at"], row["by"], row["person"], row["agency"],
            tuple(int(client) for client in json.loads(row["clients"])), row["ground"], row["reason"], row["snapshot"],
        )
        for row in rows
    )  # fmt: skip


def clients(asked: Iterable[Erasure]) -> frozenset[int]:
    """The clients of all of them: what stays out of every build."""
    return frozenset(client for each in asked for client in each.clients)


def values(
    person: int, agency: str | None, numbers: Iterable[int], ground: str, reason: str, snapshot: str
) -> dict[str, Any]:
    """The row of a request. Raises `ValueError` for an unknown ground, no reason in words, or nobody to erase."""
    held = sorted(set(numbers))
    if ground not in GROUNDS or len(reason.strip()) < 10 or not held:
        raise ValueError("an erasure needs a ground, a reason in words, and somebody to erase")
    # 63 bits are more than JSON's numbers hold elsewhere.
    told = json.dumps([str(client) for client in held])
    return {
        "person": person, "agency": agency, "clients": told, "ground": ground, "reason": reason.strip(),
        "snapshot": snapshot,
    }  # fmt: skip
