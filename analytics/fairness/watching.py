"""Whether a score follows how closely a family is watched, at equal truth: stored beside an invented city alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics.casework.rows import each
from analytics.evaluation.names import ESTIMATORS
from analytics.evaluation.watched import EXPLOITED, GROUPING, METRIC, NOT_EXPLOITED
from data.access.gate import Session, consult, serve
from data.access.roles import Permission

_USED = "SELECT estimator FROM model WHERE model = $model"
#: What the model's own way of ranking is held against.
PLAIN = ("prior_contacts", "random")
#: A quarter of families is compared with another: with fewer children than this in both nothing can be said.
LEAST = 30


@dataclass(frozen=True)
class Gap:
    """How many places in 100 the children of the most watched quarter of families stand above those of the least.

    ``own``: of the ranking that the model uses. ``exploited``: among those who are, or among those who are not.
    """

    label: str
    own: bool
    exploited: bool
    places: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """More than chance gives."""
        return self.low > 0 or self.high < 0


def gaps(session: Session, model: str) -> list[Gap]:
    """The model's own gaps first, the exploited before the others; none where no truth lies beside the snapshot."""
    used = serve(session, Permission.SEE_MODELS, _USED, {"model": model}, what=f"estimator of {model}")["estimator"]
    stored = consult(session, Permission.SEE_MODELS, lambda _: _stored(session, model), what=f"watching and {model}")
    if stored is None or used.empty or used.isna().all():
        return []
    order = (str(used.iloc[0]), *PLAIN)
    rows = stored[(stored["grouping"] == GROUPING) & (stored["metric"] == METRIC) & (stored["n"] >= LEAST)]
    rows = rows[rows["estimator"].isin(order)].dropna(subset=["value", "low", "high"])
    found = {(row.estimator, row.group): row for row in each(rows)}
    wanted = [(name, group) for name in order for group in (EXPLOITED, NOT_EXPLOITED)]
    return [_gap(found[one], one[0] == order[0]) for one in wanted if one in found]


def _stored(session: Session, model: str) -> pd.DataFrame | None:
    """What the truth says of the model, where it is kept: beside the snapshot, never in it."""
    snapshot = session.snapshot
    file = snapshot.path.parents[1] / f"truth-{snapshot.manifest['snapshot']}" / f"evaluation-{model}.parquet"
    return pd.read_parquet(file) if snapshot.invented and file.is_file() else None


def _gap(row: Any, own: bool) -> Gap:
    low, value, high = (100 * float(end) for end in (row.low, row.value, row.high))
    return Gap(ESTIMATORS[row.estimator], own, row.group == EXPLOITED, value, low, high)
