"""The identity that is shown: for each field what most agencies now say, the latest where they differ evenly."""

from __future__ import annotations

import duckdb

from data.linkage.cleaning import count
from data.snapshot.tables import PERSON

VOTE = """
CREATE OR REPLACE TABLE linkage.vote AS
SELECT l.person, r.client, r.source, forename, surname, birth_date, sex, ethnicity, postcode, uprn, seen_from, seen_to
FROM staged.person_record r JOIN person_link l USING (client)
"""

# What may be voted for. REFU and NOBT say that nobody knows.
FIELDS = {
    "forename": "length(forename) > 1",
    "surname": "length(surname) > 1",
    "birth_date": "birth_date IS NOT NULL",
    "sex": "sex IN ('M', 'F')",
    "ethnicity": "ethnicity NOT IN ('REFU', 'NOBT')",
}

# Each client has one vote a field, its latest word. Spellings that differ in capitals alone count together.
BEST = """
CREATE OR REPLACE TABLE linkage.best_{field} AS
WITH latest AS (
    SELECT person, arg_max({field}, (coalesce(seen_to, DATE '9999-12-31'), seen_from, {field})) AS value,
           max(seen_to) AS seen_to
    FROM linkage.vote WHERE {where} GROUP BY person, client
), spelt AS (
    SELECT person, {folded} AS folded, value, count(*) AS votes, max(seen_to) AS seen_to FROM latest GROUP BY ALL
), won AS (
    SELECT person, folded, sum(votes) AS votes, max(seen_to) AS seen_to, arg_max(value, (votes, value)) AS value
    FROM spelt GROUP BY person, folded
)
SELECT person, arg_max(value, (votes, seen_to, folded)) AS value FROM won GROUP BY person
"""

# Of the addresses that agencies held within a year of the last sight of the person, the one most of them hold; then
# the newest.
ADDRESS = """
CREATE OR REPLACE TABLE linkage.best_address AS
WITH latest AS (
    SELECT person, max(coalesce(seen_to, DATE '9999-12-31')) AS seen_to,
           arg_max({code: postcode, property: uprn, since: seen_from},
                   (coalesce(seen_to, DATE '9999-12-31'), seen_from, postcode, uprn)) AS home
    FROM linkage.vote WHERE postcode IS NOT NULL OR uprn IS NOT NULL GROUP BY person, client
), last AS (SELECT person, max(seen_to) AS seen_to FROM latest GROUP BY person),
held AS (
    SELECT person, home.code AS postcode, max(home.property) AS uprn, count(*) AS votes, max(home.since) AS since
    FROM latest l JOIN last USING (person) WHERE l.seen_to >= last.seen_to - INTERVAL 1 YEAR GROUP BY ALL
)
SELECT person, arg_max({code: postcode, property: uprn}, (votes, since, postcode)) AS home FROM held GROUP BY person
"""

FILL = """
INSERT INTO person
WITH size AS (
    SELECT person, count(*)::INTEGER AS records, count(DISTINCT source)::INTEGER AS sources FROM linkage.vote
    GROUP BY person
)
SELECT person, f.value, s.value, b.value, x.value, e.value, a.home.code, a.home.property, w.ward, records, sources,
       d.death_date
FROM size LEFT JOIN linkage.best_forename f USING (person) LEFT JOIN linkage.best_surname s USING (person)
LEFT JOIN linkage.best_birth_date b USING (person) LEFT JOIN linkage.best_sex x USING (person)
LEFT JOIN linkage.best_ethnicity e USING (person) LEFT JOIN linkage.best_address a USING (person)
LEFT JOIN linkage.ward w ON w.postcode = a.home.code LEFT JOIN linkage.death d USING (person)
ORDER BY person
"""

WARD = """
SELECT postcode, min(ward) AS ward FROM staged.place WHERE ward IS NOT NULL GROUP BY postcode
"""
DEATH = """
SELECT person, min(occurred_on) AS death_date FROM staged.event JOIN person_link USING (client) WHERE kind = 'death'
GROUP BY person
"""
# What each look-up is read from, and what stands in where it was not taken in.
LOOKUPS = {
    "ward": ("place", WARD, "SELECT '' AS postcode, '' AS ward WHERE false"),
    "death": ("event", DEATH, "SELECT 0::BIGINT AS person, NULL::DATE AS death_date WHERE false"),
}


def write_people(con: duckdb.DuckDBPyConnection) -> int:
    """Write ``person`` from ``staged.person_record`` and ``person_link``; the number of people."""
    con.execute(VOTE)
    for field, where in FIELDS.items():
        folded = "lower(trim(value))" if field in ("forename", "surname") else "value"
        con.execute(BEST.format(field=field, folded=folded, where=where))
    con.execute(ADDRESS)
    for name, (table, sql, nothing) in LOOKUPS.items():
        con.execute(f"CREATE OR REPLACE TABLE linkage.{name} AS {sql if _staged(con, table) else nothing}")
    con.execute("DROP TABLE IF EXISTS person")
    con.execute(PERSON.ddl())
    con.execute(FILL)
    return count(con, "person")


def _staged(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    sql = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'staged' AND table_name = $table"
    return bool(con.execute(sql, {"table": table}).fetchall()[0][0])
