"""One model of risk, from its inputs to its rows in the draft, its file, and what the build's report says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from analytics.build import before, tables
from analytics.casework import space
from analytics.drift.measure import Drift, drift
from analytics.fairness.proxies import proxies
from analytics.missed import publish as missed
from analytics.models.bundle import save
from analytics.models.inputs import Inputs
from analytics.models.pipeline import run
from analytics.models.result import ModelResult
from analytics.models.spec import ModelSpec
from data.home import Home
from data.lanes import Turn
from data.snapshot.tables import (
    CHALLENGER,
    CONTRIBUTION,
    DRIFT,
    EVALUATION,
    MODEL,
    MODEL_DRIFT,
    PROXY,
    SCORE,
)


def publish(
    home: Home,
    city: Mapping[str, Any],
    spec: ModelSpec,
    given: Inputs,
    number: int,
    kept: Path | None,
    con: duckdb.DuckDBPyConnection,
    turn: Turn,
) -> dict[str, Any]:
    """Train, measure and explain; write when it is this model's ``turn``. What the report says of it.

    Where an approved version goes on scoring, the search for similar cases is the newcomer's: it knows the newest cases
    and shows no number. ``number``: the snapshot's; ``kept``: where what truth says is kept, if there is a truth.
    """
    given = replace(given, champion=before.champion(home, city, spec.name))
    result = run(spec, given)
    moved = drift(spec, given, result)
    looked_back = [*missed.tables(con, result, given), (PROXY, proxies(result, given))]
    with turn:
        _publish(con, result, home, kept)
        for table, rows in looked_back:
            tables.append(con, table, rows)
        _publish_drift(con, moved)
        space.publish(con, home, number, result.challenger or result, given.matrices)
    told = _told(result) | {"drift": moved and moved.verdict.state}
    return told if result.challenger is None else told | {"challenger": _told(result.challenger)}


def _told(result: ModelResult) -> dict[str, Any]:
    return {
        "version": result.version,
        "state": result.state,
        "reason": result.reason,
        "estimator": result.estimator,
        "capacity": result.capacity,
        "evaluated_at": None if result.evaluated_at is None else str(result.evaluated_at),
        "seconds": result.seconds,
    }


def _publish(con: duckdb.DuckDBPyConnection, result: ModelResult, home: Home, kept: Path | None) -> None:
    """The model's rows into the draft, the file that was trained beside, and what truth says of it beside the truth."""
    name = result.spec.name
    tables.append(con, MODEL, result.model_table())
    newcomer = result.challenger or result
    if result.challenger is not None:
        tables.append(con, CHALLENGER, result.challenger.model_table())
    tables.append(con, EVALUATION, result.evaluation_table())
    tables.append(con, SCORE, result.scores)
    if result.contributions is not None:
        tables.append(con, CONTRIBUTION, result.contributions.table(name))
    if newcomer.model is not None:
        save(newcomer, home.made(home.models))
    if kept is not None:
        result.evaluation_table(("truth",)).to_parquet(kept / f"evaluation-{name}.parquet", index=False)


def _publish_drift(con: duckdb.DuckDBPyConnection, moved: Drift | None) -> None:
    """What moved of a model, and the verdict on it; nothing for one that learned nothing."""
    if moved is not None:
        tables.append(con, DRIFT, moved.rows)
        tables.append(con, MODEL_DRIFT, moved.verdict_table())
