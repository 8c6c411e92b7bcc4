"""Families: children who grew up together, with those who brought them up; other adults by household.

Children are one family when they share a parent and ever shared a home, when one lived with the other's parent too, or
when a shared home is borne out (see ``relationships``). A home shared only while one of them was in a placement does
not count, so that a looked-after child stays with the birth family and no foster family is tied to it. An adult may
belong to two families, as parents do who part and have children with others.
"""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd

from data.families.households import FOREVER
from data.linkage.cleaning import count
from data.linkage.cluster import components
from data.linkage.persist import LARGEST
from data.snapshot.tables import FAMILY, FAMILY_MEMBER

GROWN = 18

# Whoever was under 18 on some day of recorded history. It begins when half of the sources had begun: some go back
# further in part (a birth is told of whoever lives, a tenancy since it was let).
CHILD = f"""
CREATE OR REPLACE TABLE families.child AS
WITH began AS (SELECT source, min(known_on) AS day FROM staged.event WHERE corrected_on IS NULL GROUP BY source),
first AS (SELECT coalesce(quantile_disc(day, 0.5), DATE '1900-01-01') AS day FROM began)
SELECT person, birth_date FROM person, first WHERE birth_date + INTERVAL {GROWN} YEAR > first.day
"""

# Kin who shared no known home still belong together when a placement, or the lack of any address, explains it.
TIE = """
CREATE OR REPLACE TABLE families.tie AS
WITH kin AS (
    SELECT DISTINCT a.person, b.person AS other
    FROM families.parent a JOIN families.parent b ON a.other = b.other AND a.person < b.person
), excused AS (
    SELECT person FROM families.placed
    UNION SELECT person FROM families.child ANTI JOIN families.home USING (person)
)
SELECT person, other FROM kin SEMI JOIN families.home USING (person, other)
UNION SELECT person, other FROM kin WHERE person IN (FROM excused) OR other IN (FROM excused)
UNION
SELECT least(h.person, p.person), greatest(h.person, p.person)
FROM families.home h JOIN families.parent p ON p.other = h.other AND p.person <> h.person
JOIN families.home t ON t.person = h.person AND t.other = p.person WHERE h.borne_out
UNION SELECT person, other FROM families.home WHERE person < other AND borne_out
"""

MEMBER = """
CREATE OR REPLACE TABLE families.member AS
WITH brought_up AS (
    SELECT g."group", p.other AS person FROM families.grouped g JOIN families.parent p USING (person)
    UNION SELECT g."group", h.other FROM families.grouped g JOIN families.home h USING (person)
    WHERE h.borne_out AND h.other NOT IN (SELECT person FROM families.child)
)
SELECT "group", person, 'child' AS role FROM families.grouped
UNION SELECT "group", person, 'adult' FROM brought_up ANTI JOIN families.grouped USING ("group", person)
UNION SELECT "group", person, 'adult' FROM families.grouped_adult
"""

# A family keeps the number that the last snapshot gave to most of its members, children before adults, if no other has
# more of those. A new one's comes of its eldest child (its eldest adult where it has none).
NUMBERED = f"""
CREATE OR REPLACE TABLE families.numbered AS
WITH shared AS (
    SELECT m."group", b.family, sum(CASE WHEN m.role = 'child' THEN 100 ELSE 1 END) AS common
    FROM families.member m JOIN families.before b USING (person) GROUP BY ALL
), kept AS (
    SELECT "group", family FROM shared
    QUALIFY row_number() OVER (PARTITION BY "group" ORDER BY common DESC, family) = 1
        AND row_number() OVER (PARTITION BY family ORDER BY common DESC, "group") = 1
), eldest AS (
    SELECT "group", person FROM families.member JOIN person USING (person)
    ANTI JOIN kept USING ("group")
    QUALIFY row_number() OVER (PARTITION BY "group" ORDER BY role DESC, birth_date NULLS LAST, person) = 1
), new AS (
    SELECT "group", (md5_number_lower('family' || person) & {LARGEST})::BIGINT AS family,
           (md5_number_lower('another family' || person) & {LARGEST})::BIGINT AS other FROM eldest
)
FROM kept UNION ALL
SELECT "group", CASE WHEN k.family IS NULL THEN n.family ELSE other END
FROM new n LEFT JOIN (SELECT family FROM kept) k USING (family)
"""

