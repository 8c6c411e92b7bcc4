"""Building a matrix against one wide ``FILTER`` query for the same indicators, on the same table.

5 million events of 200,000 people, three as-of dates. The wide query is what triage-like tools emit: one ``GROUP BY
person`` with an aggregate a column. Both begin with the snapshot's table and end with float32[people, indicators].
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import duckdb
import numpy as np

from analytics.features.catalogue import CATALOGUE
from analytics.features.feature import Feature
from analytics.features.scope import SCOPES
from analytics.features.sources import KNOWN_CASES
from analytics.matrix.load import load
from analytics.matrix.scatter import Moment
from data.events import KINDS
from data.snapshot.tables import TABLES
from data.sources import SOURCES

EVENTS = int(os.environ.get("KINSIGHT_BENCH_EVENTS") or 5_000_000)
PEOPLE = EVENTS // 25
DATES = (date(2024, 1, 1), date(2024, 4, 1), date(2024, 7, 1))
TIMES_FASTER = {"synthetic": 10, "catalogue": 3}
WINDOWS = (92, 183, 365, 730)

# What a wide query can say of one person's events. Days within overlapping episodes, and an address, it can't.
SAYS: dict[str, str] = {
    "count": "count(*) FILTER ({now})",
    "any": "least(count(*) FILTER ({now}), 1)",
    "sum": "coalesce(sum(value) FILTER ({now}), 0)",
    "mean": "avg(value) FILTER ({now})",
    "max": "coalesce(max(value) FILTER ({now}), 0)",
    "days_since": "$as_of - max(occurred_on) FILTER ({now})",
    "open": "least(count(*) FILTER ({kinds} AND (ended_on IS NULL OR ended_on >= $as_of)), 1)",
    "distinct": "count(DISTINCT detail) FILTER ({now})",
    "trend": "count(*) FILTER ({late}) - count(*) FILTER ({early})",
    "change": "avg(value) FILTER ({late}) - avg(value) FILTER ({early})",
}
# Through a relationship: totals only, and of whole people.
SAYS_OF_OTHERS = {"count": SAYS["count"], "any": "count(DISTINCT e.person) FILTER ({now})"}
KNOWN_HERE = "e.known_on < $as_of AND (e.corrected_on IS NULL OR e.corrected_on >= $as_of) AND e.occurred_on < $as_of"


def bench() -> Iterator[tuple[str, bool]]:
    """Both comparisons, as lines and whether the promise was kept."""
    for name, features in (("synthetic", synthetic()), ("catalogue", sayable())):
        yield compared(name, features)


def compared(name: str, features: Sequence[Feature]) -> tuple[str, bool]:
    con = city(sorted({kind for feature in features for kind in feature.kinds}))
    ours, took = timed(lambda: by_log(con, features))
    wide, took_wide = timed(lambda: by_wide_query(con, features))
    same = all(np.allclose(a, b, rtol=1e-6, equal_nan=True) for a, b in zip(ours, wide, strict=True))
    times = took_wide / took
    line = (
        f"{name}: {len(features)} indicators, {EVENTS:,} events, {len(DATES)} dates: {took:.1f} s, "
        f"one wide query {took_wide:.1f} s, {times:.1f} times faster, promised {TIMES_FASTER[name]}; "
        f"{'same' if same else 'OTHER'} results"
    )
    return line, same and times >= TIMES_FASTER[name]


def timed(work: Callable[[], list[np.ndarray]]) -> tuple[list[np.ndarray], float]:
    began = time.perf_counter()
    return work(), time.perf_counter() - began


def synthetic() -> tuple[Feature, ...]:
    """40 kinds by 4 windows."""
    kinds = [kind for kind in KINDS if kind not in ("exploitation_service", "factor_cse", "factor_cce")][:40]
    return tuple(
        Feature(f"{kind}_{days}", kind, (kind,), "count", "either", "Background", "{value}", "none", window_days=days)
        for kind in kinds
        for days in WINDOWS
    )


def sayable() -> tuple[Feature, ...]:
    """Those indicators of the shipped catalogue that one wide query a scope can say as well."""
    return tuple(
        feature
        for feature in CATALOGUE.values()
        if set(feature.kinds) <= KINDS.keys() and feature.kinds
        and feature.aggregate in (SAYS_OF_OTHERS if feature.contextual else SAYS)
        and feature.across == "total" and not set(feature.kinds) & KNOWN_CASES.keys()
        and not (feature.contextual and SCOPES[feature.scope].none == "unknown")
    )  # fmt: skip


def city(kinds: Sequence[str]) -> duckdb.DuckDBPyConnection:
    """A store of events drawn at random, everybody on everybody's books, and some ties."""
    con = duckdb.connect(config={"threads": 2})
    for table in TABLES:
        con.execute(table.ddl())
    con.execute("SELECT setseed(0.42)")
    con.execute(
        f"INSERT INTO person (person, birth_date) SELECT 1 + 7919 * i, DATE '2010-06-01' FROM range({PEOPLE}) t(i)"
    )
    con.execute(
        "CREATE TABLE kind AS SELECT unnest(?::VARCHAR[]) AS kind, unnest(range(?)) AS number",
        [list(kinds), len(kinds)],
    )
    con.execute(
        f"""INSERT INTO event (event, person, kind, occurred_on, ended_on, known_on, value, detail)
        SELECT event, person, kind, on_day, on_day + length, on_day + late, value, detail FROM (
            SELECT i AS event, 1 + 7919 * (random() * {PEOPLE - 1})::BIGINT AS person,
                   (random() * {len(kinds) - 1})::BIGINT AS number,
                   DATE '2021-06-01' + (random() * 1300)::INTEGER AS on_day, (random() * 400)::INTEGER AS length,
                   (random() * 30)::INTEGER AS late, (random() * 100)::INTEGER AS value,
                   'd' || (random() * 9)::INTEGER AS detail
            FROM range({EVENTS}) t(i)) JOIN kind USING (number) ORDER BY person, on_day"""
    )
    ties = [kind for scope in SCOPES.values() for kind in scope.kinds]
    con.execute(
        f"""INSERT INTO relationship (person, other, kind, "from", known_on)
        SELECT DISTINCT 1 + 7919 * (random() * {PEOPLE - 1})::BIGINT, 1 + 7919 * (random() * {PEOPLE - 1})::BIGINT,
               list_extract(?, 1 + (random() * {len(ties) - 1})::INTEGER), DATE '2023-06-01', DATE '2023-06-01'
        FROM range({PEOPLE * 3})""",
        [ties],
    )
    con.execute("DELETE FROM relationship WHERE person = other")
    con.execute(
        "INSERT INTO source (source, period_from, period_to) "
        "SELECT unnest(?::VARCHAR[]), DATE '2018-01-01', DATE '2026-01-01'",
        [list(SOURCES)],
    )
    con.execute(
        """INSERT INTO coverage (person, source, "from") SELECT person, source, DATE '2018-01-01' FROM person, source"""
    )
    return con


