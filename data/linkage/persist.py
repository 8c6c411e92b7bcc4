"""Person numbers that stay: a person keeps the number under which most of its clients were known before."""

from __future__ import annotations

import duckdb

LARGEST = 2**53 - 1  # numbers stay exact in floats, and so in every table and chart library

# A new person's number comes of its smallest client, so that the same files give the same numbers on any machine.
# Where that number is taken, by the person that the client was split from, it comes of the number.
NUMBERED = f"""
CREATE OR REPLACE TABLE linkage.numbered_cluster AS
WITH overlap AS (
    SELECT label, p.person, count(*) AS clients, min(c.client) AS client
    FROM linkage.cluster JOIN linkage.client c USING (i) JOIN linkage.previous p USING (client) GROUP BY ALL
), heir AS (
    SELECT label, person FROM overlap
    QUALIFY row_number() OVER (PARTITION BY person ORDER BY clients DESC, client) = 1
), kept AS (
    SELECT label, person FROM heir JOIN overlap USING (label, person)
    QUALIFY row_number() OVER (PARTITION BY label ORDER BY clients DESC, client) = 1
), fresh AS (
    SELECT label, (md5_number_lower(min(client)::VARCHAR) & {LARGEST})::BIGINT AS person
    FROM linkage.cluster JOIN linkage.client USING (i) GROUP BY label
)
SELECT label, coalesce(k.person, CASE WHEN f.person NOT IN (SELECT person FROM linkage.previous) THEN f.person
                                      ELSE (md5_number_lower('split' || f.person) & {LARGEST})::BIGINT END) AS person
FROM fresh f LEFT JOIN kept k USING (label)
"""


def number_people(con: duckdb.DuckDBPyConnection) -> int:
    """From ``linkage.cluster`` and ``linkage.previous`` write ``numbered_cluster`` (label, person); how many people.

    Where two old persons merge, the one with more clients lends its number; where one splits, the larger part keeps it.
    Raises ``ValueError`` if two people would share a number.
    """
    con.execute(NUMBERED)
    people, numbers = con.execute("SELECT count(*), count(DISTINCT person) FROM linkage.numbered_cluster").fetchall()[0]
    if people != numbers:
        raise ValueError("two people would have the same number")
    return people
