"""Where records are thin, so that a low rate is not taken for low need: by ward, and by source and area.

By ward: of the children who live there, how many any source told something of in a year, and how many those sources
cover that know only whom they have on their books. By source and area: how many children it told something of, and how
late. Safe counts alone leave this module, and medians of fifty events or more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.disclosure.control import free
from analytics.management.caseload import wards
from analytics.management.picture import safely
from analytics.management.rates import per
from analytics.matrix.guard import STANDS_TODAY
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.snapshot.reading import derived
from data.sources import SOURCES

#: What is told of a ward: the column, its heading, and whom it asks about.
MEASURES = {
    "heard": ("Anything told in a year", "children under 18"),
    "gp": ("With a GP", "children under 18"),
    "school": ("At a school that reports", "children of 5 to 15"),
    "health": ("With a health visitor's team", "children under 5"),
}
MONTHS = 12
#: Stands for all wards together; no ward has this code.
CITY = ""
#: How far below the city's share a ward has to be, interval and all, before its records are called thin; of 100.
BELOW = 2.0
FEWEST_EVENTS = 50
#: For how long a source that knows its own may have said nothing of somebody who is still theirs: a school's summer.
STILL_DAYS = 100

_WARDS = f"""
WITH heard AS (
    SELECT DISTINCT person FROM event
    WHERE occurred_on >= $today - INTERVAL {MONTHS} MONTH AND occurred_on < $today AND {STANDS_TODAY}
), held AS (
    SELECT person, bool_or(source = 'gp_registration') AS gp,
           bool_or(source IN ('attendance', 'school_census')) AS school, bool_or(source = 'child_health') AS health
    FROM coverage WHERE "from" < $today AND ("to" IS NULL OR "to" >= $today - {STILL_DAYS}) GROUP BY person
), child AS (
    SELECT person, ward, date_sub('year', birth_date, $today) AS years FROM person
    WHERE birth_date > $today - INTERVAL 18 YEAR AND birth_date <= $today AND death_date IS NULL
)
SELECT c.ward, c.years < 5 AS small, c.years BETWEEN 5 AND 15 AS pupil, h.person IS NOT NULL AS heard,
       coalesce(gp, false) AS gp, coalesce(school, false) AS school, coalesce(health, false) AS health,
       count(*)::INTEGER AS children, sum(key)::BIGINT AS keys
FROM child c LEFT JOIN heard h USING (person) LEFT JOIN held USING (person) JOIN record_key USING (person)
GROUP BY ALL ORDER BY ALL
"""
# The last quarter is left out of how late a source tells: the latest of it has not come yet.
_SOURCES = f"""
WITH told AS MATERIALIZED (
    SELECT w.area, e.source, e.person, e.occurred_on, e.known_on
    FROM event e JOIN person p USING (person) JOIN ward w ON w.ward = p.ward
    WHERE e.occurred_on >= $today - INTERVAL {MONTHS + 3} MONTH AND e.occurred_on < $today AND {STANDS_TODAY}
      AND p.birth_date > $today - INTERVAL 18 YEAR AND p.birth_date <= $today AND p.death_date IS NULL
), late AS (
    SELECT area, source, count(*) AS events, median(known_on - occurred_on) AS days FROM told
    WHERE occurred_on < $today - INTERVAL 3 MONTH GROUP BY ALL
), people AS (
    SELECT area, source, count(*) AS children, sum(key)::BIGINT AS keys
    FROM (SELECT DISTINCT area, source, person FROM told WHERE occurred_on >= $today - INTERVAL {MONTHS} MONTH)
    JOIN record_key USING (person) GROUP BY ALL
)
SELECT area, source, coalesce(children, 0)::INTEGER AS children, coalesce(keys, 0)::BIGINT AS keys,
       coalesce(events, 0)::INTEGER AS events, days
