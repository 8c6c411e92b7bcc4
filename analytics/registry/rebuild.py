"""Any stored score once more, from the events of its snapshot and the model's file: the same, bit for bit, or not.

    events known at the as-of date -> indicators of everybody -> the model that never saw the family -> chance, place

Everybody of the day is scored again, since a rank, a band and a percentile are told among others. What comes out is
held against what is stored: the indicators, the score's row, and at the latest date its parts.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from analytics.build.benefit import scored_again
from analytics.build.facts import inputs
from analytics.build.indicators import every_date
from analytics.features.catalogue import CATALOGUE, catalogue_hash
from analytics.matrix.matrix import Matrix
from analytics.models.bundle import code_hash, libraries, read
from analytics.models.champion import Fitted
from analytics.models.inputs import Job
from analytics.models.result import Contributions
from analytics.models.scoring import contributions_today, scores_at
from analytics.models.spec import ModelSpec
from analytics.models.specs import SPECS, UPLIFTS
from analytics.models.uplift_spec import UpliftSpec
from analytics.registry.stored import Parts, Stored
from data.home import Home
from data.snapshot.engine import StoreError


@dataclass(frozen=True)
class Rebuilt:
    """The score once more. ``differs`` names what is not the same to the last bit; empty where all is.

    ``changed`` names what is no longer as it was when the score was made: code, catalogue, libraries, declaration.
    """

    stored: Stored
    score: dict[str, Any]
    parts: Parts
    values: dict[str, float]
    differs: tuple[str, ...]
    changed: tuple[str, ...]
    used: dict[str, Any]


def rebuild(con: duckdb.DuckDBPyConnection, home: Home, found: Stored) -> Rebuilt:
    """Make ``found`` again. Raises `StoreError` where the model's file is gone or not the one that was written."""
    today: Contributions | None
    parts, facts = _read(home.models / f"{found.id.model}-{found.version}")
    spec = _declared(found, facts)
    made = every_date(con, found.today, only=(found.as_of, found.today))
    names = tuple(facts["variables"])
    with threadpool_limits(1):
        if isinstance(spec, UpliftSpec):
            rows, today = scored_again(con, spec, made[found.as_of], parts["model"], names, found.version)
        else:
            fitted = Fitted(parts["model"], parts["calibration"], parts["similarity"])
            rows, today = _scored(con, found, spec, made, fitted, names)
    score, amounts = _one(found, rows, today)
    everything = made[found.as_of]
    at = everything.rows(everything.people == found.id.person)
    values = dict(zip(at.names, at.values[0].tolist(), strict=True)) if len(at.people) else {}
    differs = (*_indicators(found, values), *_row(found.score, score), *_parts(found.parts, amounts))
    changed = tuple(_changed(found, spec, facts))
    return Rebuilt(found, score, amounts, values, differs, changed, _used(con, found, facts))


def _read(place: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    try:
        return read(place)
    except FileNotFoundError:
        raise StoreError(f"the model's file is not there: {place.name}") from None
    except ValueError as error:
        raise StoreError(str(error)) from None


def _declared(found: Stored, facts: Mapping[str, Any]) -> ModelSpec | UpliftSpec:
    spec = SPECS.get(found.id.model) or UPLIFTS.get(found.id.model)
    if spec is None or any(name not in CATALOGUE for name in facts["variables"]):
        raise StoreError(f"{found.id.model} is no longer declared here, or reads indicators that are not")
    return spec


def _scored(
    con: duckdb.DuckDBPyConnection, found: Stored, spec: ModelSpec, made: dict[date, Matrix], fitted: Fitted,
    names: tuple[str, ...],
) -> tuple[pd.DataFrame, Contributions | None]:  # fmt: skip
    """Rows of ``score`` of the day, and where it is the latest what each indicator adds."""
    job = Job.of(spec, inputs(con, spec, made, None)).reading(names)
    today = contributions_today(job, fitted) if found.as_of == job.today else None
    return scores_at(job, fitted, found.version, found.as_of, today), today


def _one(found: Stored, rows: pd.DataFrame, today: Contributions | None) -> tuple[dict[str, Any], Parts]:
    """The row of the person, and the parts where the day is the latest; empty where they are not in the cohort."""
    mine = rows[rows["person"] == found.id.person]
    if mine.empty:
        return {}, {}
    score = {name: _plain(mine[name].iloc[0]) for name in found.score}
    return score, {} if today is None else _parts_of(today, found)


def _parts_of(today: Contributions, found: Stored) -> Parts:
    at = today.people == found.id.person
    one = replace(
        today, people=today.people[at], base=today.base[at], values=today.values[at], amounts=today.amounts[at]
    )
    rows = one.table(found.id.model)
    named = zip(rows["indicator"].astype(str), rows["value"].tolist(), rows["contribution"].tolist(), strict=True)
    return {name: (value, amount) for name, value, amount in named}


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def same(one: object, other: object) -> bool:
    """Whether two figures are the same to the last bit; *not known* is the same as *not known*."""
    if isinstance(one, float) and isinstance(other, float):
        return (one != one and other != other) or struct.pack("<d", one) == struct.pack("<d", other)
    return one == other


def _indicators(found: Stored, values: Mapping[str, float]) -> Iterator[str]:
    """Indicators that are stored otherwise than the events say; what is not stored is nil, or not known."""
    for name, value in values.items():
        absent = 0.0 if CATALOGUE[name].absent_is_nil else float("nan")
        # Adding nought: what is not stored has lost the sign of a nought.
        if not same(found.values.get(name, absent) + 0.0, value + 0.0):
            yield f"indicator {name}"
    yield from (f"indicator {name}" for name in sorted(set(found.values) - set(values)))


def _row(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    if not now:
        yield "the person is not among those scored on that day"
        return
    yield from (f"score {name}" for name in before if not same(before[name], now[name]))


def _parts(before: Parts, now: Parts) -> Iterator[str]:
    for name in sorted({*before, *now}):
        pair = before.get(name), now.get(name)
        if None in pair or not all(same(a, b) for a, b in zip(*pair, strict=True)):  # type: ignore[arg-type]
            yield f"contribution {name}"


def _changed(found: Stored, spec: ModelSpec | UpliftSpec, facts: Mapping[str, Any]) -> Iterator[str]:
    """What is not as it was. It need not change the score; where the score differs, it is where to look first."""
    if facts["spec"] != json.loads(json.dumps(spec.as_json())):
        yield "declaration"
    if facts["code"] != code_hash():
        yield "code"
    if found.manifest["catalogue"] != catalogue_hash(CATALOGUE.values()):
        yield "catalogue"
    now = libraries()
    yield from (f"library {name}" for name, was in sorted(facts["libraries"].items()) if now.get(name) != was)


def _used(con: duckdb.DuckDBPyConnection, found: Stored, facts: Mapping[str, Any]) -> dict[str, Any]:
    """From what the score was made: hashes of the model's file, code, catalogue, training data and delivered files."""
    told = found.manifest
    events = con.execute("SELECT count(*) FROM event WHERE person = ?", [found.id.person]).fetchall()[0][0]
    return {
        "model_file": facts["sha256"],
        "training_data": facts.get("data"),
        "code": facts["code"],
        "catalogue": told["catalogue"],
        "libraries": facts["libraries"],
        "estimator": facts["result"]["estimator"],
        "variables": len(facts["variables"]),
        "events_of_the_person": events,
        "source_files": told["files"],
    }