def by_log(con: duckdb.DuckDBPyConnection, features: Sequence[Feature]) -> list[np.ndarray]:
    """Our way: load once, a slice and a count a window."""
    town = load(con, features)
    found = []
    for as_of in DATES:
        moment = Moment(town, as_of)
        found.append(np.stack([moment.figure(feature).astype(np.float32) for feature in features], axis=1))
    return found


def by_wide_query(con: duckdb.DuckDBPyConnection, features: Sequence[Feature]) -> list[np.ndarray]:
    """One query with a column an indicator; one a scope, where there is a relationship to go through."""
    people = con.execute("SELECT person FROM person ORDER BY person").fetchnumpy()["person"]
    found = []
    for as_of in DATES:
        values = np.empty((len(people), len(features)), np.float32)
        for scope in dict.fromkeys(feature.scope for feature in features):
            where = [i for i, feature in enumerate(features) if feature.scope == scope]
            rows = con.execute(wide_query(scope, [features[i] for i in where]), {"as_of": as_of}).fetchnumpy()
            values[:, where] = absent(features, where)
            at = np.searchsorted(people, rows["person"])
            for i in where:
                values[at, i] = np.ma.filled(rows[features[i].name].astype(np.float32), np.nan)
        found.append(values)
    return found


def absent(features: Sequence[Feature], where: list[int]) -> list[float]:
    return [0.0 if features[i].absent_is_nil else np.nan for i in where]


def wide_query(scope: str, features: Sequence[Feature]) -> str:
    """The query's text; names and numbers come from declarations."""
    columns = ", ".join(f"({said(feature)}) AS {feature.name}" for feature in features)
    if scope == "self":
        return f"SELECT e.person, {columns} FROM event e WHERE {KNOWN_HERE} GROUP BY e.person"
    tie = SCOPES[scope]
    kinds = ", ".join(f"'{kind}'" for kind in tie.kinds)
    since = "" if tie.lasting else f' AND coalesce("to", "from") >= $as_of - {tie.recent_days}'
    own = "UNION SELECT person, person FROM person" if tie.and_self else ""
    return f"""
    WITH pair AS (SELECT DISTINCT person, other FROM relationship
                  WHERE kind IN ({kinds}) AND known_on < $as_of AND "from" < $as_of{since} {own})
    SELECT pair.person, {columns} FROM pair JOIN event e ON e.person = pair.other
    WHERE {KNOWN_HERE} GROUP BY pair.person"""


def said(feature: Feature) -> str:
    """One column."""
    says = SAYS_OF_OTHERS if feature.contextual else SAYS
    kinds = "kind IN (" + ", ".join(f"'{kind}'" for kind in feature.kinds) + ")"
    if feature.details:
        kinds += " AND detail IN (" + ", ".join(f"'{detail}'" for detail in feature.details) + ")"
    days = feature.window_days or 0
    start, half = f"$as_of - {days}", f"$as_of - {days} + {days // 2}"
    return says[feature.aggregate].format(
        kinds=kinds,
        now=f"{kinds} AND occurred_on >= {start}",
        early=f"{kinds} AND occurred_on >= {start} AND occurred_on < {half}",
        late=f"{kinds} AND occurred_on >= {half}",
    )
