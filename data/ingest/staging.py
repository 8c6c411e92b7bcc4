"""The staged tables: what they hold, and how what each part said becomes one table a thing."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from data.ingest.people import FIELDS
from data.ingest.sql import comma, name
from data.snapshot.tables import CONTACT, COVERAGE, EVENT, KNOWN_CASE, PERSON_RECORD, REJECTED_ROW, SOURCE, SOURCE_FILE, Table

RELATION = (
    '(client BIGINT, other_client BIGINT, kind VARCHAR, "from" DATE, "to" DATE, known_on DATE, source VARCHAR, file INTEGER, line BIGINT)'
)
TOLD = (
    "(client BIGINT, kind VARCHAR, occurred_on DATE, ended_on DATE, known_on DATE, value DOUBLE, detail VARCHAR,"
    " source VARCHAR, file INTEGER, line BIGINT)"
)


def of_client(table: Table) -> str:
    """The columns of a table of the snapshot, with the client in the person's place: nobody is linked yet."""
    return "(" + ", ".join(f"{name('client' if column == 'person' else column)} {kind}" for column, kind, _ in table.columns) + ")"


def tables_sql() -> Iterator[str]:
    """Statements that make the staged tables anew, empty."""
    yield "CREATE SCHEMA IF NOT EXISTS staged"
    seen = of_client(PERSON_RECORD).replace('"record" BIGINT, ', "")
    made = {table.name: of_client(table) for table in (SOURCE, SOURCE_FILE, REJECTED_ROW, COVERAGE, KNOWN_CASE, CONTACT)}
    for table, columns in (made | {"person_seen": seen, "event_told": TOLD, "relation": RELATION}).items():
        yield f"CREATE OR REPLACE TABLE staged.{table} {columns}"


# A version that says no more than another of the same client in the same source tells linkage nothing.
PERSON_RECORD_SQL = f"""
CREATE OR REPLACE TABLE staged.person_record AS
WITH version AS (
    SELECT client, source, min(local_id) AS local_id, {comma(FIELDS)}, min(seen_from) AS seen_from, max(seen_to) AS seen_to,
           arg_min(file, (file, line)) AS file, arg_min(line, (file, line)) AS line
    FROM staged.person_seen GROUP BY client, source, {comma(FIELDS)}
), counted AS (
    SELECT *, {" + ".join(f"({field} IS NOT NULL)::INTEGER" for field in FIELDS)} AS filled FROM version
), thin AS (
    SELECT a.* FROM counted a JOIN counted b USING (client, source)
    WHERE a.filled < b.filled AND {" AND ".join(f"(a.{field} IS NULL OR a.{field} = b.{field})" for field in FIELDS)}
), telling AS (
    SELECT v.* FROM version v ANTI JOIN thin t ON v.client = t.client AND v.source = t.source AND v.file = t.file AND v.line = t.line
        AND {" AND ".join(f"v.{field} IS NOT DISTINCT FROM t.{field}" for field in FIELDS)}
)
SELECT row_number() OVER (ORDER BY client, source, file, line, {", ".join(FIELDS)}) - 1 AS record, client, source, local_id, {comma(FIELDS)},
       seen_from, seen_to, file::INTEGER AS file, line
FROM telling ORDER BY record
"""

# Returns repeat themselves from year to year, and Annex A and the census tell the same: what several files tell of one
# client, kind and day is one event, the n-th of each file standing for the n-th of the others. Twice in one file is two.
EVENT_SQL = """
CREATE OR REPLACE TABLE staged.event AS
WITH repeated AS (
    SELECT client, kind, occurred_on FROM staged.event_told
    GROUP BY client, kind, occurred_on HAVING min(file) <> max(file)
), numbered AS (
    SELECT *, row_number() OVER (PARTITION BY client, kind, occurred_on, file ORDER BY detail, value, line) AS nth
    FROM staged.event_told SEMI JOIN repeated USING (client, kind, occurred_on)
), one AS (
    SELECT client, kind, occurred_on, arg_max(ended_on, (known_on, file)) AS ended_on, min(known_on) AS known_on,
           arg_max(value, (known_on, file)) AS value, arg_max(detail, (known_on, file)) AS detail,
           arg_min(source, (known_on, file, line)) AS source, arg_min(file, (known_on, file, line)) AS file, arg_min(line, (known_on, file, line)) AS line
    FROM numbered GROUP BY client, kind, occurred_on, nth
), every AS (
    SELECT * FROM staged.event_told ANTI JOIN repeated USING (client, kind, occurred_on)
    UNION ALL BY NAME SELECT * FROM one
)
SELECT row_number() OVER (ORDER BY file, line, kind, client, occurred_on) - 1 AS event, * FROM every ORDER BY event
"""

# A feed is taken to have stopped only where the silence at its end is longer than any silence before it, and than its rhythm.
SOURCE_SQL = """
WITH day AS (
    SELECT DISTINCT source, least(known_on, $today) AS day FROM staged.event_told
    UNION SELECT DISTINCT source, least(seen_to, $today) FROM staged.person_seen WHERE seen_to IS NOT NULL
), gap AS (
    SELECT source, day, day - lag(day) OVER (PARTITION BY source ORDER BY day) AS silence FROM day
), feed AS (
    SELECT source, min(day) AS first_day, max(day) AS last_day, coalesce(max(silence), 0) AS longest FROM gap GROUP BY source
), happened AS (
    SELECT source, min(occurred_on) AS first_event FROM staged.event_told GROUP BY source
), file AS (
    SELECT source, min(period_from) AS begins, sum("rows")::BIGINT AS "rows", sum(accepted)::BIGINT AS accepted, sum(rejected)::BIGINT AS rejected
    FROM taken GROUP BY source
)
INSERT INTO staged.source
SELECT declared.source, label, owner, CASE WHEN begins IS NULL THEN first_day ELSE greatest(begins, first_event) END,
       CASE WHEN $today - last_day > greatest(longest, refresh_days) THEN last_day ELSE $today - 1 END, "rows", accepted, rejected
FROM declared JOIN file USING (source) LEFT JOIN feed USING (source) LEFT JOIN happened USING (source) ORDER BY source
"""


def make_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Make the staged tables anew, empty."""
    for statement in tables_sql():
        con.execute(statement)


def settle(con: duckdb.DuckDBPyConnection) -> None:
    """From what the parts said to one row a version of a person, and one row an event."""
    con.execute(PERSON_RECORD_SQL)
    con.execute(EVENT_SQL)
    con.execute("DROP TABLE staged.person_seen")
    con.execute("DROP TABLE staged.event_told")
