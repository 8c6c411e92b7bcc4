"""Who is what to whom, in both directions: what sources say, what shared homes say, and what follows from both.

``manner`` tells kin apart: a parent is one by birth or a step-parent (who lives with a parent of the child), a brother
or sister is full, half (one parent shared, the others known to differ) or step (a parent's partner's child in the same
home). Null where it is not known: one shared parent says nothing of the other.
"""

from __future__ import annotations

import duckdb

from data.families.households import FOREVER, TOLD_DAYS
from data.snapshot.tables import RELATIONSHIP

# A tie that stands is one row however often a source reports it; what happened on a day is a row each time.
STANDING = ("parent", "child", "sibling", "partner")
KINDS = (*STANDING, "household", "associate", "co_missing", "co_offending")

# Ages at which somebody who brings up a child at one address is taken for a parent where no source names one.
YOUNGEST_PARENT, OLDEST_PARENT, USUAL_PARENT = 15, 48, 28
GROWN = 16
# A woman of another name came later if the child was past the first year, and another came so long before or is named.
LATER_DAYS, FIRST_YEAR = 180, 365

STATED = f"""
CREATE OR REPLACE TABLE families.stated AS
WITH said AS (
    SELECT l.person, r.person AS other, lower(trim(kind)) AS kind, s."from", s."to", known_on, s.source,
           CASE WHEN s."to" = s."from" THEN greatest(known_on, s."to")
                ELSE greatest(known_on, s."to" + coalesce(days, {TOLD_DAYS})) END AS end_known_on
    FROM staged.relation s JOIN person_link l ON l.client = s.client JOIN person_link r ON r.client = s.other_client
    LEFT JOIN families.rhythm h ON h.source = s.source
    WHERE l.person <> r.person
), either_way AS (
    FROM said UNION ALL
    SELECT other, person, CASE kind WHEN 'parent' THEN 'child' WHEN 'child' THEN 'parent' ELSE kind END,
           "from", "to", known_on, source, end_known_on FROM said
)
SELECT person, other, kind, min("from") AS "from", CASE WHEN count(*) = count("to") THEN max("to") END AS "to",
       min(known_on) AS known_on, source, CASE WHEN count(*) = count("to") THEN max(end_known_on) END AS end_known_on
FROM either_way WHERE list_contains($kinds, kind)
GROUP BY person, other, kind, source, CASE WHEN NOT list_contains($standing, kind) THEN "from" END
"""

# Living at one address may be chance: a stale address, or flats under one number. A shared surname, a second shared
# address or being named together by an agency bears it out.
NAMESAKE = """
CREATE OR REPLACE TABLE families.namesake AS
WITH pair AS (SELECT DISTINCT person, other FROM families.together WHERE person < other),
called AS (
    SELECT DISTINCT person, unnest(list_concat([surname, former_surname], parts)) AS surname
    FROM linkage.identity JOIN person_link USING (client)
), same AS (
    SELECT DISTINCT p.person, p.other FROM pair p JOIN called a USING (person)
    JOIN called b ON b.person = p.other AND b.surname = a.surname WHERE length(a.surname) > 2
)
FROM same UNION ALL SELECT other, person FROM same
"""

# ``known_on``: since when the records bear it out; null where nothing does.
HOME_MATE = """
CREATE OR REPLACE TABLE families.home_mate AS
WITH home AS (
    SELECT person, other, uprn, min("from") AS "from", CASE WHEN count(*) = count("to") THEN max("to") END AS "to",
           min(known_on) AS known_on, CASE WHEN count(*) = count("to") THEN max(end_known_on) END AS end_known_on
    FROM families.together GROUP BY person, other, uprn
), pair AS (
    SELECT person, other, min("from") AS "from", CASE WHEN count(*) = count("to") THEN max("to") END AS "to",
           list_sort(list(known_on)) AS known, max(end_known_on) AS end_known_on, count(*) AS homes
    FROM home GROUP BY person, other
), named AS (
    SELECT person, other, min(known_on) AS known_on FROM families.stated
    WHERE kind IN ('parent', 'child', 'sibling', 'partner', 'household') GROUP BY person, other
)
SELECT p.person, p.other, "from", "to", homes, s.person IS NOT NULL AS same_name,
       homes > 1 OR s.person IS NOT NULL OR n.person IS NOT NULL AS borne_out,
       CASE WHEN s.person IS NOT NULL THEN known[1]
            WHEN borne_out THEN greatest(known[1], least(known[2], n.known_on)) END AS known_on,
       CASE WHEN "to" IS NOT NULL THEN p.end_known_on END AS end_known_on
FROM pair p LEFT JOIN named n USING (person, other) LEFT JOIN families.namesake s USING (person, other)
"""

# Spells in a placement, with some days around: agencies are slow to tell a new address, and slower to close one.
# P codes are placements with the own parents.
PLACED = f"""
CREATE OR REPLACE TABLE families.placed AS
SELECT person, occurred_on - 31 AS "from", coalesce(ended_on, {FOREVER}) + 400 AS "to"
FROM staged.event JOIN person_link USING (client)
WHERE kind = 'placement' AND corrected_on IS NULL AND NOT coalesce(starts_with(upper(detail), 'P'), false)
"""

