"""What a snapshot has stored of one score: its row, its parts, the person's indicators, and what it was made from."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import duckdb
import numpy as np

from analytics.registry.score_id import ScoreId
from data.snapshot.engine import StoreError

_LATEST = "SELECT max(as_of) FROM score WHERE person = ? AND model = ?"
_SCORE = """
SELECT version, raw, probability, band, rank, percentile, similarity, reasons FROM score
WHERE person = ? AND model = ? AND as_of = ?
"""
_PARTS = """
SELECT indicator, value, contribution FROM contribution WHERE person = ? AND model = ? AND as_of = ? ORDER BY indicator
"""
_VALUES = "SELECT indicator, value FROM indicator_value WHERE person = ? AND as_of = ?"
_MANIFEST = "SELECT key, value FROM manifest ORDER BY key"

Parts = dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Stored:
    """``score``: the row's figures by column; ``parts``: value and contribution by indicator; ``values``: by indicator.

    ``values`` has what absence would not say: an indicator that is not there is nil, or not known.
    """

    id: ScoreId
    version: str
    score: dict[str, Any]
    parts: Parts
    values: dict[str, float]
    manifest: dict[str, Any]

    @property
    def as_of(self) -> date:
        assert self.id.as_of is not None
        return self.id.as_of

    @property
    def today(self) -> date:
        """The snapshot's latest as-of date."""
        return date.fromisoformat(self.manifest["today"])


def stored(con: duckdb.DuckDBPyConnection, wanted: ScoreId) -> Stored:
    """Read it from the tables that ``con`` finds by their plain names. Raises `StoreError` where there is none."""
    manifest = {key: json.loads(value) for key, value in con.execute(_MANIFEST).fetchall()}
    day = wanted.as_of or con.execute(_LATEST, [wanted.person, wanted.model]).fetchall()[0][0]
    key = [wanted.person, wanted.model, day]
    rows = con.execute(_SCORE, key).fetchnumpy()
    if len(rows["version"]) == 0:
        raise StoreError(f"snapshot {manifest['snapshot']} has no score {wanted}")
    one = {name: (np.ma.filled(told, np.nan) if told.dtype.kind == "f" else told)[0] for name, told in rows.items()}
    version = str(one.pop("version"))
    parts = {name: (_number(value), amount) for name, value, amount in con.execute(_PARTS, key).fetchall()}
    values = dict(con.execute(_VALUES, [wanted.person, day]).fetchall())
    return Stored(replace(wanted, as_of=day), version, _plain(one), parts, values, manifest)


def _number(value: float | None) -> float:
    return float("nan") if value is None else value


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Python's own numbers and texts: 64-bit floats keep every bit."""
    return {name: value.item() if isinstance(value, np.generic) else value for name, value in row.items()}
