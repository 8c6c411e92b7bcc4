"""The children behind a figure of the caseload, by name: another permission than figures, within the reader's scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analytics.casework.rows import full_name
from analytics.management.caseload import BANDS
from analytics.management.cells import (
    CHILD,
    NOT_RECORDED,
    OPEN,
    QUARTERS,
    SERVICES,
    codes_of,
    need_words,
)
from data.access.gate import Session, serve
from data.access.roles import Permission

MOST = 200
_LISTED = f"""
SELECT c.person, p.forename, p.surname, p.birth_date, c.years, w.name AS ward_name, w.area, c.kind, c.need, c.source,
       c.team, c.began, count(*) OVER () AS every
FROM {CHILD} c JOIN visible USING (person) JOIN person p USING (person) LEFT JOIN ward w ON w.ward = c.ward
WHERE c.kind = $kind AND c.stage = '{OPEN}' AND c.q = {QUARTERS}
  AND ($area = '' OR w.area = $area) AND ($ward = '' OR c.ward = $ward)
  AND c.years BETWEEN $youngest AND $oldest
  AND ($team = '' OR coalesce(c.team, '{NOT_RECORDED}') = $team)
  AND ($source = '' OR coalesce(c.source, '{NOT_RECORDED}') = $source)
  AND ($need = '' OR list_contains($needs::VARCHAR[], coalesce(c.need, '{NOT_RECORDED}')))
ORDER BY c.began, c.person LIMIT {MOST}
"""


@dataclass(frozen=True)
class Listed:
    """``rows``: name, age, ward, area, team, need, who told of them, since when; the longest open first, `MOST` at
    most of ``every`` child who fits and whom the reader may see."""

    rows: pd.DataFrame
    every: int


def listed(session: Session, chosen: Mapping[str, str]) -> Listed:
    """Children open to a service now. Written down as seen, each of them. Raises `AccessRefused`."""
    low, high = BANDS.get(chosen["age"], (0, 17))
    # A need is called by its words on screen; in the records it has a code.
    asked = {name: chosen[name] for name in ("kind", "area", "ward", "team", "source", "need")}
    needs = codes_of(chosen["kind"], chosen["need"]) if chosen["need"] else []
    bound = asked | {"youngest": low, "oldest": high, "needs": needs}
    found = serve(session, Permission.SEE_CASELOAD, _LISTED, bound, what=f"open to {SERVICES[chosen['kind']].lower()}")
    names = [full_name(*each) for each in zip(found["forename"], found["surname"], strict=True)]
    rows = found.assign(
        full=names,
        need=need_words(found["kind"], found["need"]),
        source=found["source"].fillna(NOT_RECORDED),
        team=found["team"].fillna(NOT_RECORDED),
    )
    return Listed(rows, int(found["every"].iloc[0]) if len(found) else 0)
