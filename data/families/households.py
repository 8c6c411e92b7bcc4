"""Who lived at one property when, and since when that could be known, from the addresses that agencies hold."""

from __future__ import annotations

import duckdb

from data.linkage.cleaning import count
from data.snapshot.tables import HOME_STAY
from data.sources import SOURCES

# More people than this at one time is a hostel, a children's home or a school, not a household.
CROWDED = 12
# Two who were at one address for less did not live together: one had moved out and the other in.
TOGETHER_DAYS = 60
# An address that no agency has seen for so long, and then again, is two stays.
GAP_DAYS = 400
# Seen so shortly before its source was last heard, an address is still held.
HELD_DAYS = 31
# A source tells of an address within this, or within two of its rhythms if that is longer.
TOLD_DAYS = 31
FOREVER = "DATE '9000-01-01'"

RHYTHM = "CREATE OR REPLACE TABLE families.rhythm AS SELECT unnest($source) AS source, unnest($days) AS days"

# A file may tell years at once (a whole history, delivered today): what it says of a day was known soon after that
# day. A file of one term or year was not known before it came.
SEEN = f"""
CREATE OR REPLACE TABLE families.seen AS
WITH heard AS (SELECT source, max(coalesce(seen_to, {FOREVER})) AS last FROM staged.person_record GROUP BY source)
SELECT person, uprn, client, seen_from AS "from", coalesce(seen_to, {FOREVER}) >= last - {HELD_DAYS} AS held,
       CASE WHEN held THEN {FOREVER} ELSE seen_to END AS "to",
       greatest(seen_from, least(f.delivered, seen_from + coalesce(days, {TOLD_DAYS}))) AS known_on,
       CASE WHEN NOT held THEN greatest(seen_to, least(f.delivered, seen_to + coalesce(days, {TOLD_DAYS}))) END
           AS end_known_on
FROM staged.person_record r JOIN heard USING (source) JOIN person_link USING (client)
LEFT JOIN families.rhythm USING (source) LEFT JOIN staged.source_file f USING (file)
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
    SELECT person, uprn, min("from") AS "from", max("to") AS "to", count(DISTINCT client)::INTEGER AS clients,
           min(known_on) AS known_on, max(end_known_on) AS end_known_on
    FROM numbered GROUP BY person, uprn, n
), next AS (
    SELECT *, lead("from") OVER turn AS later, lead(known_on) OVER turn AS later_known FROM stays
    WINDOW turn AS (PARTITION BY person ORDER BY "from", clients, uprn)
)
SELECT person, uprn, "from", CASE WHEN "to" >= {FOREVER} THEN later ELSE "to" END AS "to", known_on,
       CASE WHEN "to" >= {FOREVER} THEN later_known ELSE end_known_on END AS end_known_on, clients
FROM next
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

# One row a pair and property, in both directions: when both were there. It shows once both addresses are known and the
# two have been there long enough; its end once that of whoever went first is known.
TOGETHER = f"""
CREATE OR REPLACE TABLE families.together AS
WITH shared AS (
    SELECT a.person, b.person AS other, a.uprn, greatest(a."from", b."from") AS "from", least(a."to", b."to") AS "to",
           greatest(a.known_on, b.known_on, greatest(a."from", b."from") + {TOGETHER_DAYS}) AS known_on,
           CASE WHEN b."to" IS NULL OR a."to" < b."to" THEN a.end_known_on
                WHEN a."to" IS NULL OR b."to" < a."to" THEN b.end_known_on
                ELSE least(a.end_known_on, b.end_known_on) END AS parted_known
    FROM families.stay a JOIN families.stay b USING (uprn)
    WHERE a.person <> b.person AND uprn NOT IN (FROM families.crowded)
      AND greatest(a."from", b."from") + {TOGETHER_DAYS} <= coalesce(least(a."to", b."to"), {FOREVER})
)
SELECT person, other, uprn, "from", "to", known_on,
       CASE WHEN "to" IS NOT NULL THEN greatest("to", known_on, parted_known) END AS end_known_on
FROM shared
"""


WRITE = """
INSERT INTO home_stay
SELECT person, uprn, "from", "to", known_on, CASE WHEN "to" IS NOT NULL THEN greatest("to", end_known_on) END, clients,
       uprn IN (FROM families.crowded)
FROM families.stay ORDER BY ALL
"""


def write_households(con: duckdb.DuckDBPyConnection) -> int:
    """Write ``home_stay`` and ``families.seen``, ``stay``, ``crowded``, ``together``; the pairs who lived together."""
    con.execute("CREATE SCHEMA IF NOT EXISTS families")
    rhythm = {name: max(TOLD_DAYS, 2 * source.refresh_days) for name, source in SOURCES.items()}
    con.execute(RHYTHM, {"source": list(rhythm), "days": list(rhythm.values())})
    for sql in (SEEN, STAY, CROWDED_HOMES, TOGETHER):
        con.execute(sql)
    con.execute(f"DROP TABLE IF EXISTS {HOME_STAY.name}")
    con.execute(HOME_STAY.ddl())
    con.execute(WRITE)
    return count(con, "families.together") // 2
