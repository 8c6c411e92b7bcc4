"""Who is what to whom: what sources say, what shared homes say, and what follows from both. Always in both directions."""

from __future__ import annotations

import duckdb

from data.snapshot.tables import RELATIONSHIP

# A tie that stands is one row however often it is reported; what happened on a day is a row each time.
STANDING = ("parent", "child", "sibling", "partner", "household")
KINDS = (*STANDING, "associate", "co_missing", "co_offending")

# Ages at which somebody who brings up a child at one address is taken for a parent where no source names one.
YOUNGEST_PARENT, OLDEST_PARENT, USUAL_PARENT = 15, 48, 28

STATED = """
CREATE OR REPLACE TABLE families.stated AS
WITH said AS (
    SELECT l.person, r.person AS other, lower(trim(kind)) AS kind, s."from", s."to", known_on, s.source
    FROM staged.relation s JOIN person_link l ON l.client = s.client JOIN person_link r ON r.client = s.other_client
    WHERE l.person <> r.person
), either_way AS (
    SELECT * FROM said WHERE list_contains($kinds, kind) UNION ALL
    SELECT other, person, CASE kind WHEN 'parent' THEN 'child' WHEN 'child' THEN 'parent' ELSE kind END, "from", "to", known_on, source FROM said WHERE list_contains($kinds, kind)
)
SELECT person, other, kind, min("from") AS "from", CASE WHEN bool_or("to" IS NULL) THEN NULL ELSE max("to") END AS "to",
       min(known_on) AS known_on, source
FROM either_way GROUP BY person, other, kind, source, CASE WHEN list_contains($standing, kind) AND kind <> 'household' THEN NULL ELSE "from" END
"""

# Living at one address may be chance: a stale address, a house of flats under one number. A shared surname, a second
# shared address or being named together by an agency bears it out.
BORNE_OUT = """
CREATE OR REPLACE TABLE families.home_mate AS
WITH pair AS (
    SELECT person, other, min("from") AS "from", CASE WHEN bool_or("to" IS NULL) THEN NULL ELSE max("to") END AS "to",
           count(DISTINCT uprn) AS homes FROM families.together GROUP BY ALL
), called AS (
    SELECT DISTINCT person, unnest(list_concat([surname, former_surname], parts)) AS surname
    FROM linkage.identity JOIN person_link USING (client)
), namesake AS (
    SELECT DISTINCT p.person, p.other FROM pair p JOIN called a USING (person) JOIN called b ON b.person = p.other AND b.surname = a.surname
    WHERE length(a.surname) > 2
)
SELECT p.*, n.person IS NOT NULL OR homes > 1 OR EXISTS (
    SELECT 1 FROM families.stated s WHERE s.person = p.person AND s.other = p.other AND list_contains($standing, s.kind)) AS borne_out
FROM pair p LEFT JOIN namesake n USING (person, other)
"""

# At most one woman and one man, the nearest to the usual age, and only for a child of whom no source names a parent of that sex.
LIKELY_PARENT = f"""
CREATE OR REPLACE TABLE families.likely_parent AS
WITH adult AS (
    SELECT h.person, h.other, p.birth_date, o.sex, datediff('day', o.birth_date, p.birth_date) / 365.25 AS gap, h."from", h."to"
    FROM families.home_mate h JOIN person p ON p.person = h.person JOIN person o ON o.person = h.other
    WHERE borne_out AND h."from" < p.birth_date + INTERVAL 16 YEAR AND o.sex IS NOT NULL
), fitting AS (SELECT * FROM adult WHERE gap BETWEEN {YOUNGEST_PARENT} AND {OLDEST_PARENT}),
named AS (SELECT s.person, o.sex FROM families.stated s JOIN person o ON o.person = s.other WHERE kind = 'parent')
SELECT person, other, birth_date, "from", "to" FROM fitting f
WHERE NOT EXISTS (SELECT 1 FROM named n WHERE n.person = f.person AND n.sex = f.sex)
  AND NOT EXISTS (SELECT 1 FROM families.stated s WHERE s.person = f.person AND s.other = f.other AND s.kind IN ('sibling', 'child'))
QUALIFY row_number() OVER (PARTITION BY person, sex ORDER BY abs(gap - {USUAL_PARENT}), other) = 1
"""

PARENT = """
CREATE OR REPLACE TABLE families.parent AS
SELECT person, other, min(known_on) AS known_on, bool_or(stated) AS stated FROM (
    SELECT person, other, known_on, true AS stated FROM families.stated WHERE kind = 'parent'
    UNION ALL SELECT person, other, "from", false FROM families.likely_parent
) GROUP BY person, other
"""

DERIVED = """
INSERT INTO families.derived
SELECT person, other, 'household', "from", "to", "from" FROM families.together
UNION ALL SELECT person, other, 'parent', greatest(birth_date, "from"), NULL, "from" FROM families.likely_parent
UNION ALL SELECT other, person, 'child', greatest(birth_date, "from"), NULL, "from" FROM families.likely_parent
UNION ALL
SELECT a.person, b.person, 'sibling', greatest(p.birth_date, o.birth_date), NULL, min(greatest(a.known_on, b.known_on))
FROM families.parent a JOIN families.parent b ON a.other = b.other AND a.person <> b.person
JOIN person p ON p.person = a.person JOIN person o ON o.person = b.person
GROUP BY a.person, b.person, p.birth_date, o.birth_date
"""

# A tie that a source states is not said again as derived.
WRITE = """
INSERT INTO relationship
SELECT * FROM families.stated
UNION ALL
SELECT person, other, kind, "from", "to", known_on, 'derived' FROM families.derived d
WHERE kind = 'household' OR NOT EXISTS (
    SELECT 1 FROM families.stated s WHERE s.person = d.person AND s.other = d.other AND s.kind = d.kind AND s.known_on <= d.known_on)
ORDER BY ALL
"""


def write_relationships(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Write ``relationship`` from ``staged.relation`` and ``families.together``; rows by kind."""
    con.execute(STATED, {"kinds": list(KINDS), "standing": list(STANDING)})
    con.execute(BORNE_OUT, {"standing": list(STANDING)})
    con.execute(LIKELY_PARENT)
    con.execute(PARENT)
    con.execute(
        'CREATE OR REPLACE TABLE families.derived (person BIGINT, other BIGINT, kind VARCHAR, "from" DATE, "to" DATE, known_on DATE)'
    )
    con.execute(DERIVED)
    con.execute("DROP TABLE IF EXISTS relationship")
    con.execute(RELATIONSHIP.ddl())
    con.execute(WRITE)
    return dict(con.execute("SELECT kind, count(*) FROM relationship GROUP BY kind ORDER BY kind").fetchall())
