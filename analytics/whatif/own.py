"""A person's own events, as known at the as-of date of a score: what *What if* changes.

Whoever changes a figure alone leaves nonsense behind: no report in a year, and two in the last three months. So events
are taken away, added or moved, and every indicator made from them is worked out again by the matrix's own aggregates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analytics.features.catalogue import CATALOGUE
from analytics.features.feature import Feature
from analytics.features.sources import KNOWN_CASES
from analytics.matrix.aggregate import base
from analytics.matrix.guard import KNOWN_TODAY, OPEN, STANDS_TODAY, Guard
from analytics.matrix.log import Block, Log
from data.access.gate import Session, serve
from data.access.roles import Permission

# In the order in which the matrix reads them, so that sums of floats come out the same.
_EVENTS = f"""
SELECT person, kind, occurred_on, ended_on, known_on, value, detail FROM event
WHERE person = $person AND list_contains($kinds, kind) AND occurred_on IS NOT NULL AND {STANDS_TODAY}
ORDER BY kind, occurred_on, known_on, value, detail, ended_on, corrected_on
"""
# Others are counted, never told: `who` is no more than their place among them.
_TIES = f"""
SELECT $person AS person, dense_rank() OVER (ORDER BY r.other) AS who, r.kind, coalesce(r."from", r.known_on) AS since,
       EXISTS (
           SELECT 1 FROM known_case k
           WHERE k.person = r.other AND list_contains($profiles, k.profile) AND k.{KNOWN_TODAY}
             AND k.identified_on < $today AND k.identified_on >= $today - INTERVAL 730 DAY
       ) AS known
FROM relationship r
WHERE r.person = $person AND r.other <> $person AND list_contains($tied, r.kind) AND r.{KNOWN_TODAY}
  AND coalesce(r."from", r.known_on) < $today AND coalesce(r."to", r."from", r.known_on) >= $today - INTERVAL 730 DAY
ORDER BY who, since
"""
EPOCH = pd.Timestamp("1970-01-01")


@dataclass(frozen=True)
class Own:
    """``blocks``: the person's events by kind. ``ties``: ``who, kind, since, known`` of people met by events."""

    guard: Guard
    blocks: Mapping[str, Block]
    details: tuple[str, ...]
    ties: pd.DataFrame

    def figure(self, feature: Feature) -> float:
        """An indicator of the person's own events, NaN where there is nothing to speak of."""
        return float(base(feature, Log(1, self.blocks, self.details), self.guard)[0])

    def tied(self, feature: Feature) -> int:
        """How many others an indicator counts who are tied to the person by what happened to both."""
        mine = self.ties[self.ties["kind"].isin(SCOPE_TIES[feature.scope])]
        return int((mine if feature.aggregate == "people" else mine[mine["known"]])["who"].nunique())


def changeable(names: Iterable[str]) -> tuple[Feature, ...]:
    """Those of the indicators ``names`` that could be otherwise, in the catalogue's order."""
    mine = set(names)
    return tuple(feature for feature in CATALOGUE.values() if feature.change and feature.name in mine)


def moved_by(kinds: Iterable[str], names: Iterable[str]) -> tuple[Feature, ...]:
    """Those of the indicators ``names`` that are made from the person's own events of these kinds."""
    wanted = set(kinds)
    return tuple(f for f in map(CATALOGUE.__getitem__, names) if f.scope == "self" and wanted & set(f.kinds))


#: Relationships that come of events of both people, by the scopes that consist of nothing else.
SCOPE_TIES = {"co_missing": ("co_missing",), "co_offending": ("co_offending",)}


def moved_by_ties(ties: Iterable[str], names: Iterable[str]) -> tuple[Feature, ...]:
    """Those of the indicators ``names`` that count people tied so, or those of them whom professionals identified."""
    wanted = set(ties)
    return tuple(
        f
        for f in map(CATALOGUE.__getitem__, names)
        if wanted & set(SCOPE_TIES.get(f.scope, ())) and (f.aggregate == "people" or set(f.kinds) <= set(KNOWN_CASES))
    )


def own_events(session: Session, person: int, as_of: date, names: Iterable[str]) -> Own:
    """Read what may be changed of ``person``. Raises `AccessRefused`."""
    asked = changeable(names)
    kinds = {kind for f in asked if f.change for kind in (*f.kinds, *f.change.kinds)}
    read = sorted(kinds | {kind for f in moved_by(kinds, names) for kind in f.kinds})
    query = {"kinds": read, "today": as_of}
    rows = serve(session, Permission.SEE_PERSON, _EVENTS, query, people=[person], what="what if")
    tied = sorted({tie for f in asked if f.change for tie in f.change.ties})
    query = {"tied": tied, "today": as_of, "profiles": list(KNOWN_CASES.values())}
    ties = serve(session, Permission.SEE_PERSON, _TIES, query, people=[person], what="what if")
    ties["since"] = _days(ties["since"])
    details = tuple(sorted(rows["detail"].dropna().unique()))
    blocks = {str(kind): _block(mine, details) for kind, mine in rows.groupby("kind", sort=True)}
    return Own(Guard(as_of), blocks, details, ties)


def _block(rows: pd.DataFrame, details: tuple[str, ...]) -> Block:
    number = {detail: place for place, detail in enumerate(details)}
    return Block(
        np.zeros(len(rows), np.int32),
        _days(rows["occurred_on"]),
        _days(rows["ended_on"]),
        _days(rows["known_on"]),
        np.full(len(rows), OPEN, np.int32),
        rows["value"].to_numpy(float),
        rows["detail"].map(lambda detail: number.get(detail, -1)).to_numpy(np.int32),
    )


def _days(dates: pd.Series) -> np.ndarray:
    """Days since 1970, int32[n]; `OPEN` where there is none."""
    days = (pd.to_datetime(dates) - EPOCH).dt.days
    return days.fillna(int(OPEN)).to_numpy(np.int32)
