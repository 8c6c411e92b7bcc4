"""A model of benefit: into the draft of a snapshot, its page of facts beside, what truth says beside the truth."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from analytics.build import tables
from analytics.build.facts import FAMILY_COUNT, MEMBERS
from analytics.evaluation.evaluate import as_json
from analytics.evaluation.rows import Row, table
from analytics.features.catalogue import CATALOGUE
from analytics.matrix.matrix import Matrix
from analytics.models.bundle import FACTS_FILE, LIBRARIES, code_hash
from analytics.models.training import Families
from analytics.models.uplift_spec import UpliftSpec
from analytics.uplift.facts import given
from analytics.uplift.measure import LABEL, TRUTH
from analytics.uplift.run import UpliftResult, run
from data.home import Home
from data.snapshot.tables import CONTRIBUTION, EVALUATION, MODEL, SCORE


def publish(
    con: duckdb.DuckDBPyConnection,
    spec: UpliftSpec,
    matrices: Mapping[date, Matrix],
    home: Home,
    kept: Path | None,
) -> dict[str, Any]:
    """Run ``spec`` on the tables of the draft and write down what came of it; what the manifest says of it.

    ``kept`` is where the invented city's truth lies beside the snapshot, if there is any.
    """
    members = con.execute(MEMBERS).fetchall()
    families = Families(*(np.array([row[at] for row in members], np.int64) for at in (0, 1)))
    count = con.execute(FAMILY_COUNT, {"today": max(matrices)}).fetchall()[0][0]
    kinds = {name: feature.kinds for name, feature in CATALOGUE.items()}
    result = run(spec, given(con, spec, matrices, kinds, families, count, kept))
    tables.append(con, MODEL, model_table(result))
    tables.append(con, EVALUATION, table(spec.name, result.rows, (LABEL,)))
    tables.append(con, SCORE, result.scores)
    if result.contributions is not None:
        tables.append(con, CONTRIBUTION, result.contributions.table(spec.name))
    if kept is not None:
        table(spec.name, result.rows, (TRUTH,)).to_parquet(kept / f"evaluation-{spec.name}.parquet", index=False)
    _facts(result, home.made(home.models))
    return told(result)


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


def _facts(result: UpliftResult, folder: Path) -> None:
    """The page of facts about a model that learned something: declaration, variables, hashes, figures."""
    if result.model is None:
        return
    place = folder / f"{result.spec.name}-{result.version}"
    place.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = [row for row in result.rows if row.label == LABEL]
    figures = {name: value for name, value in told(result).items() if name != "seconds"} | as_json(rows)
    page = {
        "spec": result.spec.as_json(),
        "variables": list(result.names),
        "trained": result.trained.isoformat(),
        "code": code_hash(),
        "libraries": {name: version(name) for name in LIBRARIES} | {"python": platform.python_version()},
        "result": {"model": result.spec.name, "losses": dict(result.losses)} | figures,
    }
    (place / FACTS_FILE).write_text(json.dumps(page, indent=1, sort_keys=True) + "\n", encoding="utf-8")