WRITE_FAMILIES = """
INSERT INTO family
WITH named AS (
    SELECT "group", surname, count(*) AS n FROM families.member JOIN person USING (person) WHERE surname IS NOT NULL
    GROUP BY "group", surname QUALIFY row_number() OVER (PARTITION BY "group" ORDER BY n DESC, surname) <= 3
), joined AS (
    SELECT "group", string_agg(surname, ' / ' ORDER BY n DESC, surname) AS name FROM named GROUP BY "group"
), lived AS (
    SELECT "group", ward, count(*) AS n FROM families.member JOIN person USING (person) WHERE ward IS NOT NULL
    GROUP BY "group", ward QUALIFY row_number() OVER (PARTITION BY "group" ORDER BY n DESC, ward) = 1
)
SELECT family, name, ward FROM families.numbered LEFT JOIN joined USING ("group") LEFT JOIN lived USING ("group")
ORDER BY family
"""

# From the first day with anybody else of the family, or the day that kinship was known; children's never ends.
WRITE_MEMBERS = f"""
INSERT INTO family_member
WITH dated AS (
    SELECT m."group", m.person, min(h."from") AS "from", max(coalesce(h."to", {FOREVER})) AS "to"
    FROM families.member m JOIN families.home_mate h ON h.person = m.person
    JOIN families.member o ON o."group" = m."group" AND o.person = h.other GROUP BY ALL
), known AS (
    SELECT person, min(known_on) AS day FROM
    (SELECT person, known_on FROM families.parent UNION ALL SELECT other, known_on FROM families.parent) GROUP BY person
)
SELECT family, m.person, m.role,
       CASE WHEN m.role = 'child' THEN greatest(p.birth_date, coalesce(least(d."from", k.day), p.birth_date))
            ELSE least(d."from", k.day) END,
       CASE WHEN m.role = 'adult' THEN nullif(d."to", {FOREVER}) END
FROM families.member m JOIN families.numbered USING ("group") JOIN person p USING (person)
LEFT JOIN dated d ON d."group" = m."group" AND d.person = m.person LEFT JOIN known k ON k.person = m.person
ORDER BY ALL
"""

CHILD_TIES = """
SELECT t.person, other FROM families.tie t SEMI JOIN families.child USING (person)
WHERE other IN (SELECT person FROM families.child)
"""

# Adults who bring up none of the children.
OTHER_ADULT = """
CREATE OR REPLACE TABLE families.other_adult AS
SELECT person FROM person ANTI JOIN families.child USING (person)
EXCEPT SELECT p.other FROM families.parent p SEMI JOIN families.child USING (person)
EXCEPT SELECT h.other FROM families.home h SEMI JOIN families.child USING (person) WHERE borne_out
"""
ADULT_TIES = """
SELECT person, other FROM families.home
WHERE borne_out AND person IN (FROM families.other_adult) AND other IN (FROM families.other_adult)
"""


def write_families(con: duckdb.DuckDBPyConnection, previous: pd.DataFrame | None = None) -> int:
    """Write ``family`` and ``family_member`` from ``person`` and the tables of ``relationships``; how many families.

    ``previous``: who was in which family in the last snapshot (family, person), whose numbers are kept.
    """
    _remember(con, previous)
    for sql in (CHILD, TIE):
        con.execute(sql)
    _group(con, "SELECT person FROM families.child", CHILD_TIES, "grouped")
    con.execute(OTHER_ADULT)
    _group(con, "FROM families.other_adult", ADULT_TIES, "grouped_adult")
    con.execute(MEMBER)
    con.execute(NUMBERED)
    for table, fill in ((FAMILY, WRITE_FAMILIES), (FAMILY_MEMBER, WRITE_MEMBERS)):
        con.execute(f"DROP TABLE IF EXISTS {table.name}")
        con.execute(table.ddl())
        con.execute(fill)
    return count(con, "family")


def _group(con: duckdb.DuckDBPyConnection, people: str, ties: str, table: str) -> None:
    """Write ``families.<table>`` (group, person): who is joined to whom by ties; a group is its smallest person."""
    found = con.execute(f"SELECT person FROM ({people}) ORDER BY person").fetchnumpy()
    numbers = np.asarray(found["person"], dtype=np.int64)
    pairs = con.execute(f"SELECT person, other FROM ({ties})").fetchnumpy()
    left, right = (np.searchsorted(numbers, np.asarray(pairs[side], dtype=np.int64)) for side in ("person", "other"))
    label = components(len(numbers), left, right)
    con.register("families_group", pd.DataFrame({"group": numbers[label], "person": numbers}))
    con.execute(f"CREATE OR REPLACE TABLE families.{table} AS FROM families_group")
    con.unregister("families_group")


def _remember(con: duckdb.DuckDBPyConnection, previous: pd.DataFrame | None) -> None:
    """``families.before`` (family, person): the previous snapshot's members, none if there was no snapshot."""
    con.execute("CREATE OR REPLACE TABLE families.before (family BIGINT, person BIGINT)")
    if previous is not None:
        con.register("families_previous", previous[["family", "person"]])
        con.execute("INSERT INTO families.before SELECT DISTINCT family, person FROM families_previous")
        con.unregister("families_previous")
