"""Parameters of the linkage model: learned once, kept as JSON, and shipped with the project.

``u`` (how often two different people agree by chance) comes from random pairs, ``m`` (how often one person's two
entities agree) from expectation maximisation on two blocks, each of which leaves out the fields it blocks on. Only
pairs of different entities count, because those are the pairs that will be weighed: what a number or an identical
record already links teaches nothing about the rest. Splink 5 does the estimating; figures are rounded so that a rerun
writes the same file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
from splink import DuckDBAPI, Linker

from data.linkage.predict import expose, linker_over, prior_of
from data.linkage.settings import COMPARISONS, Parameters

NAMES = tuple(comparison.name for comparison in COMPARISONS)

# Names are compared with each other (swapped), so a block on either would leave neither to be learned.
BLOCKS = (
    "l.birth_text = r.birth_text AND list_has_any(l.postcodes, r.postcodes) AND l.entity <> r.entity",
    "l.forename = r.forename AND l.surname = r.surname AND l.entity <> r.entity",
)
RANDOM_PAIRS = 3e6
BLOCK_PAIRS = 2e6
SEED = 20
LEAST = 1e-7  # a level that the sample never met is rare, not impossible


def train(con: duckdb.DuckDBPyConnection, start: Parameters) -> Parameters:
    """Parameters learned from ``linkage.node`` (written by ``link``), from ``start`` on."""
    entities = con.execute("SELECT count(DISTINCT entity) FROM linkage.node").fetchall()[0][0]
    expose(con)
    linker = linker_over(DuckDBAPI(connection=con), start, prior_of(entities))
    linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED, min_count_per_level=None)
    for block in BLOCKS:
        linker.training.estimate_parameters_using_expectation_maximisation(block, max_pairs=BLOCK_PAIRS)
    learned = _read(linker)
    linker.table_management.delete_tables_created_by_splink_from_db()
    return learned


def save(parameters: Parameters, path: Path, about: str) -> None:
    """Write the artefact; ``about`` says what it was learned from."""
    path.write_text(json.dumps({"about": about, "comparisons": parameters}, indent=1) + "\n", encoding="utf-8")


def _read(linker: Linker) -> Parameters:
    model = linker.misc.save_model_to_json()["comparisons"]
    declared = {comparison["output_column_name"]: comparison["comparison_levels"] for comparison in model}
    return {name: [_level(level) for level in declared[name] if not level.get("is_null_level")] for name in NAMES}


def _level(level: dict[str, Any]) -> dict[str, float]:
    return {side: float(f"{max(level.get(f'{side}_probability') or 0, LEAST):.4g}") for side in ("m", "u")}
