"""How common an indicator's figure is among children of the same age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.casework.rows import each
from analytics.casework.score import Part
from analytics.features.catalogue import CATALOGUE
from data.access.gate import Session, serve
from data.access.roles import Permission

#: Of fewer children of an age nothing is said.
FEWEST_PEERS = 50
# Of the children of the same age whom the model speaks of: how many are known, and how many have as much or more, as
# little or less. Rows that are not there are nil.
_AS_MUCH = """
WITH peers AS (
    SELECT s.person FROM score s JOIN person p USING (person)
    WHERE s.model = $model AND s.as_of = $as_of AND date_sub('year', p.birth_date, $as_of) = $years
), asked AS (SELECT unnest($indicators::VARCHAR[]) AS indicator, unnest($values::DOUBLE[]) AS mine),
written AS (
    SELECT a.indicator, count(*) FILTER (NOT isnan(v.value)) AS told, count(*) FILTER (isnan(v.value)) AS unknown,
           count(*) FILTER (v.value >= a.mine - 1e-6 AND NOT isnan(v.value)) AS as_much,
           count(*) FILTER (v.value <= a.mine + 1e-6) AS as_little
    FROM asked a JOIN indicator_value v ON v.indicator = a.indicator AND v.as_of = $as_of
    WHERE v.person IN (SELECT person FROM peers) GROUP BY a.indicator
)
SELECT indicator, (SELECT count(*) FROM peers) AS peers, coalesce(told, 0) AS told, coalesce(unknown, 0) AS unknown,
       coalesce(as_much, 0) AS as_much, coalesce(as_little, 0) AS as_little
FROM asked LEFT JOIN written USING (indicator) ORDER BY indicator
"""


@dataclass(frozen=True)
class Common:
    """Among children of the same age: the share with as much of an indicator or more, and with as little or less."""

    as_much: float
    as_little: float


def commonness(session: Session, model: str, as_of: date, years: int, parts: Sequence[Part]) -> dict[str, Common]:
    """How each indicator that is known compares with children of the same age whom the model speaks of.

    A figure about the cohort, fit to be cached; left out where fewer than `FEWEST_PEERS` such children are known.
    """
    asked = [one for one in parts if one.value == one.value and CATALOGUE[one.indicator].aggregate != "age"]
    query = {
        "model": model,
        "as_of": as_of,
        "years": years,
        "indicators": [one.indicator for one in asked],
        "values": [one.value for one in asked],
    }
    rows = serve(session, Permission.SEE_MODELS, _AS_MUCH, query, what="how common an indicator is")
    mine = {one.indicator: one.value for one in asked}
    found = {row.indicator: _common(row, mine[row.indicator]) for row in each(rows)}
    return {name: common for name, common in found.items() if common is not None}


def _common(row: Any, mine: float) -> Common | None:
    """Those of whom nothing is written have none of what counts from nil; of a rate they are not known."""
    nil = row.peers - row.told - row.unknown if CATALOGUE[row.indicator].absent_is_nil else 0
    known = row.told + nil
    if known < FEWEST_PEERS:
        return None
    return Common((row.as_much + nil * (mine <= 0)) / known, (row.as_little + nil * (mine >= 0)) / known)