# Who lived together only while one of them was in a placement: carers and other children there, who are no family.
IN_CARE = f"""
CREATE OR REPLACE TABLE families.in_care AS
WITH during AS (
    SELECT h.person, h.other FROM families.home_mate h JOIN families.placed p ON p.person = h.person
    WHERE h."from" >= p."from" AND coalesce(h."to", {FOREVER}) <= p."to"
)
FROM during UNION SELECT other, person FROM during
"""
HOME = (
    "CREATE OR REPLACE TABLE families.home AS FROM families.home_mate ANTI JOIN families.in_care USING (person, other)"
)

PARENT_SAID = """
CREATE OR REPLACE TABLE families.parent_said AS
SELECT s.person, other, o.sex, min(s.known_on) AS known_on
FROM families.stated s JOIN person o ON o.person = other WHERE kind = 'parent' GROUP BY ALL
"""

# At most one woman and one man as parents by birth, and one of each as step-parents, each nearest to the usual age. A
# parent whom a source names later is derived until then: whoever is named must not be told from others beforehand.
# Where a source names another parent of that sex, and for a man who shares no surname with the child (birth records
# leave few such fathers unnamed), it is a step-parent, and only if a parent lives there too.
LIKELY_PARENT = f"""
CREATE OR REPLACE TABLE families.likely_parent AS
WITH adult AS (
    SELECT h.person, h.other, o.sex, h.same_name, datediff('day', o.birth_date, p.birth_date) / 365.25 AS gap,
           p.birth_date, h."from" AS home_from, h."to", h.known_on, h.end_known_on
    FROM families.home h JOIN person p ON p.person = h.person JOIN person o ON o.person = h.other
    WHERE borne_out AND h."from" < p.birth_date + INTERVAL {GROWN} YEAR
), kin AS (SELECT DISTINCT person, other FROM families.stated WHERE kind IN ('sibling', 'child', 'partner')),
fitting AS (
    SELECT a.*, s.other IS NOT NULL AS said,
           s.other IS NULL AND EXISTS (SELECT 1 FROM families.parent_said n WHERE n.person = a.person AND n.sex = a.sex)
               AS taken,
           a.home_from > a.birth_date + {FIRST_YEAR} AND (
               a.home_from > min(a.home_from) OVER (PARTITION BY a.person) + {LATER_DAYS}
               OR EXISTS (SELECT 1 FROM families.parent_said n WHERE n.person = a.person)) AS later
    FROM adult a LEFT JOIN families.parent_said s USING (person, other) ANTI JOIN kin USING (person, other)
    WHERE a.sex IS NOT NULL AND gap BETWEEN {YOUNGEST_PARENT} AND {OLDEST_PARENT}
), told AS (
    SELECT *, CASE WHEN said THEN 'birth' WHEN taken THEN 'step' WHEN same_name THEN 'birth'
                   WHEN sex = 'F' AND NOT later THEN 'birth' ELSE 'step' END AS manner
    FROM fitting WHERE NOT (taken AND same_name)
), nearest AS (
    SELECT * FROM told QUALIFY row_number() OVER (
        PARTITION BY person, sex, manner ORDER BY said DESC, same_name DESC, abs(gap - {USUAL_PARENT}), other) = 1
), parent AS (
    SELECT person, other FROM nearest WHERE manner = 'birth' UNION SELECT person, other FROM families.parent_said
)
SELECT person, other, greatest(home_from, birth_date) AS "from", greatest(known_on, birth_date) AS known_on, manner,
       CASE WHEN manner = 'step' THEN "to" END AS "to", CASE WHEN manner = 'step' THEN end_known_on END AS end_known_on
FROM nearest n
WHERE manner = 'birth' OR EXISTS (
    SELECT 1 FROM parent p JOIN families.home h ON h.person = p.other AND h.other = n.other WHERE p.person = n.person)
"""

PARENT = """
CREATE OR REPLACE TABLE families.parent AS
SELECT person, other, min(known_on) AS known_on, min(manner) AS manner FROM (
    SELECT person, other, known_on, 'birth' AS manner FROM families.parent_said
    UNION ALL SELECT person, other, known_on, manner FROM families.likely_parent
) GROUP BY person, other
"""

# Children of a parent by birth. Full if they share two, or are twins; half if the other parent of each is known.
SIBLING = """
CREATE OR REPLACE TABLE families.sibling AS
WITH own AS (SELECT person, other, known_on FROM families.parent WHERE manner = 'birth'),
number AS (SELECT person, count(*) AS parents FROM own GROUP BY person)
SELECT a.person, b.person AS other, greatest(p.birth_date, o.birth_date) AS "from",
       greatest(min(greatest(a.known_on, b.known_on)), p.birth_date, o.birth_date) AS known_on,
       CASE WHEN count(*) > 1 OR abs(p.birth_date - o.birth_date) <= 1 THEN 'full'
            WHEN min(n.parents) > 1 AND min(m.parents) > 1 THEN 'half' END AS manner
FROM own a JOIN own b ON a.other = b.other AND a.person <> b.person
JOIN person p ON p.person = a.person JOIN person o ON o.person = b.person
JOIN number n ON n.person = a.person JOIN number m ON m.person = b.person
GROUP BY a.person, b.person, p.birth_date, o.birth_date
"""

