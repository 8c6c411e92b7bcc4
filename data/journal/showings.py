"""Who was shown which model's score of whom, when and what it said: from the access log, whatever models there are.

Only the gate writes such entries, and shows no score without one: see `data.access.question`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from data.journal.journal import Journal, detail_of
from data.journal.tables import ACCESS_ENTRY, ACCESS_PERSON

_ENTRY = ACCESS_ENTRY.c


@dataclass(frozen=True)
class Showing:
    """One person's score before one reader's eyes. ``at`` is ISO time, UTC; ``number`` that of the access entry.

    ``as_of``, ``band``, ``rank`` and ``probability`` are what was shown; None where the person had no score.
    """

    number: int
    at: str
    reader: str
    role: str
    action: str
    snapshot: str
    purpose: str | None
    person: int
    as_of: str | None
    band: str | None
    rank: int | None
    probability: float | None

    @property
    def build(self) -> int:
        """The number of the snapshot that was being served."""
        return int(self.snapshot.rpartition("-")[2])


@dataclass(frozen=True)
class ShownVersion:
    """A version of a model that was shown: when first and last, and in how many entries."""

    model: str
    version: str
    first: str
    last: str
    entries: int


def shown_versions(journal: Journal, actions: Collection[str]) -> tuple[ShownVersion, ...]:
    """Every version whose score was ever shown by one of ``actions``, the latest shown first."""
    version = _version(journal)
    found = sa.select(
        _ENTRY.model, version.label("version"), sa.func.min(_ENTRY.at).label("first"),
        sa.func.max(_ENTRY.at).label("last"), sa.func.count().label("entries"),
    ).where(_ENTRY.action.in_(sorted(actions)), _ENTRY.model.is_not(None), version.is_not(None))  # fmt: skip
    rows = journal.rows(found.group_by(_ENTRY.model, version).order_by(sa.desc("last"), _ENTRY.model, version))
    return tuple(ShownVersion(**row) for row in rows)


def showings(
    journal: Journal, model: str, version: str, actions: Collection[str], since: str, until: str
) -> tuple[Showing, ...]:
    """Every person whose score of this version was shown from ``since`` and before ``until`` (ISO), oldest first."""
    asked = (
        _ENTRY.model == model, _ENTRY.action.in_(sorted(actions)), _version(journal) == version,
        _ENTRY.at >= since, _ENTRY.at < until,
    )  # fmt: skip
    entries = {row["seq"]: row for row in journal.rows(sa.select(ACCESS_ENTRY).where(*asked))}
    about = sa.select(ACCESS_PERSON).join(ACCESS_ENTRY, ACCESS_ENTRY.c.seq == ACCESS_PERSON.c.seq).where(*asked)
    said = {number: {one[0]: one[1:] for one in _detail(row).get("shown", ())} for number, row in entries.items()}
    rows = journal.rows(about.order_by(ACCESS_PERSON.c.seq, ACCESS_PERSON.c.person))
    return tuple(_showing(entries[row["seq"]], row["person"], said[row["seq"]]) for row in rows)


def _detail(entry: sa.RowMapping) -> dict[str, Any]:
    return detail_of(dict(entry))


def _showing(entry: sa.RowMapping, person: int, said: dict[int, list[Any]]) -> Showing:
    as_of, band, rank, probability = said.get(person, (None, None, None, None))
    return Showing(
        entry["seq"], entry["at"], entry["reader"], entry["role"], entry["action"], entry["snapshot"], entry["purpose"],
        person, as_of, band, rank, probability,
    )  # fmt: skip


def _version(journal: Journal) -> sa.ColumnElement[str]:
    """The version that an entry's detail names."""
    if journal.engine.dialect.name == "postgresql":
        return sa.cast(_ENTRY.detail, JSONB)["version"].astext
    return sa.func.json_extract(_ENTRY.detail, "$.version")
