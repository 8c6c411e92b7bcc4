"""Caseload: how many children are open to which service, where and when. Every count passes `disclosure.protect`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.disclosure.control import DEFAULT, Nested, Rule, nested
from analytics.matrix.guard import STANDS_TODAY
from data.access.gate import Session, serve
from data.access.roles import Permission


@dataclass(frozen=True)
class Service:
    """One kind of help a child can be open to: the event kind whose spells say so, and its name on screen."""

    kind: str
    label: str


SERVICES: tuple[Service, ...] = (
    Service("early_help", "Early help"),
    Service("in_need", "In need"),
    Service("protection_plan", "Protection plan"),
    Service("placement", "Looked after"),
)
HEIGHTENED = Service("heightened", "Heightened score")

# A spell counts on a day that it covers; a child counts once a service, in the ward where they live now.
_OPEN = f"""
WITH spell AS MATERIALIZED (
    SELECT person, kind, occurred_on, ended_on FROM event
    WHERE list_contains($kinds::VARCHAR[], kind) AND {STANDS_TODAY}
      AND (ended_on IS NULL OR ended_on > list_min($days::DATE[]))
),
open_on AS (
    SELECT DISTINCT m.day, s.kind, s.person FROM spell s
    JOIN (SELECT unnest($days::DATE[]) AS day) m
      ON s.occurred_on <= m.day AND coalesce(s.ended_on, DATE '9999-12-31') > m.day
)
SELECT o.day, o.kind AS service, p.ward, count(*) AS children
FROM open_on o JOIN person p USING (person)
WHERE p.ward IS NOT NULL AND p.birth_date > o.day - INTERVAL 18 YEAR AND p.birth_date <= o.day
GROUP BY ALL ORDER BY ALL
"""

_CHILDREN = """
SELECT ward, count(*) AS children FROM person
WHERE ward IS NOT NULL AND birth_date > $day - INTERVAL 18 YEAR AND birth_date <= $day AND death_date IS NULL
GROUP BY ward ORDER BY ward
"""

_HEIGHTENED = """
SELECT p.ward, count(*) AS children FROM score s JOIN person p USING (person)
WHERE s.model = $model AND s.as_of = $day AND s.band = 'heightened' AND p.ward IS NOT NULL
GROUP BY p.ward ORDER BY p.ward
"""

_WARDS = "SELECT ward AS code, name, area, imd_decile, geometry FROM ward ORDER BY area, name"


def wards(session: Session) -> pd.DataFrame:
    """The wards: ``code``, ``name``, ``area``, ``imd_decile``, ``geometry`` (GeoJSON text)."""
    return serve(session, Permission.SEE_FIGURES, _WARDS, what="wards")


def counts(session: Session, days: list[date], model: str | None = None) -> pd.DataFrame:
    """Exact counts, not for show: one row a ward, columns (service, day); ``model`` adds its heightened, last day."""
    kinds = [service.kind for service in SERVICES]
    asked = {"days": days, "kinds": kinds, "today": session.snapshot.today}
    found = serve(session, Permission.SEE_FIGURES, _OPEN, asked, what="caseload")
    found["day"] = pd.to_datetime(found["day"]).dt.date
    if model is not None:
        asked = {"model": model, "day": days[-1]}
        score = serve(session, Permission.SEE_FIGURES, _HEIGHTENED, asked, what="heightened by ward")
        found = pd.concat([found, score.assign(service=HEIGHTENED.kind, day=days[-1])])
    wide = found.pivot_table(index="ward", columns=["service", "day"], values="children", aggfunc="sum", fill_value=0)
    every = [(kind, day) for kind in kinds for day in days]
    if model is not None:
        every.append((HEIGHTENED.kind, days[-1]))
    return wide.reindex(index=wards(session)["code"], columns=pd.MultiIndex.from_tuples(every), fill_value=0)


@dataclass(frozen=True)
class Caseload:
    """What the page shows: protected counts by ward and area at each day, and how many children live where."""

    wards: pd.DataFrame
    safe: Nested
    children: pd.Series


def caseload(session: Session, days: list[date], model: str | None = None, rule: Rule = DEFAULT) -> Caseload:
    """Children open to each service on each of ``days``, by ward, by area and in all; ``model``'s score where shown."""
    places = wards(session).set_index("code")
    safe = nested(counts(session, days, model), places["area"], rule)
    live = serve(session, Permission.SEE_FIGURES, _CHILDREN, {"day": days[-1]}, what="children by ward")
    return Caseload(places, safe, live.set_index("ward")["children"].reindex(places.index, fill_value=0))
