"""What linkage tells of itself: how the pairs weighed, and what each degree of agreement weighs."""

from __future__ import annotations

from math import log2

import duckdb

from data.linkage.predict import prior_of
from data.linkage.settings import COMPARISONS, VETO, Parameters
from data.snapshot.tables import LINK_HISTOGRAM, LINK_PARAMETER, LINK_QUALITY

HISTOGRAM = """
INSERT INTO link_histogram
WITH weighed AS (
    SELECT entity_l, entity_r, max(match_weight) AS weight FROM linkage.predicted GROUP BY ALL
)
SELECT floor(weight)::INTEGER, count(*), count(*) FILTER (l.label = r.label)
FROM weighed JOIN linkage.joined l ON l.i = entity_l JOIN linkage.joined r ON r.i = entity_r
GROUP BY 1 ORDER BY 1
"""


def write_weights(con: duckdb.DuckDBPyConnection, parameters: Parameters) -> None:
    """Write ``link_histogram`` and ``link_parameter``, and an empty ``link_quality`` for whoever knows the truth."""
    for table in (LINK_HISTOGRAM, LINK_PARAMETER, LINK_QUALITY):
        con.execute(f"DROP TABLE IF EXISTS {table.name}")
        con.execute(table.ddl())
    con.execute(HISTOGRAM)
    entities = con.execute("SELECT count(DISTINCT entity) FROM linkage.node").fetchall()[0][0]
    con.executemany("INSERT INTO link_parameter VALUES (?, ?, ?, ?, ?, ?, ?)", weights(parameters, prior_of(entities)))


Row = tuple[str, int, str, float | None, float | None, float, bool]


def weights(parameters: Parameters, prior: float) -> list[Row]:
    """Rows of ``link_parameter``: the weight that a pair starts from, and that of every level as Splink is given it."""
    rows: list[Row] = [("prior", 0, "any two people", None, None, log2(prior / (1 - prior)), False)]
    for comparison in COMPARISONS:
        for number, (level, value) in enumerate(zip(comparison.levels, parameters[comparison.name], strict=True)):
            m = VETO if level.veto else value["m"]
            weight = 0.0 if level.neutral else log2(m / value["u"])
            rows.append((comparison.name, number, level.said, m, value["u"], weight, level.frequency is not None))
    return rows
