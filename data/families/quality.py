"""How right kinship is, against truth: over ordered pairs of people, by kind of tie."""

from __future__ import annotations

from pathlib import Path

import duckdb

from data.linkage.quality import Quality

# A linked person stands for the true person that most of their clients are of.
STAND_FOR = """
CREATE OR REPLACE TEMP TABLE kin_person AS
WITH shared AS (
    SELECT t.true_person, l.person, count(DISTINCT r.client) AS clients
    FROM read_parquet($identity) t JOIN staged.person_record r
      ON r.source = t.source AND r.local_id = t.local_id::VARCHAR
    JOIN person_link l USING (client) GROUP BY ALL
)
SELECT person, true_person FROM shared
QUALIFY row_number() OVER (PARTITION BY person ORDER BY clients DESC, true_person) = 1
"""

# A partner who came later is a step-parent of the family's children: the truth says so by role.
TRUE_TIE = """
CREATE OR REPLACE TEMP TABLE kin_true AS
SELECT DISTINCT true_person, other, CASE kind WHEN 'sibling' THEN 'brother or sister' ELSE kind END AS kind
FROM read_parquet($relationship) WHERE kind IN ('parent', 'sibling')
UNION
SELECT c.true_person, p.true_person, 'step-parent'
FROM read_parquet($person) c JOIN read_parquet($person) p ON p.family = c.family AND p.role = 'partner'
WHERE c.role = 'child'
"""

FOUND_TIE = """
CREATE OR REPLACE TEMP TABLE kin_found AS
SELECT DISTINCT a.true_person, b.true_person AS other, r.source = 'derived' AS derived,
       CASE WHEN r.kind = 'sibling' THEN 'brother or sister' WHEN manner = 'step' THEN 'step-parent' ELSE r.kind END
           AS kind
FROM relationship r JOIN kin_person a ON a.person = r.person JOIN kin_person b ON b.person = r.other
WHERE r.kind = 'parent' OR (r.kind = 'sibling' AND manner IS DISTINCT FROM 'step')
"""

# Nobody can be found of whom no source ever wrote; a step-parent, where both were never written at one address.
COUNTED = """
SELECT kind, (SELECT count(DISTINCT (true_person, other)) FROM kin_found f WHERE f.kind = k.kind {derived}),
       (SELECT count(*) FROM kin_true t WHERE t.kind = k.kind AND t.true_person IN (SELECT true_person FROM kin_person)
                                          AND t.other IN (SELECT true_person FROM kin_person)),
       (SELECT count(DISTINCT (f.true_person, f.other))
        FROM kin_found f JOIN kin_true t USING (true_person, other, kind) WHERE f.kind = k.kind {derived})
FROM (SELECT DISTINCT kind FROM kin_true) k ORDER BY kind
"""


def kinship(con: duckdb.DuckDBPyConnection, truth: Path) -> dict[str, Quality]:
    """Precision and recall of parents, step-parents, brothers and sisters; those that no source states apart too.

    ``truth`` is the invented city's folder. Of ties put together from records (``derived ...``) recall is of all true
    ones, stated or not.
    """
    files = {name: str(truth / f"{name}.parquet") for name in ("identity", "relationship", "person")}
    con.execute(STAND_FOR, {"identity": files["identity"]})
    con.execute(TRUE_TIE, {"relationship": files["relationship"], "person": files["person"]})
    con.execute(FOUND_TIE)
    found = {kind: _quality(*counts) for kind, *counts in con.execute(COUNTED.format(derived="")).fetchall()}
    derived = con.execute(COUNTED.format(derived="AND derived")).fetchall()
    return found | {f"derived {kind}": _quality(*counts) for kind, *counts in derived}


def _quality(linked: int, true: int, correct: int) -> Quality:
    f1 = 2 * correct / max(linked + true, 1)
    return Quality(correct / max(linked, 1), correct / max(true, 1), f1, linked, true, correct)
