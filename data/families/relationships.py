"""Who is what to whom, in both directions: what sources say, what shared homes say, and what follows from both."""

from __future__ import annotations

import duckdb

from data.snapshot.tables import RELATIONSHIP

# A tie that stands is one row however often a source reports it; what happened on a day is a row each time.
STANDING = ("parent", "child", "sibling", "partner")
KINDS = (*STANDING, "household", "associate", "co_missing", "co_offending")

# Ages at which somebody who brings up a child at one address is taken for a parent where no source names one.
YOUNGEST_PARENT, OLDEST_PARENT, USUAL_PARENT = 15, 48, 28
GROWN = 16

STATED = """
CREATE OR REPLACE TABLE families.stated AS
WITH said AS (
    SELECT l.person, r.person AS other, lower(trim(kind)) AS kind, s."from", s."to", known_on, s.source
    FROM staged.relation s JOIN person_link l ON l.client = s.client JOIN person_link r ON r.client = s.other_client
    WHERE l.person <> r.person
), either_way AS (
    FROM said UNION ALL
    SELECT other, person, CASE kind WHEN 'parent' THEN 'child' WHEN 'child' THEN 'parent' ELSE kind END,
           "from", "to", known_on, source FROM said
)
SELECT person, other, kind, min("from") AS "from", CASE WHEN count(*) = count("to") THEN max("to") END AS "to",
       min(known_on) AS known_on, source
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
)
SELECT DISTINCT p.person, p.other FROM pair p JOIN called a USING (person)
JOIN called b ON b.person = p.other AND b.surname = a.surname WHERE length(a.surname) > 2
"""

HOME_MATE = """
CREATE OR REPLACE TABLE families.home_mate AS
WITH pair AS (
    SELECT person, other, min("from") AS "from", CASE WHEN count(*) = count("to") THEN max("to") END AS "to",
           count(DISTINCT uprn) AS homes FROM families.together GROUP BY person, other
), named AS (
    SELECT person, other FROM families.stated WHERE kind IN ('parent', 'child', 'sibling', 'partner', 'household')
    UNION SELECT person, other FROM families.namesake UNION SELECT other, person FROM families.namesake
)
SELECT p.*, homes > 1 OR n.person IS NOT NULL AS borne_out FROM pair p LEFT JOIN named n USING (person, other)
"""

# At most one woman and one man, nearest to the usual age, and only where no source names a parent of that sex.
LIKELY_PARENT = f"""
CREATE OR REPLACE TABLE families.likely_parent AS
WITH adult AS (
    SELECT h.person, h.other, o.sex, p.birth_date, datediff('day', o.birth_date, p.birth_date) / 365.25 AS gap,
           greatest(h."from", p.birth_date) AS "from"
    FROM families.home_mate h JOIN person p ON p.person = h.person JOIN person o ON o.person = h.other
    WHERE borne_out AND h."from" < p.birth_date + INTERVAL {GROWN} YEAR
), named AS (
    SELECT DISTINCT s.person, o.sex FROM families.stated s JOIN person o ON o.person = s.other WHERE kind = 'parent'
), told AS (SELECT person, other FROM families.stated WHERE kind IN ('sibling', 'child', 'partner')),
fitting AS (
    SELECT * FROM adult ANTI JOIN named USING (person, sex) ANTI JOIN told USING (person, other)
    WHERE sex IS NOT NULL AND gap BETWEEN {YOUNGEST_PARENT} AND {OLDEST_PARENT}
)
SELECT person, other, "from" FROM fitting
QUALIFY row_number() OVER (PARTITION BY person, sex ORDER BY abs(gap - {USUAL_PARENT}), other) = 1
"""

PARENT = """
CREATE OR REPLACE TABLE families.parent AS
SELECT person, other, min(known_on) AS known_on FROM (
    SELECT person, other, known_on FROM families.stated WHERE kind = 'parent'
    UNION ALL SELECT person, other, "from" FROM families.likely_parent
) GROUP BY person, other
"""

DERIVED = """
CREATE OR REPLACE TABLE families.derived AS
SELECT person, other, 'parent' AS kind, "from", NULL::DATE AS "to", "from" AS known_on FROM families.likely_parent
UNION ALL SELECT other, person, 'child', "from", NULL, "from" FROM families.likely_parent
UNION ALL
SELECT a.person, b.person, 'sibling', greatest(p.birth_date, o.birth_date), NULL, min(greatest(a.known_on, b.known_on))
FROM families.parent a JOIN families.parent b ON a.other = b.other AND a.person <> b.person
JOIN person p ON p.person = a.person JOIN person o ON o.person = b.person
GROUP BY a.person, b.person, p.birth_date, o.birth_date
"""

# A tie that a source stated earlier is not said again as derived.
WRITE = """
INSERT INTO relationship
SELECT * FROM families.stated
UNION ALL SELECT person, other, 'household', "from", "to", "from", 'derived' FROM families.together
UNION ALL
SELECT person, other, kind, "from", "to", known_on, 'derived' FROM families.derived d
WHERE NOT EXISTS (SELECT 1 FROM families.stated s WHERE s.person = d.person AND s.other = d.other AND s.kind = d.kind
                  AND s.known_on <= d.known_on)
ORDER BY ALL
"""


def write_relationships(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Write ``relationship`` from ``staged.relation`` and ``families.together``; rows by kind."""
    con.execute(STATED, {"kinds": list(KINDS), "standing": list(STANDING)})
    for sql in (NAMESAKE, HOME_MATE, LIKELY_PARENT, PARENT, DERIVED):
        con.execute(sql)
    con.execute("DROP TABLE IF EXISTS relationship")
    con.execute(RELATIONSHIP.ddl())
    con.execute(WRITE)
    return dict(con.execute("SELECT kind, count(*) FROM relationship GROUP BY kind ORDER BY kind").fetchall())
