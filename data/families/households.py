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
# So many agencies outweigh one that says otherwise.
SEVERAL = 3
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

# Stays of one person at one property, joined over agencies; one that some agency still holds has no end yet.
SPELL = f"""
CREATE OR REPLACE TABLE families.spell AS
WITH marked AS (
    SELECT *, CASE WHEN "from" <= max("to") OVER earlier + {GAP_DAYS} THEN 0 ELSE 1 END AS begins FROM families.seen
    WINDOW earlier AS (PARTITION BY person, uprn ORDER BY "from", "to", client
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), numbered AS (
    SELECT *, sum(begins) OVER (PARTITION BY person, uprn ORDER BY "from", "to", client ROWS UNBOUNDED PRECEDING) AS n
    FROM marked
)
SELECT person, uprn, n, min("from") AS "from", nullif(max("to"), {FOREVER}) AS "to", min(known_on) AS known_on,
       max(end_known_on) AS end_known_on, count(DISTINCT client)::INTEGER AS clients
FROM numbered GROUP BY person, uprn, n
"""

# Agencies are slow to close an old address, and a few write down an old one anew. What is still held ended with the
# first later address that more agencies tell of than told of the old one since; one that only holds it counts half.
MOVED = """
CREATE OR REPLACE TABLE families.moved AS
WITH later AS (
    SELECT s.person, s.uprn, s.n, l."from" AS moved, l.known_on AS moved_known, l.uprn AS to_uprn, l.clients
    FROM families.spell s JOIN families.spell l ON l.person = s.person AND l.uprn <> s.uprn AND l."from" > s."from"
    WHERE s."to" IS NULL
), held AS (
    SELECT l.person, l.uprn, l.n, moved, moved_known, to_uprn, l.clients,
           count(DISTINCT CASE WHEN e."from" > moved THEN client END) AS told,
           count(DISTINCT CASE WHEN e."from" <= moved AND e.held THEN client END) AS only_held
    FROM later l JOIN families.seen e ON e.person = l.person AND e.uprn = l.uprn GROUP BY ALL
)
SELECT person, uprn, n, moved, moved_known FROM held WHERE clients > told + only_held / 2
QUALIFY row_number() OVER (PARTITION BY person, uprn, n ORDER BY moved, to_uprn) = 1
"""

# What one agency alone says, all the while that several know the person elsewhere, is a slip or an old address.
STAY = f"""
CREATE OR REPLACE TABLE families.stay AS
WITH ended AS (
    SELECT s.person, s.uprn, s."from", coalesce(s."to", m.moved) AS "to", s.known_on,
           CASE WHEN s."to" IS NOT NULL THEN s.end_known_on ELSE m.moved_known END AS end_known_on, clients
    FROM families.spell s LEFT JOIN families.moved m USING (person, uprn, n)
)
SELECT * FROM ended e
WHERE clients > 1 OR NOT EXISTS (
    SELECT 1 FROM ended o WHERE o.person = e.person AND o.uprn <> e.uprn AND o.clients >= {SEVERAL}
    AND o."from" <= e."from" + {HELD_DAYS} AND coalesce(o."to", {FOREVER}) >= coalesce(e."to", {FOREVER}))
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
    for sql in (SEEN, SPELL, MOVED, STAY, CROWDED_HOMES, TOGETHER):
        con.execute(sql)
    con.execute(f"DROP TABLE IF EXISTS {HOME_STAY.name}")
    con.execute(HOME_STAY.ddl())
    con.execute(WRITE)
    return count(con, "families.together") // 2
