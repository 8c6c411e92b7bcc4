"""One measured figure, as the table ``evaluation`` stores it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analytics.evaluation.bootstrap import Figure

EVERYONE = "all"


@dataclass(frozen=True)
class Row:
    """A figure of an estimator against a label, for everyone or for one group."""

    estimator: str
    label: str
    grouping: str
    group: str
    metric: str
    figure: Figure
    n: int
    positives: int


def _values(row: Row) -> tuple[float | None, float | None, float | None]:
    return row.figure.value, row.figure.low, row.figure.high


def from_table(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame with the columns of ``evaluation``, in its order."""
    names = ["estimator", "label", "grouping", "group", "metric", "value", "low", "high", "n", "positives"]
    return [
        Row(estimator, label, grouping, group, metric, _figure(*figure), int(n), int(positives))
        for estimator, label, grouping, group, metric, *figure, n, positives in frame[names].itertuples(index=False)
    ]


def _figure(*told: float) -> Figure:
    """Value and interval, ``None`` for what could not be told."""
    return Figure(*(None if pd.isna(number) else float(number) for number in told))


def table(model: str, rows: Iterable[Row], labels: Iterable[str] = ("identified",)) -> pd.DataFrame:
    """The rows of these labels with the columns of the snapshot's ``evaluation``; truth stays out unless asked for."""
    wanted = set(labels)
    return pd.DataFrame(
        [
            (model, r.estimator, r.label, r.grouping, r.group, r.metric, *_values(r), r.n, r.positives)
            for r in rows
            if r.label in wanted
        ],
        columns="model estimator label grouping group metric value low high n positives".split(),
    ).astype({"value": float, "low": float, "high": float})