FROM people FULL JOIN late USING (area, source) ORDER BY source, area
"""
_KNOWN = derived("known_ward", _WARDS, needs=("record_key", "person", "event", "coverage"))
_TOLD = derived("told_source", _SOURCES, needs=("record_key", "person", "event"))
_FEEDS = """
SELECT s.source, s.label, s.period_to, h.heard_on, h.silence
FROM source s LEFT JOIN source_heard h USING (source) ORDER BY s.label
"""


@dataclass(frozen=True)
class Wards:
    """``rows`` by code: ``living``, for each of `MEASURES` the share of 100 (``heard``, ``heard_low``, ``heard_high``)
    and ``thin``, what is thin there in words. ``city``: the same of everybody. ``placeless``: children of no known
    ward."""

    rows: pd.DataFrame
    city: pd.Series
    placeless: float


@dataclass(frozen=True)
class Told:
    """``rows``: one a source, with ``label``, ``covers`` (everyone, enrolled), ``heard_on``, ``silent`` (days, where
    that is longer than usual), and by area children told of (``told_North``, of 1,000) and ``late_North``."""

    rows: pd.DataFrame
    areas: tuple[str, ...]


def by_ward(session: Session) -> Wards:
    """Count. Raises `AccessRefused`."""
    rows = serve(session, Permission.SEE_FIGURES, f"FROM {_KNOWN}", what="how much is known by ward")
    safe = _safe(rows, wards(session).set_index("code"))
    city = pd.Series(safe.loc[CITY])
    told = safe.drop(CITY)
    return Wards(told.assign(thin=[_thin(row, city) for _, row in told.iterrows()]), city, _placeless(rows))


def by_source(session: Session, living: pd.Series) -> Told:
    """Count. ``living``: children who live in each area, safe. Raises `AccessRefused`."""
    told = serve(session, Permission.SEE_FIGURES, f"FROM {_TOLD}", what="how much sources tell by area")
    feeds = serve(session, Permission.SEE_FIGURES, _FEEDS, what="sources and when they were heard of")
    areas = tuple(sorted(living.index))
    rows = _sources(feeds, told, living, areas)
    return Told(rows.assign(silent=_silent(feeds, pd.Timestamp(session.snapshot.today))), areas)


def _safe(rows: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """By ward and of all who have one, under the code `CITY`: safe counts, then the shares of them."""
    everyone = np.ones(len(rows), bool)
    flags = {name: rows[name].to_numpy(bool) for name in ("pupil", "small", *MEASURES)}
    among = {"heard": everyone, "gp": everyone, "school": flags["pupil"], "health": flags["small"]}
    masks = {"living": everyone} | {f"of_{name}": mask for name, mask in among.items()}
    masks |= {name: among[name] & flags[name] for name in MEASURES}
    at = places.index.get_indexer(pd.Index(rows["ward"]))
    whole = np.where(at >= 0, 0, -1)
    safe = pd.concat([safely(rows, at, len(places), masks), safely(rows, whole, 1, masks)])
    safe.index = pd.Index([*places.index, CITY], name=places.index.name)
    shares: dict[str, pd.Series] = {}
    for name in MEASURES:
        told = per(100, safe[name], safe[f"of_{name}"])
        shares |= {name: told["rate"], f"{name}_low": told["low"], f"{name}_high": told["high"]}
    return pd.DataFrame({"living": safe["living"], **shares})


def _thin(row: pd.Series, city: pd.Series) -> str:
    return "; ".join(words.lower() for name, (words, _) in MEASURES.items() if row[f"{name}_high"] < city[name] - BELOW)


def _placeless(rows: pd.DataFrame) -> float:
    here = rows[rows["ward"].isna()]
    counted = pd.DataFrame({"n": [here["children"].sum()]})
    return float(free(counted, pd.DataFrame({"n": [here["keys"].sum()]}))["n"].iloc[0])


def _sources(feeds: pd.DataFrame, told: pd.DataFrame, living: pd.Series, areas: tuple[str, ...]) -> pd.DataFrame:
    known = SOURCES.keys()
    out = feeds[["source", "label", "heard_on"]].set_index("source")
    out["covers"] = [SOURCES[name].coverage if name in known else "" for name in out.index]
    count, keys, events, days = (
        told.pivot(index="source", columns="area", values=what).reindex(index=out.index, columns=list(areas))
        for what in ("children", "keys", "events", "days")
    )
    safe = free(count.fillna(0), keys.fillna(0))
    for area in areas:
        out[f"told_{area}"] = np.clip(1000 * safe[area] / living[area], 0, 1000)
        out[f"late_{area}"] = days[area].where(events[area] >= FEWEST_EVENTS)
    return out.reset_index()


def _silent(feeds: pd.DataFrame, today: pd.Timestamp) -> pd.Series:
    """For how many days a source has been silent, where that is longer than 19 of 20 of its silences; else NaN."""
    days = (today - pd.to_datetime(feeds["heard_on"])).dt.days
    return days.where(days > feeds["silence"])
