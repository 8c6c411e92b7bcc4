"""The staged tables: what they hold, and how what each part said becomes one table a thing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb

from data.ingest import versions
from data.ingest.people import FIELDS, LINES
from data.ingest.sql import comma, name
from data.snapshot.tables import (
    CONTACT,
    COVERAGE,
    KNOWN_CASE,
    PERSON_RECORD,
    REJECTED_ROW,
    RETIRED_ROW,
    SOURCE,
    SOURCE_FILE,
    Table,
)

RELATION = (
    '(client BIGINT, other_client BIGINT, kind VARCHAR, "from" DATE, "to" DATE, known_on DATE,'
    " source VARCHAR, file INTEGER, line BIGINT)"
)
TOLD = (
    "(client BIGINT, kind VARCHAR, occurred_on DATE, ended_on DATE, known_on DATE, value DOUBLE, detail VARCHAR,"
    " source VARCHAR, file INTEGER, line BIGINT, key BIGINT)"
)


def of_client(table: Table) -> str:
    """The columns of a table of the snapshot, with the client in the person's place: nobody is linked yet."""
    return (
        "("
        + ", ".join(f"{name('client' if column == 'person' else column)} {kind}" for column, kind, _ in table.columns)
        + ")"
    )


def tables_sql() -> Iterator[str]:
    """Statements that make the staged tables anew, empty."""
    yield "CREATE SCHEMA IF NOT EXISTS staged"
    seen = (
        of_client(PERSON_RECORD)
        .replace('"record" BIGINT', '"place" BIGINT')
        .replace(', "file" INTEGER, "line" BIGINT', "")
    )
    plain = (SOURCE, SOURCE_FILE, REJECTED_ROW, RETIRED_ROW, KNOWN_CASE, CONTACT)
    made = {table.name: of_client(table) for table in plain}
    for table, columns in (
        made | {"person_seen": seen, "event_told": TOLD, "span": of_client(COVERAGE), "relation": RELATION}
    ).items():
        yield f"CREATE OR REPLACE TABLE staged.{table} {columns}"


WORDING_SQL = f"""
CREATE OR REPLACE TEMP TABLE wording AS
SELECT client, source, any_value(local_id) AS local_id, {comma(FIELDS)},
       min(seen_from) AS seen_from, max(seen_to) AS seen_to,
       min(place) AS place,
       {" + ".join(f"({field} IS NOT NULL)::INTEGER" for field in FIELDS)} AS filled
FROM staged.person_seen GROUP BY client, source, {comma(FIELDS)}
"""

# A version that says no more than another of the same client in the same source tells linkage nothing.
THIN_SQL = f"""
CREATE OR REPLACE TEMP TABLE thin AS
WITH uneven AS (SELECT client, source FROM wording GROUP BY client, source HAVING min(filled) < max(filled)),
several AS (SELECT rowid AS row, * FROM wording SEMI JOIN uneven USING (client, source))
SELECT DISTINCT a.row
FROM several a JOIN several b ON a.client = b.client AND a.source = b.source AND a.filled < b.filled
WHERE {" AND ".join(f"(a.{field} IS NULL OR a.{field} = b.{field})" for field in FIELDS)}
"""

PERSON_RECORD_SQL = f"""
CREATE OR REPLACE TABLE staged.person_record AS
SELECT row_number() OVER (ORDER BY place, client, hash({comma(FIELDS)})) - 1 AS record,
       client, source, local_id,
       {comma(FIELDS)}, seen_from, seen_to, (place // {LINES})::INTEGER AS file, place % {LINES} AS line
FROM wording v ANTI JOIN thin t ON v.rowid = t.row
"""

# A gap no longer than the source's rhythm (school holidays, say) is no time off its books.
COVERAGE_SQL = """
CREATE OR REPLACE TABLE staged.coverage AS
WITH spell AS (
    SELECT client, source, "from", coalesce("to", DATE '9999-12-31') AS "to", refresh_days
    FROM staged.span JOIN declared USING (source)
), marked AS (
    SELECT *, coalesce("from" - refresh_days > max("to") OVER earlier, true)::INTEGER AS begins FROM spell
    WINDOW earlier AS (
        PARTITION BY client, source ORDER BY "from", "to" ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
), numbered AS (
    SELECT *, sum(begins) OVER (
        PARTITION BY client, source ORDER BY "from", "to" ROWS UNBOUNDED PRECEDING
    ) AS island FROM marked
)
SELECT client, source, min("from") AS "from", nullif(max("to"), DATE '9999-12-31') AS "to"
FROM numbered GROUP BY client, source, island
"""

# A feed is taken to have stopped only where the silence at its end is longer than any before it, and than its rhythm.
SOURCE_SQL = """
WITH day AS (
    SELECT DISTINCT source, least(known_on, $today) AS day FROM staged.event_told
    UNION SELECT DISTINCT source, least(seen_to, $today) FROM staged.person_seen WHERE seen_to IS NOT NULL
), gap AS (
    SELECT source, day, day - lag(day) OVER (PARTITION BY source ORDER BY day) AS silence FROM day
), feed AS (
    SELECT source, min(day) AS first_day, max(day) AS last_day, coalesce(max(silence), 0) AS longest
    FROM gap GROUP BY source
), happened AS (
    SELECT source, min(occurred_on) AS first_event FROM staged.event_told GROUP BY source
), file AS (
    SELECT source, min(period_from) AS begins, sum("rows")::BIGINT AS "rows",
           sum(accepted)::BIGINT AS accepted, sum(rejected)::BIGINT AS rejected
    FROM taken GROUP BY source
)
INSERT INTO staged.source
SELECT declared.source, label, owner, CASE WHEN begins IS NULL THEN first_day ELSE greatest(begins, first_event) END,
       CASE WHEN $today - last_day > greatest(longest, refresh_days) THEN last_day ELSE $today - 1 END,
       "rows", accepted, rejected
FROM declared JOIN file USING (source) LEFT JOIN feed USING (source) LEFT JOIN happened USING (source) ORDER BY source
"""


def make_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Make the staged tables anew, empty."""
    for statement in tables_sql():
        con.execute(statement)


def record(con: duckdb.DuckDBPyConnection, today: date) -> None:
    """Fill ``source_file`` and ``source`` from the registered ``taken`` files and ``declared`` sources."""
    columns = ", ".join(name(column) for column in SOURCE_FILE.names())
    con.execute(f"INSERT INTO staged.source_file SELECT {columns} FROM taken ORDER BY file")
    con.execute(SOURCE_SQL, {"today": today})


def settle(con: duckdb.DuckDBPyConnection) -> None:
    """From what the parts said to one row a wording of a person, a version of an event, a spell on a source's books."""
    for statement in (WORDING_SQL, THIN_SQL, PERSON_RECORD_SQL, *versions.STATEMENTS, COVERAGE_SQL):
        con.execute(statement)
    for table in ("wording", "thin", *versions.WORKING):
        con.execute(f"DROP TABLE temp.{table}")
    for table in ("person_seen", "event_told", "span"):
        con.execute(f"DROP TABLE staged.{table}")
