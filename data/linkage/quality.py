"""How good the links are, against truth: over pairs of clients, so that a wrong merge of large records counts fully."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from data.snapshot.tables import LINK_QUALITY


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
SELECT client, any_value(r.source) AS source, person, any_value(t.true_person) AS true_person,
       coalesce(bool_or(numbered), false) AS numbered
FROM read_parquet($identity) t
JOIN (SELECT client, source, local_id, bool_or(nhs_number IS NOT NULL OR upn IS NOT NULL) AS numbered
      FROM staged.person_record GROUP BY ALL) r ON r.source = t.source AND r.local_id = t.local_id::VARCHAR
JOIN person_link USING (client) GROUP BY client, person
"""

# Each client's groups. Ages come in bands of five years.
GROUPED = """
CREATE OR REPLACE TEMP TABLE linkage_group AS
WITH who AS (
    SELECT l.*, sex, ethnicity, date_sub('year', birth_date, $today::DATE) // 5 * 5 AS first
    FROM linkage_truth l LEFT JOIN read_parquet($person) USING (true_person)
), said AS (
    SELECT client, person, true_person, unnest([
        {'grouping': 'all', 'value': 'all'}, {'grouping': 'sex', 'value': sex},
        {'grouping': 'ethnicity', 'value': ethnicity},
        {'grouping': 'age', 'value': CASE WHEN first >= 0 THEN first || '-' || first + 4 END},
        {'grouping': 'source', 'value': source},
        {'grouping': 'numbers', 'value': CASE WHEN numbered THEN 'with' ELSE 'without' END}]) AS said
    FROM who
)
SELECT client, person, true_person, said.grouping AS grouping, said.value AS value FROM said
WHERE said.value IS NOT NULL
"""

EVERYBODY = """
CREATE OR REPLACE TEMP TABLE linkage_group AS
SELECT client, person, true_person, 'all' AS grouping, 'all' AS value FROM linkage_truth
"""
# Pairs within n are n(n-1)/2: no pair is listed. A pair is a group's if either of its clients is: all pairs of the set,
# less those of its clients who are of other groups.
BY_GROUP = """
WITH people AS (SELECT person AS key, count(*) AS n FROM linkage_truth GROUP BY ALL),
truths AS (SELECT true_person AS key, count(*) AS n FROM linkage_truth GROUP BY ALL),
both_ AS (SELECT person, true_person, count(*) AS n FROM linkage_truth GROUP BY ALL),
linked AS (
    SELECT grouping, value, sum((n * (n - 1) - (n - k) * (n - k - 1)) // 2) AS pairs
    FROM (SELECT person AS key, grouping, value, count(*) AS k FROM linkage_group GROUP BY ALL) JOIN people USING (key)
    GROUP BY ALL
), actual AS (
    SELECT grouping, value, sum((n * (n - 1) - (n - k) * (n - k - 1)) // 2) AS pairs
    FROM (SELECT true_person AS key, grouping, value, count(*) AS k FROM linkage_group GROUP BY ALL)
    JOIN truths USING (key) GROUP BY ALL
), correct AS (
    SELECT grouping, value, sum((n * (n - 1) - (n - k) * (n - k - 1)) // 2) AS pairs
    FROM (SELECT person, true_person, grouping, value, count(*) AS k FROM linkage_group GROUP BY ALL)
    JOIN both_ USING (person, true_person) GROUP BY ALL
)
SELECT grouping, value, l.pairs, a.pairs, c.pairs
FROM linked l JOIN actual a USING (grouping, value) JOIN correct c USING (grouping, value) ORDER BY grouping, value
"""
WRITE = """
INSERT INTO link_quality
SELECT grouping, value, c / greatest(l, 1), c / greatest(a, 1), 2 * c / greatest(l + a, 1), l, a, c
FROM ({rows}) AS figures (grouping, value, l, a, c) ORDER BY grouping, value
"""
ADOPTED = """
SELECT count(*) FROM read_parquet($adopted) a WHERE EXISTS (
    SELECT 1 FROM linkage_truth l JOIN linkage_truth r ON l.person = r.person
    WHERE l.true_person = a.before AND r.true_person = a.after)
"""


def quality(con: duckdb.DuckDBPyConnection, truth: Path) -> Quality:
    """Precision, recall and F1 over pairs of clients. ``truth`` is the city's ``truth/identity.parquet``."""
    con.execute(TRUTH, {"identity": str(truth)})
    con.execute(EVERYBODY)
    found = con.execute(BY_GROUP).fetchall()
    return _quality(*(int(n) for n in found[0][2:])) if found else _quality(0, 0, 0)


def quality_by_group(
    con: duckdb.DuckDBPyConnection, identity: Path, person: Path, today: date
) -> dict[str, dict[str, Quality]]:
    """Grouping -> group -> figures over the pairs of which a client is of the group; fills ``link_quality``.

    ``identity`` and ``person`` are the city's ``truth/*.parquet``. Groupings: all, sex, ethnicity, age (five years, at
    ``today``), source, and numbers (with or without an NHS number or UPN).
    """
    con.execute(TRUTH, {"identity": str(identity)})
    con.execute(GROUPED, {"person": str(person), "today": today})
    con.execute("DROP TABLE IF EXISTS link_quality")
    con.execute(LINK_QUALITY.ddl())
    con.execute(WRITE.format(rows=BY_GROUP))
    told: dict[str, dict[str, Quality]] = {}
    for grouping, value, *figures in con.execute('FROM link_quality ORDER BY grouping, "group"').fetchall():
        told.setdefault(grouping, {})[value] = Quality(*figures)
    return told


def adopted_linked(con: duckdb.DuckDBPyConnection, adopted: Path) -> int:
    """How many adopted children's two lives share a person; after ``quality``. Nought where the city has none."""
    return int(con.execute(ADOPTED, {"adopted": str(adopted)}).fetchall()[0][0]) if adopted.is_file() else 0


def _quality(linked: int, true: int, correct: int) -> Quality:
    precision, recall = correct / max(linked, 1), correct / max(true, 1)
    return Quality(precision, recall, 2 * correct / max(linked + true, 1), linked, true, correct)