# One's parent is the other's step-parent, or both have the same two in a couple, and they live in one home.
STEP_SIBLING = """
CREATE OR REPLACE TABLE families.step_sibling AS
WITH one AS (
    SELECT a.person, b.person AS other, greatest(a.known_on, b.known_on) AS known_on
    FROM families.parent a JOIN families.parent b ON a.other = b.other AND a.person <> b.person
    WHERE a.manner = 'birth' AND b.manner = 'step'
), either_way AS (FROM one UNION ALL SELECT other, person, known_on FROM one)
SELECT e.person, e.other, min(h."from") AS "from", min(h."to") AS "to",
       min(greatest(e.known_on, h.known_on)) AS known_on, min(h.end_known_on) AS end_known_on
FROM either_way e JOIN families.home h USING (person, other)
ANTI JOIN families.sibling USING (person, other)
WHERE h.borne_out GROUP BY e.person, e.other
"""

# Two who bring up one child and live together are a couple for as long as they do.
COUPLE = """
CREATE OR REPLACE TABLE families.couple AS
WITH pair AS (
    SELECT a.other AS person, b.other, min(greatest(a.known_on, b.known_on)) AS known_on
    FROM families.parent a JOIN families.parent b ON a.person = b.person AND a.other <> b.other
    WHERE a.manner = 'birth' OR b.manner = 'birth' GROUP BY ALL
)
SELECT p.person, p.other, h."from", h."to", greatest(p.known_on, h.known_on) AS known_on,
       CASE WHEN h.end_known_on IS NOT NULL THEN greatest(h.end_known_on, p.known_on, h.known_on) END AS end_known_on
FROM pair p JOIN families.home h USING (person, other)
"""

DERIVED = """
CREATE OR REPLACE TABLE families.derived AS
WITH standing AS (
    SELECT person, other, 'parent' AS kind, "from", "to", known_on, end_known_on, manner FROM families.likely_parent
    UNION ALL
    SELECT other, person, 'child', "from", "to", known_on, end_known_on, manner FROM families.likely_parent
    UNION ALL SELECT person, other, 'sibling', "from", NULL, known_on, NULL, manner FROM families.sibling
    UNION ALL
    SELECT person, other, 'sibling', "from", "to", known_on, end_known_on, 'step' FROM families.step_sibling
    UNION ALL SELECT person, other, 'partner', "from", "to", known_on, end_known_on, NULL FROM families.couple
)
SELECT * FROM standing d
WHERE NOT EXISTS (SELECT 1 FROM families.stated s WHERE s.person = d.person AND s.other = d.other AND s.kind = d.kind
                  AND s.known_on <= d.known_on)
UNION ALL
SELECT person, other, 'household', "from", "to", known_on, end_known_on,
       CASE WHEN c.person IS NOT NULL THEN 'placement' END
FROM families.together LEFT JOIN families.in_care c USING (person, other)
"""

# A stated tie takes its manner from what is derived of the same two; a parent since birth is one by birth.
WRITE = """
INSERT INTO relationship
SELECT s.person, s.other, s.kind, s."from", s."to", s.known_on, s.source, s.end_known_on,
       CASE WHEN s.kind = 'sibling' THEN b.manner
            WHEN s.kind = 'parent' AND s."from" <= p.birth_date + 7 THEN 'birth'
            WHEN s.kind = 'child' AND s."from" <= o.birth_date + 7 THEN 'birth' END
FROM families.stated s JOIN person p ON p.person = s.person JOIN person o ON o.person = s.other
LEFT JOIN families.sibling b ON b.person = s.person AND b.other = s.other
UNION ALL SELECT person, other, kind, "from", "to", known_on, 'derived', end_known_on, manner FROM families.derived
ORDER BY ALL
"""

STEPS = (
    NAMESAKE, HOME_MATE, PLACED, IN_CARE, HOME, PARENT_SAID, LIKELY_PARENT, PARENT, SIBLING, STEP_SIBLING, COUPLE,
    DERIVED,
)  # fmt: skip


def write_relationships(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Write ``relationship`` from ``staged.relation`` and ``families.together``; rows by kind."""
    con.execute(STATED, {"kinds": list(KINDS), "standing": list(STANDING)})
    for sql in STEPS:
        con.execute(sql)
    con.execute("DROP TABLE IF EXISTS relationship")
    con.execute(RELATIONSHIP.ddl())
    con.execute(WRITE)
    return dict(con.execute("SELECT kind, count(*) FROM relationship GROUP BY kind ORDER BY kind").fetchall())
