"""Families: children who grew up together, with those who brought them up; adults without children by household.

Children are one family when they share a parent and ever shared a home, when one lived with the other's parent, or when
a shared home is borne out (see ``relationships``). Nothing counts that happened while a child was in a placement, so that
a looked-after child stays with the birth family and no foster family is tied to it. An adult may belong to two families,
as parents who part and have children with others do.
"""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd

from data.linkage.cluster import components
from data.linkage.persist import LARGEST
from data.snapshot.tables import FAMILY, FAMILY_MEMBER

GROWN = 18

# Children: under 18 at some time of the recorded history.
CHILD = f"""
CREATE OR REPLACE TABLE families.child AS
SELECT person, birth_date FROM person
WHERE birth_date + INTERVAL {GROWN} YEAR > (SELECT coalesce(min(seen_from), DATE '1900-01-01') FROM staged.person_record)
"""

# Kept out: homes shared only while one of the two was placed by the council (placement with the own parents aside: P codes).
PLACED = """
CREATE OR REPLACE TABLE families.placed AS
SELECT person, occurred_on AS "from", coalesce(ended_on, DATE '9000-01-01') AS "to" FROM staged.event JOIN person_link USING (client)
WHERE kind = 'placement' AND NOT coalesce(starts_with(upper(detail), 'P'), false)
"""

HOME = """
CREATE OR REPLACE TABLE families.home AS
SELECT h.* FROM families.home_mate h
WHERE NOT EXISTS (SELECT 1 FROM families.placed p WHERE p.person IN (h.person, h.other)
                  AND h."from" >= p."from" - 31 AND coalesce(h."to", DATE '9000-01-01') <= p."to" + 400)
"""

TIES = """
CREATE OR REPLACE TABLE families.tie AS
WITH kin AS (
    SELECT DISTINCT a.person, b.person AS other FROM families.parent a JOIN families.parent b ON a.other = b.other AND a.person < b.person
), placed AS (SELECT DISTINCT person FROM families.placed),
homeless AS (SELECT person FROM families.child WHERE person NOT IN (SELECT person FROM families.home))
SELECT k.person, k.other FROM kin k JOIN families.home h ON h.person = k.person AND h.other = k.other
UNION SELECT k.person, k.other FROM kin k WHERE k.person IN (FROM placed) OR k.other IN (FROM placed) OR k.person IN (FROM homeless) OR k.other IN (FROM homeless)
UNION SELECT least(h.person, p.person), greatest(h.person, p.person) FROM families.home h JOIN families.parent p ON p.other = h.other AND p.person <> h.person
      JOIN families.home t ON t.person = h.person AND t.other = p.person JOIN families.child c ON c.person = h.person WHERE h.borne_out
UNION SELECT h.person, h.other FROM families.home h WHERE h.person < h.other AND h.borne_out
"""

MEMBERS = """
CREATE OR REPLACE TABLE families.member AS
WITH kids AS (SELECT g."group", g.person FROM families.grouped g),
brought_up AS (
    SELECT k."group", p.other AS person FROM kids k JOIN families.parent p USING (person)
    UNION SELECT k."group", h.other FROM kids k JOIN families.home h USING (person)
    WHERE h.borne_out AND h.other NOT IN (SELECT person FROM families.child)
)
SELECT "group", person, 'child' AS role FROM kids
UNION SELECT "group", person, 'adult' FROM brought_up WHERE person NOT IN (SELECT person FROM kids)
UNION SELECT "group", person, 'adult' FROM families.grouped_adults
"""

# From the first day with anybody else of the family (birth for children) to the last; null while it stands.
WRITE_MEMBERS = """
INSERT INTO family_member
WITH dated AS (
    SELECT m."group", m.person, min(h."from") AS "from", max(coalesce(h."to", DATE '9000-01-01')) AS "to"
    FROM families.member m JOIN families.member o ON o."group" = m."group" AND o.person <> m.person
    JOIN families.home_mate h ON h.person = m.person AND h.other = o.person GROUP BY ALL
), tied AS (SELECT person, min(known_on) AS known_on FROM families.parent GROUP BY person UNION ALL SELECT other, min(known_on) FROM families.parent GROUP BY other)
SELECT f.family, m.person, m.role,
       CASE WHEN m.role = 'child' THEN greatest(p.birth_date, coalesce(least(d."from", t.known_on), p.birth_date)) ELSE coalesce(d."from", t.known_on) END,
       CASE WHEN m.role = 'child' THEN NULL ELSE nullif(d."to", DATE '9000-01-01') END
FROM families.member m JOIN families.numbered f USING ("group") JOIN person p USING (person)
LEFT JOIN dated d ON d."group" = m."group" AND d.person = m.person
LEFT JOIN (SELECT person, min(known_on) AS known_on FROM tied GROUP BY person) t ON t.person = m.person
ORDER BY ALL
"""

