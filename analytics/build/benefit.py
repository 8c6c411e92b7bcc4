"""A model of benefit: into the draft of a snapshot, its file beside, what truth says beside the truth."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from analytics.build import tables
from analytics.build.facts import FAMILY_COUNT, MEMBERS
from analytics.build.truth import spared
from analytics.evaluation.evaluate import as_json
from analytics.evaluation.rows import Row, table
from analytics.features.catalogue import CATALOGUE
from analytics.matrix.matrix import Matrix
from analytics.models.bundle import write
from analytics.models.folds import Folded
from analytics.models.result import Contributions
from analytics.models.training import Families
from analytics.models.uplift_spec import UpliftSpec
from analytics.uplift.facts import given, open_today
from analytics.uplift.measure import LABEL, TRUTH
from analytics.uplift.run import UpliftResult, contributions, run, scores
from data.home import Home
from data.snapshot.tables import CONTRIBUTION, EVALUATION, MODEL, SCORE


def publish(
    spec: UpliftSpec,
    matrices: Mapping[date, Matrix],
    home: Home,
    kept: Path | None,
    con: duckdb.DuckDBPyConnection,
    turn: AbstractContextManager[Any] | None = None,
) -> dict[str, Any]:
    """Run ``spec`` on the tables of the draft and write down what came of it; what the manifest says of it.

    ``kept`` is where the invented city's truth lies beside the snapshot, if there is any. ``turn`` is entered to write.
    """
    kinds = {name: feature.kinds for name, feature in CATALOGUE.items()}
    real = None if kept is None else spared(con, kept)
    result = run(spec, given(con, spec, matrices, kinds, *families(con, max(matrices)), real))
    with turn or nullcontext():
        tables.append(con, MODEL, model_table(result))
        tables.append(con, EVALUATION, table(spec.name, result.rows, (LABEL,)))
        tables.append(con, SCORE, result.scores)
        if result.contributions is not None:
            tables.append(con, CONTRIBUTION, result.contributions.table(spec.name))
        if kept is not None:
            table(spec.name, result.rows, (TRUTH,)).to_parquet(kept / f"evaluation-{spec.name}.parquet", index=False)
        if result.model is not None:
            write(home.made(home.models), result, {"model": result.model}, _figures(result))
    return told(result)


def families(con: duckdb.DuckDBPyConnection, today: date) -> tuple[Families, int]:
    """The family of each person, and how many families the city has."""
    members = con.execute(MEMBERS).fetchall()
    count = con.execute(FAMILY_COUNT, {"today": today}).fetchall()[0][0]
    return Families(*(np.array([row[at] for row in members], np.int64) for at in (0, 1))), int(count)


def scored_again(
    con: duckdb.DuckDBPyConnection,
    spec: UpliftSpec,
    matrix: Matrix,
    model: Folded,
    names: tuple[str, ...],
    version: str,
) -> tuple[pd.DataFrame, Contributions]:
    """The rows of ``score`` once more, and what each indicator adds; ``matrix`` has everybody of the latest day."""
    every, count = families(con, matrix.as_of)
    why = contributions(open_today(con, spec, matrix).select(names), every, model)
    return scores(spec, version, why, spec.capacity.of(count)), why


def _figures(result: UpliftResult) -> dict[str, Any]:
    """What its page of facts tells of its run: never the truth."""
    rows: list[Row] = [row for row in result.rows if row.label == LABEL]
    named = {name: value for name, value in told(result).items() if name != "seconds"}
    return {"model": result.spec.name, "losses": dict(result.losses)} | named | as_json(rows)


def model_table(result: UpliftResult) -> pd.DataFrame:
    """The one row of the snapshot's ``model``."""
    row = (result.spec.name, result.version, result.estimator, result.state.value, result.reason, result.trained)
    columns = "model version estimator state reason trained spec".split()
    return pd.DataFrame([(*row, json.dumps(result.spec.as_json(), sort_keys=True))], columns=columns)


def told(result: UpliftResult) -> dict[str, Any]:
    """What the manifest says of a run."""
    offered, waiting = result.arms
    return {
        "version": result.version,
        "state": result.state.value,
        "reason": result.reason,
        "estimator": result.estimator,
        "capacity": result.capacity,
        "evaluated_at": str(result.trained) if result.rows else None,
        "arms": {"offered": offered, "waiting": waiting},
        "seconds": result.seconds,
    }
