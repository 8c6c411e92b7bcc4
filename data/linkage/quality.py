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
SELECT (SELECT sum(n * (n - 1) // 2) FROM (SELECT count(*) AS n FROM linkage_truth GROUP BY person)),
       (SELECT sum(n * (n - 1) // 2) FROM (SELECT count(*) AS n FROM linkage_truth GROUP BY true_person)),
       (SELECT sum(n * (n - 1) // 2) FROM (SELECT count(*) AS n FROM linkage_truth GROUP BY person, true_person))
"""


def quality(con: duckdb.DuckDBPyConnection, truth: Path) -> Quality:
    """Precision, recall and F1 over pairs of clients. ``truth`` is the city's ``truth/identity.parquet``."""
    con.execute(TRUTH, {"truth": str(truth)})
    return _quality(*(int(n or 0) for n in con.execute(PAIRS).fetchall()[0]))


def _quality(linked: int, true: int, correct: int) -> Quality:
    precision, recall = correct / max(linked, 1), correct / max(true, 1)
    return Quality(precision, recall, 2 * correct / max(linked + true, 1), linked, true, correct)
