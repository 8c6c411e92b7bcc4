"""What the page Fairness reads: the models, the rows behind their groups, and what gives a group away."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pandas as pd

from analytics.casework.rows import each, word
from analytics.features.catalogue import CATALOGUE
from analytics.models.specs import declared_at
from data.access.gate import Session, serve
from data.access.policy import why_withheld
from data.access.roles import Permission

_MODELS = "SELECT model, reason, spec FROM model ORDER BY model"
_ROWS = """
SELECT e.grouping, e."group", e.metric, e.value, e.low, e.high, e.n, e.positives
FROM evaluation e JOIN model m ON m.model = e.model AND m.estimator = e.estimator
WHERE e.model = $model AND e.label = 'identified' ORDER BY e.grouping, e."group", e.metric
"""
_BUILT = "SELECT count(*) AS tables FROM duckdb_tables() WHERE table_name = 'proxy'"
_PROXIES = """
SELECT grouping, "group", indicator, auc, low, high, more, n, members FROM proxy WHERE model = $model
ORDER BY grouping, "group", indicator = '' DESC, auc DESC, indicator
"""


@dataclass(frozen=True)
class Proxy:
    """How well one indicator (or, where ``indicator`` is None, all together) tells a group from the rest: an AUC."""

    grouping: str
    group: str
    indicator: str | None
    label: str
    auc: float
    low: float
    high: float
    more: bool | None


@dataclass(frozen=True)
class Model:
    """A model of the snapshot. ``reason``: of its state, as measured; ``withheld``: why it shows no score, or None."""

    name: str
    label: str
    reason: str
    withheld: str | None


def models(session: Session) -> list[Model]:
    """Every model, in the order in which they are declared."""
    rows = serve(session, Permission.SEE_MODELS, _MODELS, what="models")
    known = [
        Model(
            row.model,
            json.loads(row.spec)["label"],
            word(row.reason) or "",
            why_withheld(session.journal, session.snapshot, row.model),
        )
        for row in each(rows)
    ]
    return sorted(known, key=lambda one: declared_at(one.name))


def rows_of(session: Session, model: str) -> pd.DataFrame:
    """Rows of ``evaluation`` of the model's own estimator, with exact counts: for `by_group.groups`, not for show."""
    return serve(session, Permission.SEE_MODELS, _ROWS, {"model": model}, what=f"fairness of {model}")


def proxies(session: Session, model: str) -> list[Proxy]:
    """What gives each group away, all indicators together first; none where the snapshot was built without it."""
    if not serve(session, Permission.SEE_MODELS, _BUILT, what="whether proxies were measured")["tables"][0]:
        return []
    rows = serve(session, Permission.SEE_MODELS, _PROXIES, {"model": model}, what=f"proxies of {model}")
    return [
        Proxy(
            row.grouping,
            row.group,
            row.indicator or None,
            CATALOGUE[row.indicator].label if row.indicator in CATALOGUE else row.indicator,
            float(row.auc),
            float(row.low),
            float(row.high),
            None if pd.isna(row.more) else bool(row.more),
        )
        for row in each(rows)
    ]
