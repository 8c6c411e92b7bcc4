"""What a build found of each model's drift. A model that has drifted is withheld: see `data.access.standing`."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from analytics.drift.limits import DRIFTED
from data.snapshot.tables import MODEL_DRIFT

_VERDICT = f"SELECT state, reason FROM {MODEL_DRIFT.name} WHERE model = $model"


@dataclass(frozen=True)
class Verdict:
    """``state`` is steady, watch or drifted; ``reason`` is a sentence or more, fit to show."""

    state: str
    reason: str

    @property
    def drifted(self) -> bool:
        return self.state == DRIFTED


def verdict(cursor: duckdb.DuckDBPyConnection, model: str) -> Verdict | None:
    """The verdict on ``model`` in the snapshot that ``cursor`` reads; None where nothing could be compared."""
    found = cursor.execute(_VERDICT, {"model": model}).fetchone()
    return None if found is None else Verdict(*found)
