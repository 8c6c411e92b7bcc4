"""Outcomes of families sustained: needs of a year ago that have shown no more for six months and longer.

A family with three needs or more a year ago may be claimed for once every outcome has been sustained (see
`analytics.families.outcomes`). Records show needs sooner than their absence: nothing here was found by a visit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.disclosure.control import free
from analytics.families.outcomes import OUTCOMES
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.snapshot.reading import derived

CLAIM = "claim"
_STATE = derived(
    "family_state",
    f"""
WITH known AS (
    SELECT min(as_of) AS was, max(as_of) AS now FROM family_criterion WHERE scheme = '{OUTCOMES.scheme}'
), told AS (
    SELECT family, criterion, as_of, met FROM family_criterion
    WHERE scheme = '{OUTCOMES.scheme}' AND applies
), began AS (
    SELECT family FROM told, known WHERE as_of = was AND NOT met GROUP BY family HAVING count(*) >= {OUTCOMES.reach}
), wanting AS (
    SELECT t.family, t.criterion FROM told t JOIN began USING (family), known WHERE t.as_of = was AND NOT t.met
), since AS (
    SELECT n.family, n.criterion,
           CASE WHEN t.met THEN 'sustained' WHEN NOT t.met THEN 'needed' ELSE 'unknown' END AS state
    FROM wanting n CROSS JOIN known
    LEFT JOIN told t ON t.family = n.family AND t.criterion = n.criterion AND t.as_of = now
), whole AS (
    SELECT b.family, '{CLAIM}' AS criterion,
           CASE WHEN bool_or(NOT t.met) THEN 'needed' WHEN count(*) = count(t.met) THEN 'sustained'
                ELSE 'unknown' END AS state
    FROM began b CROSS JOIN known LEFT JOIN told t ON t.family = b.family AND t.as_of = now GROUP BY b.family
)
SELECT s.family, s.criterion, s.state, known.was, known.now
FROM (FROM since UNION ALL FROM whole) s CROSS JOIN known ORDER BY ALL
""",
    needs=("family_criterion",),
)
_STATES = f"""
WITH keyed AS (
    SELECT m.family, arg_min(k.key, m.person) AS key, bool_or(list_contains($given::BIGINT[], m.person)) AS given
    FROM family_member m JOIN record_key k USING (person) GROUP BY m.family
), place AS (SELECT f.family, w.area FROM family f LEFT JOIN ward w ON w.ward = f.ward)
SELECT s.criterion, s.state, p.area, k.given, count(*) AS families, sum(k.key) AS keys, min(s.was) AS was,
       min(s.now) AS now
FROM {_STATE} s JOIN keyed k USING (family) JOIN place p USING (family)
GROUP BY ALL ORDER BY ALL
"""


@dataclass(frozen=True)
class Counted:
    """Exact counts of families, not for show, by criterion, state, area and whether a child of theirs was allocated."""

    rows: pd.DataFrame
    was: date | None
    now: date | None


@dataclass(frozen=True)
class Sustained:
    """By outcome (index; `CLAIM` for all of them at once): ``families`` in need a year ago, ``sustained`` since,
    ``needed`` still, ``unknown``. Safe to show, NaN where one is withheld."""

    table: pd.DataFrame


def counted(session: Session, given: Sequence[int]) -> Counted:
    """Families with needs a year ago; ``given``: people who were allocated."""
    rows = serve(session, Permission.SEE_FIGURES, _STATES, {"given": list(given)}, what="outcomes of families")
    ends = (pd.Timestamp(rows[name].iloc[0]).date() if len(rows) else None for name in ("was", "now"))
    return Counted(rows, *ends)


def sustained(found: Counted, area: str = "", allocated: bool = False) -> Sustained:
    """Of all families or of those in ``area``, of whom a child was allocated or not: what may be told."""
    rows = found.rows
    rows = rows[rows["area"] == area] if area else rows
    rows = rows[rows["given"]] if allocated else rows
    order = [one.name for one in OUTCOMES.criteria] + [CLAIM]
    exact, keys = (_wide(rows, name).reindex(order, fill_value=0) for name in ("families", "keys"))
    return Sustained(free(exact, keys))


def _wide(rows: pd.DataFrame, values: str) -> pd.DataFrame:
    states = ["sustained", "needed", "unknown"]
    wide = rows.pivot_table(index="criterion", columns="state", values=values, aggfunc="sum", fill_value=0)
    wide = wide.reindex(columns=states, fill_value=0)
    return pd.concat([wide.sum(axis=1).rename("families"), wide], axis=1).astype("int64")
