"""What each family meets of each scheme, for all families at once, as known at a date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import duckdb

from analytics.families.looking import FITS, HAPPENED, MEMBER, PROGRAMMES, SHOWN, WANTED, bound, signs
from analytics.features.sources import TOLD_BY
from analytics.matrix.guard import Guard, day_number
from analytics.matrix.nil import INTERVALS_LATE, Feed
from data.sources import SOURCES

#: An outcome is compared with what was so a year before.
EARLIER_MONTHS = 12
MONTH_DAYS = 31

_TABLES = (
    ("criterion_member", f"WITH {MEMBER.format(families='true')} SELECT * FROM member ORDER BY ALL"),
    ("criterion_happened", f"WITH member AS (FROM criterion_member), {WANTED}, {HAPPENED} SELECT * FROM happened"),
    ("criterion_shown", f"WITH happened AS (FROM criterion_happened), {SHOWN} SELECT * FROM shown"),
)

# A source that tells of everybody covers every family; one that knows its own, the families of those on its books.
_COVERED = """
CREATE OR REPLACE TEMP TABLE criterion_covered AS
WITH told AS (
    SELECT unnest($schemes::VARCHAR[]) AS scheme, unnest($criteria::VARCHAR[]) AS criterion,
           unnest($sources::VARCHAR[]) AS source, unnest($everyone::BOOLEAN[]) AS everyone,
           unnest($shown_by::DATE[]) AS shown_by, unnest($held_since::DATE[]) AS held_since
), known AS (
    SELECT DISTINCT t.scheme, t.criterion, m.family
    FROM (SELECT * FROM told WHERE NOT everyone) t JOIN coverage c USING (source)
    JOIN criterion_member m ON m.person = c.person
    WHERE c."from" <= t.shown_by AND (c."to" IS NULL OR c."to" >= t.held_since)
)
SELECT DISTINCT scheme, criterion, family FROM told, (SELECT DISTINCT family FROM criterion_member) WHERE everyone
UNION SELECT * FROM known
"""

_WRITE = f"""
INSERT INTO family_criterion
WITH {WANTED}, family AS (SELECT DISTINCT family FROM criterion_member),
declared AS (SELECT DISTINCT scheme, criterion FROM wanted),
about AS (
    SELECT DISTINCT m.family, w.scheme, w.criterion
    FROM criterion_member m JOIN (SELECT DISTINCT scheme, criterion, whom, age_from, age_to FROM wanted) w ON {FITS}
), evidence AS (
    SELECT family, scheme, criterion, min(occurred_on) AS since,
           max(least(coalesce(ended_on, CASE WHEN counts THEN occurred_on END), $as_of::DATE)) AS latest,
           count(DISTINCT person)::INTEGER AS people, count(DISTINCT event)::INTEGER AS events
    FROM criterion_happened SEMI JOIN criterion_shown USING (family, scheme, criterion, sign, person) WHERE counts
    GROUP BY ALL
), over AS (
    SELECT family, scheme, criterion, max(coalesce(ended_on, occurred_on)) AS last
    FROM criterion_happened WHERE NOT counts AND mean_below IS NULL GROUP BY ALL
)
SELECT f.family, $as_of, d.scheme, d.criterion, a.family IS NOT NULL,
       CASE WHEN a.family IS NULL THEN NULL WHEN e.family IS NOT NULL THEN d.scheme = 'headline'
            WHEN c.family IS NOT NULL THEN d.scheme = 'outcome' END AS met,
       CASE WHEN e.family IS NOT NULL THEN e.since WHEN met AND d.scheme = 'outcome' THEN o.last END, e.latest,
       coalesce(e.people, 0), coalesce(e.events, 0)
FROM family f CROSS JOIN declared d
LEFT JOIN about a ON a.family = f.family AND a.scheme = d.scheme AND a.criterion = d.criterion
LEFT JOIN evidence e ON e.family = f.family AND e.scheme = d.scheme AND e.criterion = d.criterion
LEFT JOIN criterion_covered c ON c.family = f.family AND c.scheme = d.scheme AND c.criterion = d.criterion
LEFT JOIN over o ON o.family = f.family AND o.scheme = d.scheme AND o.criterion = d.criterion
ORDER BY f.family, d.scheme, d.criterion
"""


def assess(con: duckdb.DuckDBPyConnection, dates: Iterable[date]) -> int:
    """Fill ``family_criterion`` at each date, from the tables that ``con`` finds by their plain names; rows written."""
    for as_of in dates:
        asked = bound(as_of)
        for name, query in _TABLES:
            con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}", _used(query, asked))
        con.execute(_COVERED, _running(con, as_of))
        con.execute(_WRITE, _used(_WRITE, asked))
    for name in (*(name for name, _ in _TABLES), "criterion_covered"):
        con.execute(f"DROP TABLE IF EXISTS {name}")
    return int(con.execute("SELECT count(*) FROM family_criterion").fetchall()[0][0])


def _used(query: str, asked: dict[str, Any]) -> dict[str, Any]:
    """Those parameters that the query names: DuckDB refuses the rest."""
    return {name: value for name, value in asked.items() if f"${name}" in query}


def feeds(rows: Iterable[tuple[str, date | None, date | None]]) -> dict[str, Feed]:
    """Sources that have arrived, from rows of ``source`` (name, first and last day they speak of)."""
    return {
        name: Feed(day_number(since), day_number(until), SOURCES[name].refresh_days)
        for name, since, until in rows
        if name in SOURCES and since and until
    }


def running(arrived: dict[str, Feed], kind: str, months: int, as_of: date) -> list[str]:
    """The sources that tell of ``kind`` and still arrived at ``as_of``, reaching back over the window."""
    guard = Guard(as_of)
    return [
        source
        for source in TOLD_BY.get(kind, ())
        if source in arrived and arrived[source].running(guard, months * MONTH_DAYS)
    ]


def _running(con: duckdb.DuckDBPyConnection, as_of: date) -> dict[str, list[Any]]:
    """Each criterion once for each source that covers it at ``as_of``, as `_COVERED` binds them."""
    arrived = feeds(con.execute("SELECT source, period_from, period_to FROM source ORDER BY source").fetchall())
    told = sorted(
        {
            (programme.scheme, criterion.name, source)
            for programme, criterion, _, sign in signs(PROGRAMMES)
            for kind in sign.kinds
            for source in running(arrived, kind, sign.months, as_of)
        }
    )
    back = [as_of - timedelta(SOURCES[source].refresh_days) for _, _, source in told]
    held = [as_of - timedelta(INTERVALS_LATE * SOURCES[source].refresh_days) for _, _, source in told]
    return {
        "schemes": [row[0] for row in told],
        "criteria": [row[1] for row in told],
        "sources": [row[2] for row in told],
        "everyone": [SOURCES[row[2]].coverage == "everyone" for row in told],
        "shown_by": back,
        "held_since": held,
    }
