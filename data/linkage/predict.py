"""Pairs of nodes weighed by Splink, and the pairs of entities that follow."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
from splink import DuckDBAPI, Linker

from data.linkage.settings import COMPARISONS, Parameters, splink_settings

SHIPPED = Path(__file__).with_name("parameters.json")

ENTITY_PAIR = """
CREATE OR REPLACE TABLE linkage.entity_pair AS
SELECT least(entity_l, entity_r) AS entity_l, greatest(entity_l, entity_r) AS entity_r,
       max(match_probability) AS probability
FROM linkage.predicted GROUP BY ALL
"""


@dataclass(frozen=True)
class Background:
    """The world that the records are only a part of: how many ``people`` it has.

    How frequent names are in it stands in ``linkage.background_forename`` and ``background_surname``.
    """

    people: int


@cache
def shipped_parameters() -> Parameters:
    """The m and u probabilities that came with the project, trained on the invented city."""
    return json.loads(SHIPPED.read_text(encoding="utf-8"))["comparisons"]


def linker_over(api: DuckDBAPI, parameters: Parameters, prior: float) -> Linker:
    """A Splink linker on ``linkage.node``, silent but for warnings."""
    hush()
    table = api.register("linkage_node")
    return Linker(table, splink_settings(parameters, prior), log_level=None, validate_settings=False)


def hush(level: int = logging.WARNING) -> None:
    """Let Splink, and what it is built on, speak of nothing below ``level``."""
    for library in ("splink", "sqlglot"):
        logging.getLogger(library).setLevel(level)


def prior_of(entities: int) -> float:
    """The chance that two random nodes are one person: one in as many as there are entities."""
    return 1.0 / max(entities, 2)


def predict(
    con: duckdb.DuckDBPyConnection, parameters: Parameters, floor: float, background: Background | None = None
) -> None:
    """Weigh ``linkage.blocked``; write ``linkage.predicted`` (pairs from ``floor`` up) and ``linkage.entity_pair``.

    With a ``background``, chances and frequencies are those of the whole that the records are a part of.
    """
    entities = con.execute("SELECT count(DISTINCT entity) FROM linkage.node").fetchall()[0][0]
    expose(con)
    api = DuckDBAPI(connection=con)
    linker = linker_over(api, parameters, prior_of(max(entities, background.people if background else 0)))
    for name in ("forename", "surname") if background else ():
        con.execute(f"CREATE OR REPLACE TEMP VIEW linkage_background_{name} AS FROM linkage.background_{name}")
        linker.table_management.register_term_frequency_lookup(api.register(f"linkage_background_{name}"), name)
    linker.table_management.register_blocked_pairs_for_predict(api.register("linkage_blocked"))
    found = linker.inference.predict(threshold_match_probability=floor, warning_mode="never")
    con.execute(f"CREATE OR REPLACE TABLE linkage.predicted AS SELECT * FROM {found.physical_name}")
    linker.table_management.delete_tables_created_by_splink_from_db()
    con.execute(ENTITY_PAIR)


def expose(con: duckdb.DuckDBPyConnection) -> None:
    """Splink 5.0.0 finds no columns of a table whose name is qualified by a schema: give it views."""
    for table in ("node", "blocked"):
        con.execute(f"CREATE OR REPLACE TEMP VIEW linkage_{table} AS FROM linkage.{table}")


def parts_sql() -> str:
    """SQL for a JSON object of the log2 weight of each comparison, term frequency included, rounded to 0.01."""
    terms = [_part(comparison.name, any(level.frequency for level in comparison.levels)) for comparison in COMPARISONS]
    return f"json_object({', '.join(terms)})::VARCHAR"


def _part(name: str, frequency: bool) -> str:
    total = f"mw_{name} + mw_tf_adj_{name}" if frequency else f"mw_{name}"
    return f"'{name}', round({total}, 2)"
