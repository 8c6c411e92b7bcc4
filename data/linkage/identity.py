"""The identity that is shown: for each field what most agencies now say, the latest where they differ evenly."""

from __future__ import annotations

import duckdb

from data.snapshot.tables import PERSON

# Each client has one vote a field: its latest word.
VOTES = """
CREATE OR REPLACE TABLE linkage.vote AS
SELECT l.person, r.client, r.source, forename, surname, birth_date, sex, ethnicity, postcode, uprn, seen_from, seen_to
FROM staged.person_record r JOIN person_link l USING (client)
"""

NOT_SAID = "('REFU', 'NOBT')"
FIELDS = {
    "forename": "forename IS NOT NULL AND length(forename) > 1",
    "surname": "surname IS NOT NULL",
    "birth_date": "birth_date IS NOT NULL",
    "sex": "sex IN ('M', 'F')",
    "ethnicity": f"ethnicity IS NOT NULL AND ethnicity NOT IN {NOT_SAID}",
}

# Capitals and spaces aside, spellings count together; the commonest spelling of the winner is shown.
BEST = """
CREATE OR REPLACE TABLE linkage.best_{field} AS
WITH latest AS (
    SELECT person, client, {field} AS value, {folded} AS folded, seen_to FROM linkage.vote WHERE {where}
    QUALIFY row_number() OVER (PARTITION BY client ORDER BY seen_to DESC NULLS LAST, seen_from DESC NULLS LAST, {field}) = 1
), spelt AS (SELECT person, folded, value, count(*) AS votes, max(seen_to) AS seen_to FROM latest GROUP BY ALL),
won AS (
    SELECT person, folded, sum(votes) AS votes, max(seen_to) AS seen_to,
           first(value ORDER BY votes DESC, value) AS value FROM spelt GROUP BY person, folded
)
SELECT person, value FROM won QUALIFY row_number() OVER (PARTITION BY person ORDER BY votes DESC, seen_to DESC NULLS LAST, folded) = 1
"""

# Of the addresses that agencies held within a year of the last sight of the person, the one most of them hold; then the newest.
ADDRESS = """
CREATE OR REPLACE TABLE linkage.best_address AS
WITH latest AS (
    SELECT person, client, postcode, uprn, seen_from, seen_to FROM linkage.vote WHERE postcode IS NOT NULL OR uprn IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY client ORDER BY seen_to DESC NULLS LAST, seen_from DESC NULLS LAST, postcode, uprn) = 1
), current AS (SELECT * FROM latest QUALIFY seen_to IS NULL OR seen_to >= max(seen_to) OVER (PARTITION BY person) - INTERVAL 1 YEAR),
held AS (SELECT person, postcode, max(uprn) AS uprn, count(*) AS votes, max(seen_from) AS since FROM current GROUP BY person, postcode)
SELECT person, postcode, uprn FROM held
QUALIFY row_number() OVER (PARTITION BY person ORDER BY votes DESC, since DESC NULLS LAST, postcode) = 1
"""

FILL = """
INSERT INTO person
WITH size AS (SELECT person, count(*)::INTEGER AS records, count(DISTINCT source)::INTEGER AS sources FROM linkage.vote GROUP BY person)
SELECT person, f.value, s.value, b.value, x.value, e.value, a.postcode, a.uprn, w.ward, records, sources, d.death_date
FROM size LEFT JOIN linkage.best_forename f USING (person) LEFT JOIN linkage.best_surname s USING (person)
LEFT JOIN linkage.best_birth_date b USING (person) LEFT JOIN linkage.best_sex x USING (person)
LEFT JOIN linkage.best_ethnicity e USING (person) LEFT JOIN linkage.best_address a USING (person)
LEFT JOIN linkage.ward w ON w.postcode = a.postcode LEFT JOIN linkage.death d USING (person)
ORDER BY person
"""


def write_people(con: duckdb.DuckDBPyConnection) -> int:
    """Write ``person`` from ``staged.person_record`` and ``person_link``; the number of people."""
    con.execute(VOTES)
    for field, where in FIELDS.items():
        folded = f"lower(trim({field}))" if field in ("forename", "surname") else field
        con.execute(BEST.format(field=field, folded=folded, where=where))
    con.execute(ADDRESS)
    _lookups(con)
    con.execute("DROP TABLE IF EXISTS person")
    con.execute(PERSON.ddl())
    con.execute(FILL)
    return con.execute("SELECT count(*) FROM person").fetchall()[0][0]


def _lookups(con: duckdb.DuckDBPyConnection) -> None:
    """Wards of postcodes and days of death, where what was taken in says them."""
    ward = "SELECT postcode, min(ward) AS ward FROM staged.place WHERE ward IS NOT NULL GROUP BY postcode"
    death = "SELECT person, min(occurred_on) AS death_date FROM staged.event JOIN person_link USING (client) WHERE kind = 'death' GROUP BY person"
    nothing = {"ward": "SELECT '' AS postcode, '' AS ward WHERE false", "death": "SELECT 0::BIGINT AS person, NULL::DATE AS death_date WHERE false"}
    for name, table, sql in (("ward", "place", ward), ("death", "event", death)):
        con.execute(f"CREATE OR REPLACE TABLE linkage.{name} AS {sql if _has(con, table) else nothing[name]}")


def _has(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    sql = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'staged' AND table_name = $table"
    return bool(con.execute(sql, {"table": table}).fetchall()[0][0])
