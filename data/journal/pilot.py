"""What officers may see of a suggestion: the hub's practice, and its pilots; all of it kept, the last word stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from data.journal.journal import Journal
from data.journal.tables import HUB_PILOT, HUB_PRACTICE

#: Outside a pilot: the officer grades first; or may ask to see first; or may besides have the list in its order.
GRADE_FIRST, MAY_ASK, MAY_ORDER = "grade first", "may ask", "may order"
PRACTICES = (GRADE_FIRST, MAY_ASK, MAY_ORDER)
#: Until somebody has said otherwise.
USUAL = MAY_ORDER
#: A pilot that only watches, and those in which lots decide, contact by contact or week by week.
SHADOW, BY_CONTACT, BY_WEEK = "shadow", "contact", "week"
KINDS = (SHADOW, BY_CONTACT, BY_WEEK)
BEGUN, STOPPED = "begun", "stopped"
SHORTEST_REASON = 10


@dataclass(frozen=True)
class Practice:
    """One setting: since when (ISO time, UTC), by whom, why."""

    at: str
    by: str
    practice: str
    reason: str


@dataclass(frozen=True)
class Pilot:
    """One pilot as it stands. ``at``, ``stopped_at``: ISO times, UTC; ``starts_on`` to ``ends_on`` (its last day) are
    days by the hub's clock; ``measure`` was chosen before the start, as were ``smallest`` and ``planned``."""

    number: str
    at: str
    by: str
    reason: str
    kind: str
    seed: str
    starts_on: date
    ends_on: date
    measure: str
    smallest: str | None
    planned: int | None
    stopped_at: str | None = None
    stopped_by: str | None = None
    stopped_why: str | None = None

    def over(self, today: date) -> bool:
        """Whether it takes no contact any more: it was stopped, or its last day is past."""
        return self.stopped_at is not None or today > self.ends_on

    def runs(self, today: date) -> bool:
        """Whether contacts that come ``today`` are in it."""
        return self.starts_on <= today and not self.over(today)


def practices(journal: Journal) -> tuple[Practice, ...]:
    """Every setting, oldest first; the last one stands."""
    rows = journal.rows(sa.select(HUB_PRACTICE).order_by(HUB_PRACTICE.c.row))
    return tuple(Practice(row["at"], row["by"], row["practice"], row["reason"]) for row in rows)


def pilots(journal: Journal) -> tuple[Pilot, ...]:
    """Every pilot, oldest first."""
    rows: Sequence[Any] = journal.rows(sa.select(HUB_PILOT).order_by(HUB_PILOT.c.row))
    stopped = {row["pilot"]: row for row in rows if row["step"] == STOPPED}
    return tuple(_pilot(row, stopped.get(row["pilot"])) for row in rows if row["step"] == BEGUN)


def _pilot(row: Any, stop: Any | None) -> Pilot:
    starts_on, ends_on = (date.fromisoformat(row[name]) for name in ("starts_on", "ends_on"))
    ended = (None, None, None) if stop is None else (stop["at"], stop["by"], stop["reason"])
    return Pilot(
        row["pilot"], row["at"], row["by"], row["reason"], row["kind"], row["seed"], starts_on, ends_on,
        row["measure"], row["smallest"], row["planned"], *ended,
    )  # fmt: skip
