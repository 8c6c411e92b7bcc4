"""From a heightened score to the first contact: how soon somebody is with a child who is newly on the list.

First contact is the first help or assessment that begins on or after the day of the score, or the allocation to a key
worker, whichever comes first; whoever was with a service already is told apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.disclosure.control import free
from analytics.management.caseload import KINDS
from analytics.management.rates import of_100
from analytics.matrix.guard import STANDS_TODAY
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.journal.casework import allocations
from data.snapshot.tables import RECORD_KEY

#: Days within which it is told how many were met.
WITHIN = (14, 30, 90)
CITY = "Whole city"
_HELP = ("early_help", "assessment", "in_need", "protection_plan", "placement", "exploitation_service")
_OPEN_THEN = (*KINDS, "exploitation_service")
_REACHED = f"""
WITH dated AS (
    SELECT DISTINCT as_of FROM score WHERE model = $model
), before AS (
    SELECT as_of, lag(as_of) OVER (ORDER BY as_of) AS earlier FROM dated
), high AS MATERIALIZED (
    SELECT person, as_of FROM score WHERE model = $model AND band = 'heightened'
), risen AS (
    SELECT h.person, h.as_of FROM high h JOIN before USING (as_of)
    WHERE earlier IS NOT NULL AND NOT EXISTS (SELECT 1 FROM high o WHERE o.person = h.person AND o.as_of = earlier)
), helped AS MATERIALIZED (
    SELECT person, kind, occurred_on AS began, coalesce(ended_on, DATE '9999-12-31') AS ended FROM event
    WHERE kind IN {_HELP} AND {STANDS_TODAY} AND person IN (SELECT person FROM risen)
), given AS (
    SELECT unnest($given::BIGINT[]) AS person, unnest($since::DATE[]) AS began
), met AS (
    SELECT r.person, r.as_of,
           bool_or(h.kind IN {_OPEN_THEN} AND h.began < r.as_of AND h.ended >= r.as_of) IS TRUE AS already,
           least(min(h.began) FILTER (h.began >= r.as_of), min(g.began)) AS first
    FROM risen r LEFT JOIN helped h USING (person)
    LEFT JOIN given g ON g.person = r.person AND g.began >= r.as_of GROUP BY ALL
)
SELECT m.as_of, w.area, m.already, date_diff('day', m.as_of, m.first)::INTEGER AS days,
       count(*)::INTEGER AS children, sum(k.key)::BIGINT AS keys
FROM met m JOIN person p USING (person) LEFT JOIN ward w ON w.ward = p.ward JOIN {RECORD_KEY.name} k USING (person)
GROUP BY ALL ORDER BY ALL
"""


@dataclass(frozen=True)
class Reached:
    """Children whose score became heightened, by area and period; exact, and never for show."""

    rows: pd.DataFrame
    today: date

    def shares(self, since: date, until: date) -> pd.DataFrame:
        """Of those who rose in ``[since, until)``: safe counts and shares of 100, a row each area and the city.

        ``risen``, ``already`` with a service; of the rest, ``rest``, for each of `WITHIN` how many were met so soon
        (``met_14``, ``share_14``, ``low_14``, ``high_14`` ...), of those alone for whom so many days have passed
        (``of_14``).
        """
        rows = self.rows[(self.rows["as_of"] >= since) & (self.rows["as_of"] < until)]
        rest = ~rows["already"]
        masks = {"risen": rest | True, "already": ~rest, "rest": rest}
        for days in WITHIN:
            whole = rest & (rows["as_of"] <= self.today - timedelta(days=days))
            masks |= {f"of_{days}": whole, f"met_{days}": whole & (rows["days"] <= days)}
        areas = sorted(self.rows["area"].dropna().unique())
        exact, keys = (self._summed(rows, masks, areas, what) for what in ("children", "keys"))
        safe = free(exact, keys)
        for days in WITHIN:
            told = of_100(safe[f"met_{days}"], safe[f"of_{days}"])
            safe = safe.join(told.rename(columns={name: f"{name}_{days}" for name in told}))
        return safe

    @staticmethod
    def _summed(rows: pd.DataFrame, masks: dict[str, pd.Series], areas: list[str], what: str) -> pd.DataFrame:
        told = {name: rows[what].where(mask, 0).groupby(rows["area"]).sum() for name, mask in masks.items()}
        frame = pd.DataFrame(told).reindex(areas, fill_value=0).fillna(0)
        city = pd.DataFrame({name: rows[what].where(mask, 0).sum() for name, mask in masks.items()}, index=[CITY])
        return pd.concat([city, frame]).astype(np.int64)


def reached(session: Session, model: str) -> Reached:
    """Count for one model, whose score may be shown. Raises `AccessRefused`."""
    given = allocations(session.journal)
    asked = {
        "model": model, "today": session.snapshot.today, "given": [int(row["person"]) for row in given],
        "since": [row["from_date"] for row in given],
    }  # fmt: skip
    rows = serve(session, Permission.SEE_FIGURES, _REACHED, asked, what=f"from score to contact: {model}")
    rows["as_of"] = pd.to_datetime(rows["as_of"]).dt.date
    return Reached(rows.assign(already=rows["already"].astype(bool)), session.snapshot.today)