# A family's number is that of its eldest child (of its smallest person where it has none), so that it stays when others join.
NUMBERED = f"""
CREATE OR REPLACE TABLE families.numbered AS
SELECT "group", (md5_number_lower('family' || first(person ORDER BY role DESC, birth_date NULLS LAST, person)) & {LARGEST})::BIGINT AS family
FROM families.member JOIN person USING (person) GROUP BY "group"
"""

WRITE_FAMILIES = """
INSERT INTO family
WITH named AS (
    SELECT "group", surname, count(*) AS n FROM families.member JOIN person USING (person) WHERE surname IS NOT NULL GROUP BY ALL
), joined AS (SELECT "group", string_agg(surname, ' / ' ORDER BY n DESC, surname) AS name FROM (
    SELECT * FROM named QUALIFY row_number() OVER (PARTITION BY "group" ORDER BY n DESC, surname) <= 3) GROUP BY "group"
), lived AS (
    SELECT "group", first(ward ORDER BY n DESC, ward) AS ward FROM (
        SELECT "group", ward, count(*) AS n FROM families.member JOIN person USING (person) WHERE ward IS NOT NULL GROUP BY ALL) GROUP BY "group"
)
SELECT family, name, ward FROM families.numbered LEFT JOIN joined USING ("group") LEFT JOIN lived USING ("group") ORDER BY family
"""


def write_families(con: duckdb.DuckDBPyConnection) -> int:
    """Write ``family`` and ``family_member`` from ``person`` and the tables of ``relationships``; the number of families."""
    for sql in (CHILD, PLACED, HOME, TIES):
        con.execute(sql)
    _group(con)
    for sql in (MEMBERS, NUMBERED):
        con.execute(sql)
    for table, fill in ((FAMILY, WRITE_FAMILIES), (FAMILY_MEMBER, WRITE_MEMBERS)):
        con.execute(f"DROP TABLE IF EXISTS {table.name}")
        con.execute(table.ddl())
        con.execute(fill)
    return con.execute("SELECT count(*) FROM family").fetchall()[0][0]


def _group(con: duckdb.DuckDBPyConnection) -> None:
    """Children by their ties; adults who belong to no child by the homes that bear out. ``families.grouped`` (group, person)."""
    children = "SELECT t.person, other FROM families.tie t JOIN families.child a USING (person) JOIN families.child b ON b.person = other"
    _components(con, "SELECT person FROM families.child", children, "grouped")
    con.execute(
        "CREATE OR REPLACE TABLE families.childless AS SELECT person FROM person WHERE person NOT IN (SELECT person FROM families.child)"
        " AND person NOT IN (SELECT other FROM families.parent JOIN families.child USING (person))"
        " AND person NOT IN (SELECT other FROM families.home JOIN families.child USING (person) WHERE borne_out)"
    )
    homes = (
        "SELECT person, other FROM families.home WHERE borne_out AND person IN (FROM families.childless) AND other IN (FROM families.childless)"
    )
    _components(con, "FROM families.childless", homes, "grouped_adults")


def _components(con: duckdb.DuckDBPyConnection, people: str, ties: str, table: str) -> None:
    con.execute(f"CREATE OR REPLACE TABLE families.position AS SELECT (row_number() OVER (ORDER BY person) - 1) AS i, person FROM ({people})")
    pairs = con.execute(
        f"SELECT a.i AS l, b.i AS r FROM ({ties}) t JOIN families.position a ON a.person = t.person JOIN families.position b ON b.person = t.other"
    ).fetchnumpy()
    n = con.execute("SELECT count(*) FROM families.position").fetchall()[0][0]
    label = components(n, pairs["l"].astype(np.int64), pairs["r"].astype(np.int64))
    con.register("families_label", pd.DataFrame({"i": np.arange(n), "label": label}))
    con.execute(
        f"CREATE OR REPLACE TABLE families.{table} AS SELECT first.person AS \"group\", p.person FROM families_label l"
        " JOIN families.position p USING (i) JOIN families.position first ON first.i = l.label"
    )
    con.unregister("families_label")
