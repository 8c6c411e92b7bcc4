"""Rows of a file weighed against each other by Splink, with what the file itself teaches of its fields.

``u`` (how often two rows agree by chance) comes from random pairs of the file, ``m`` (how often one person's two rows
agree) from expectation maximisation on the pairs that share a strong field or both names, each of which teaches the
other fields. What the file doesn't teach, and a file of fewer than ``ENOUGH`` rows, is weighed with the parameters
that came with the project. Everything is seeded: the same file gives the same weights.
"""

from __future__ import annotations

import json
import logging
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray
from splink import DuckDBAPI, Linker

from data.linkage.cleaning import count
from data.linkage.cluster import Links
from data.linkage.file.compare import COLUMNS, comparisons, without_frequencies
from data.linkage.predict import hush
from data.linkage.settings import Comparison, Parameters, comparison_settings

SHIPPED = Path(__file__).with_name("parameters.json")
ENOUGH = 500
RANDOM_PAIRS, BLOCK_PAIRS, SEED = 4e5, 4e5, 20
# A share of what was shipped stays: a level that a file never met is rare, not impossible.
KEPT, LEAST = 0.02, 1e-6
# What pairs are taken by to learn how the other fields agree, the strongest first; two of them are enough.
TEACHERS = ("birth_text", "national_id", "nhs_number", "upn", "email", "phone", "uprn", "postcode")
NAMES = ("forename", "surname")
ENOUGH_PAIRS = 100
# Pairs below are nobody's: they count for nothing in how common true pairs are.
FLOOR = 1e-4
ROUNDS, MOST_ROWS_A_PERSON = 10, 20

Floats = NDArray[np.float64]


@cache
def shipped() -> Parameters:
    """The m and u probabilities that came with the project."""
    return json.loads(SHIPPED.read_text(encoding="utf-8"))["comparisons"]


def weigh(con: duckdb.DuckDBPyConnection) -> Links:
    """Weigh ``linkage.blocked``: the pairs of nodes that may be one person, and how sure that is."""
    # Which levels a file doesn't teach is no news to its owner.
    hush(logging.ERROR)
    for table in ("node", "blocked"):
        con.execute(f"CREATE OR REPLACE TEMP VIEW linkage_{table} AS FROM linkage.{table}")
    compared = comparisons(_present(con))
    rows = count(con, "linkage.node")
    if not compared:
        return Links(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0))
    if rows < ENOUGH:
        # A few rows don't tell which values are rare in the world.
        compared, parameters = tuple(without_frequencies(each) for each in compared), shipped()
    else:
        parameters = learned(con, compared, rows)
    api = DuckDBAPI(connection=con)
    linker = _linker(api, compared, parameters, rows)
    linker.table_management.register_blocked_pairs_for_predict(api.register("linkage_blocked"))
    found = linker.inference.predict(threshold_match_probability=FLOOR, warning_mode="never")
    pairs = con.execute(
        f"SELECT node_l, node_r, match_weight FROM {found.physical_name} ORDER BY node_l, node_r"
    ).fetchnumpy()
    linker.table_management.delete_tables_created_by_splink_from_db()
    left, right = (np.asarray(pairs[side], dtype=np.int64) for side in ("node_l", "node_r"))
    return Links(left, right, _probabilities(np.asarray(pairs["match_weight"], dtype=np.float64), rows))


def learned(con: duckdb.DuckDBPyConnection, compared: tuple[Comparison, ...], rows: int) -> Parameters:
    """What ``linkage.node`` teaches of the comparisons, from the shipped parameters on."""
    linker = _linker(DuckDBAPI(connection=con), compared, shipped(), rows)
    linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED, min_count_per_level=None)
    for rule in _teachers(con):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=BLOCK_PAIRS)
    model = linker.misc.save_model_to_json()["comparisons"]
    linker.table_management.delete_tables_created_by_splink_from_db()
    levels = {each["output_column_name"]: each["comparison_levels"] for each in model}
    return {
        each.name: [
            _level(level, stored) for level, stored in zip(levels[each.name][1:], shipped()[each.name], strict=True)
        ]
        for each in compared
    }


def _level(level: dict[str, Any], stored: dict[str, float]) -> dict[str, float]:
    m, u = level.get("m_probability"), level.get("u_probability")
    return {
        "m": max((1 - KEPT) * (stored["m"] if m is None else m) + KEPT * stored["m"], LEAST),
        "u": max(u or stored["u"], LEAST),
    }


def _teachers(con: duckdb.DuckDBPyConnection) -> list[str]:
    strong = [(column,) for column in TEACHERS]
    enough = [columns for columns in (*strong, NAMES) if _pairs(con, columns) >= ENOUGH_PAIRS]
    chosen = [columns for columns in enough if columns != NAMES][:2] + [c for c in enough if c == NAMES]
    return [" AND ".join(f"l.{column} = r.{column}" for column in columns) for columns in chosen]


def _pairs(con: duckdb.DuckDBPyConnection, columns: tuple[str, ...]) -> int:
    """Pairs of rows that agree in all these columns."""
    there = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    groups = f"SELECT count(*) AS n FROM linkage.node WHERE {there} GROUP BY {', '.join(columns)}"
    return int(con.execute(f"SELECT coalesce(sum(n * (n - 1) // 2), 0) FROM ({groups})").fetchall()[0][0])


def _present(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The comparisons of which some row holds something."""
    counted = ", ".join(f"count({column})" for column in COLUMNS.values())
    filled = con.execute(f"SELECT {counted} FROM linkage.node").fetchall()[0]
    return [name for name, n in zip(COLUMNS, filled, strict=True) if n]


def _linker(api: DuckDBAPI, compared: tuple[Comparison, ...], parameters: Parameters, rows: int) -> Linker:
    settings = {
        "link_type": "dedupe_only",
        "unique_id_column_name": "node",
        "comparisons": [comparison_settings(each, parameters[each.name]) for each in compared],
        "blocking_rules_to_generate_predictions": ["l.node = r.node"],
        "probability_two_random_records_match": _least_prior(rows),
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
    }
    return Linker(api.register("linkage_node"), settings, log_level=None, validate_settings=False)


def _least_prior(rows: int) -> float:
    """The chance that two random rows are one person, if each person had two."""
    return 1.0 / max(rows, 2)


def _probabilities(weight: Floats, rows: int) -> Floats:
    """Of weights on the least prior, with as many true pairs as the weights themselves say (a fixed point)."""
    prior = least = _least_prior(rows)
    odds = np.exp2(np.clip(weight, -60, 60)) / (least / (1 - least))
    for _ in range(ROUNDS if rows >= ENOUGH else 0):
        expected = _certainty(odds, prior).sum() / (rows * (rows - 1) / 2)
        prior = float(np.clip(expected, least, MOST_ROWS_A_PERSON * least))
    return _certainty(odds, prior)


def _certainty(odds: Floats, prior: float) -> Floats:
    posterior = odds * prior / (1 - prior)
    return posterior / (1 + posterior)
