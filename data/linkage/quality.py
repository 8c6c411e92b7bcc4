"""How good the links are, against truth: over pairs of clients, so that a wrong merge of large records counts fully."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True)
class Quality:
    """Pairwise figures: of the pairs linked, how many are right; of the right pairs, how many are linked."""

    precision: float
    recall: float
    f1: float
    linked: int
    true: int
    correct: int


TRUTH = """
CREATE OR REPLACE TEMP TABLE linkage_truth AS
SELECT DISTINCT client, person, t.true_person FROM read_parquet($truth) t
JOIN (SELECT DISTINCT client, source, local_id FROM staged.person_record) r
  ON r.source = t.source AND r.local_id = t.local_id::VARCHAR
JOIN person_link USING (client)
"""

# Pairs within a group of n are n(n-1)/2: no pair is listed.
PAIRS = """
SELECT (SELECT sum(n * (n - 1) // 2) FROM (SELECT count(*) AS n FROM {counted} GROUP BY person)),
       (SELECT sum(n * (n - 1) // 2) FROM (SELECT count(*) AS n FROM {counted} GROUP BY true_person)),
       (SELECT sum(n * (n - 1) // 2) FROM (SELECT count(*) AS n FROM {counted} GROUP BY person, true_person))
"""


def quality(con: duckdb.DuckDBPyConnection, truth: Path) -> Quality:
    """Precision, recall and F1 over pairs of clients. ``truth`` is the city's ``truth/identity.parquet``."""
    con.execute(TRUTH, {"truth": str(truth)})
    return _figures(con, "linkage_truth")


GROUPS = """
CREATE OR REPLACE TEMP TABLE linkage_group AS
SELECT true_person, sex, ethnicity,
       CASE WHEN birth_date > latest - INTERVAL 18 YEAR THEN 'child' ELSE 'adult' END AS age
FROM read_parquet($person), (SELECT max(birth_date) AS latest FROM read_parquet($person))
"""

# A pair counts in a group when either of its clients is truly of it, so that a wrong merge counts in both groups.
OF_GROUP = """
CREATE OR REPLACE TEMP TABLE linkage_counted AS
SELECT t.*, {grouping} = $value AS inside FROM linkage_truth t LEFT JOIN linkage_group USING (true_person)
WHERE person IN (
    SELECT person FROM linkage_truth JOIN linkage_group USING (true_person) WHERE {grouping} = $value)
   OR true_person IN (SELECT true_person FROM linkage_group WHERE {grouping} = $value)
"""


def quality_by_group(con: duckdb.DuckDBPyConnection, truth: Path, person: Path) -> dict[str, dict[str, Quality]]:
    """The same by ``sex``, ``ethnicity`` and ``age`` of the true people in ``truth/person.parquet`` (``person``)."""
    con.execute(TRUTH, {"truth": str(truth)})
    con.execute(GROUPS, {"person": str(person)})
    return {grouping: _by(con, grouping) for grouping in ("sex", "ethnicity", "age")}


def _by(con: duckdb.DuckDBPyConnection, grouping: str) -> dict[str, Quality]:
    sql = f"SELECT DISTINCT {grouping} FROM linkage_group WHERE {grouping} IS NOT NULL ORDER BY 1"
    found = {}
    for (value,) in con.execute(sql).fetchall():
        con.execute(OF_GROUP.format(grouping=grouping), {"value": value})
        found[value] = _less(_figures(con, "linkage_counted"), _figures(con, "(FROM linkage_counted WHERE NOT inside)"))
    return found


def _less(all_pairs: Quality, outside: Quality) -> Quality:
    """Pairs with at least one end inside: all pairs less those with both ends outside."""
    return _quality(
        all_pairs.linked - outside.linked, all_pairs.true - outside.true, all_pairs.correct - outside.correct
    )


def _figures(con: duckdb.DuckDBPyConnection, counted: str) -> Quality:
    return _quality(*(int(n or 0) for n in con.execute(PAIRS.format(counted=counted)).fetchall()[0]))


def _quality(linked: int, true: int, correct: int) -> Quality:
    precision, recall = correct / max(linked, 1), correct / max(true, 1)
    return Quality(precision, recall, 2 * correct / max(linked + true, 1), linked, true, correct)
