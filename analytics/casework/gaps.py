"""Gaps in what lasts: from the end of one episode to the beginning of the next of its kind, and long silences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.events import KINDS

#: Shorter ones are how records are kept: a move of school over half-term, a form filed late.
LEAST_DAYS = 28
#: Without any new record from anybody for so long, the silence itself is told.
SILENT_DAYS = 182
_NEVER = date(2200, 1, 1)


@dataclass(frozen=True)
class Gap:
    """From the day after one episode to the day before the next; ``kind`` is empty where every agency was silent."""

    kind: str
    begins: date
    ends: date

    @property
    def days(self) -> int:
        return (self.ends - self.begins).days + 1


def between_episodes(happened: pd.DataFrame) -> list[Gap]:
    """Gaps of each kind that lasts, in the order of the days; figures of a term or quarter have none.

    ``happened`` as `analytics.casework.person.events` gives it.
    """
    lasting = [name for name, kind in KINDS.items() if kind.lasts and not kind.unit]
    rows = happened[happened["kind"].isin(lasting) & happened["lasts"]].sort_values(["kind", "occurred_on", "event"])
    ends = rows["ended_on"].fillna(pd.Timestamp(_NEVER))
    # The latest end so far: an episode inside a longer one leaves no gap behind.
    covered = ends.groupby(rows["kind"]).cummax().groupby(rows["kind"]).shift()
    apart = (rows["occurred_on"] - covered).dt.days - 1
    found = rows[apart >= LEAST_DAYS]
    one = pd.Timedelta(days=1)
    gaps = [
        Gap(str(kind), (over + one).date(), (begins - one).date())
        for kind, over, begins in zip(found["kind"], covered[found.index], found["occurred_on"], strict=True)
    ]
    return sorted(gaps, key=lambda gap: (gap.begins, gap.kind))


def silences(happened: pd.DataFrame, until: date) -> list[Gap]:
    """Half a year or more in which no agency recorded anything new, up to ``until``."""
    days = pd.Series([*happened["occurred_on"].drop_duplicates().sort_values(), pd.Timestamp(until)])
    apart = days.diff().dt.days
    one = pd.Timedelta(days=1)
    return [
        Gap("", (before + one).date(), (after - one).date())
        for before, after, length in zip(days.shift(), days, apart, strict=True)
        if length > SILENT_DAYS
    ]
