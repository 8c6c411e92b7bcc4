"""Who lived at one property when, from the addresses that agencies hold."""

from __future__ import annotations

import duckdb

from data.linkage.cleaning import count

# More people than this at one time is a hostel, a children's home or a school, not a household.
CROWDED = 12
# Two who were at one address for less did not live together: one had moved out and the other in.
TOGETHER_DAYS = 60
# An address that no agency has seen for so long, and then again, is two stays.
GAP_DAYS = 400
# Seen so shortly before its source was last heard, an address is still held.
HELD_DAYS = 31
FOREVER = "DATE '9000-01-01'"

SEEN = f"""
CREATE OR REPLACE TABLE families.seen AS
WITH heard AS (SELECT source, max(coalesce(seen_to, {FOREVER})) AS last FROM staged.person_record GROUP BY source)
SELECT person, uprn, client, seen_from AS "from",
       CASE WHEN coalesce(seen_to, {FOREVER}) >= last - {HELD_DAYS} THEN {FOREVER} ELSE seen_to END AS "to"
FROM staged.person_record JOIN heard USING (source) JOIN person_link USING (client)
WHERE uprn IS NOT NULL AND seen_from IS NOT NULL
"""

# Stays of one person at one property, joined over agencies. What is still open ends when a later address begins:
# agencies are slow to close an old one.
STAY = f"""
CREATE OR REPLACE TABLE families.stay AS
WITH marked AS (
    SELECT *, CASE WHEN "from" <= max("to") OVER earlier + {GAP_DAYS} THEN 0 ELSE 1 END AS begins FROM families.seen
    WINDOW earlier AS (PARTITION BY person, uprn ORDER BY "from", "to", client
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), numbered AS (
    SELECT *, sum(begins) OVER (PARTITION BY person, uprn ORDER BY "from", "to", client ROWS UNBOUNDED PRECEDING) AS n
    FROM marked
), stays AS (
    SELECT person, uprn, min("from") AS "from", max("to") AS "to", count(DISTINCT client)::INTEGER AS clients
    FROM numbered GROUP BY person, uprn, n
), next AS (SELECT *, lead("from") OVER (PARTITION BY person ORDER BY "from", clients, uprn) AS later FROM stays)
SELECT person, uprn, "from", CASE WHEN "to" >= {FOREVER} THEN later ELSE "to" END AS "to", clients FROM next
"""

# Sweep over comings and goings: the largest number there at one time.
CROWDED_HOMES = f"""
CREATE OR REPLACE TABLE families.crowded AS
WITH change AS (
    SELECT uprn, "from" AS day, 1 AS n FROM families.stay
    UNION ALL SELECT uprn, coalesce("to", {FOREVER}), -1 FROM families.stay
), present AS (SELECT uprn, sum(n) OVER (PARTITION BY uprn ORDER BY day, n ROWS UNBOUNDED PRECEDING) AS n FROM change)
SELECT DISTINCT uprn FROM present WHERE n > {CROWDED}
"""

# One row a pair and property, in both directions: when both were there.
TOGETHER = f"""
CREATE OR REPLACE TABLE families.together AS
SELECT a.person, b.person AS other, a.uprn, greatest(a."from", b."from") AS "from", least(a."to", b."to") AS "to"
FROM families.stay a JOIN families.stay b USING (uprn)
WHERE a.person <> b.person AND uprn NOT IN (FROM families.crowded)
  AND greatest(a."from", b."from") + {TOGETHER_DAYS} <= coalesce(least(a."to", b."to"), {FOREVER})
"""


def write_households(con: duckdb.DuckDBPyConnection) -> int:
    """Write ``families.seen``, ``stay``, ``crowded`` and ``together``; the number of pairs who lived together."""
    con.execute("CREATE SCHEMA IF NOT EXISTS families")
    for sql in (SEEN, STAY, CROWDED_HOMES, TOGETHER):
        con.execute(sql)
    return count(con, "families.together") // 2
