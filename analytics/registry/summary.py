"""A model's measured figures in the few numbers that anybody can use, and the mark they are held to."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics.evaluation.names import ESTIMATORS


@dataclass(frozen=True)
class Measured:
    """A figure with the ends of its 95 % interval, and the people it rests on; None where it could not be told."""

    value: float
    low: float | None
    high: float | None
    n: int
    positives: int


@dataclass(frozen=True)
class Mark:
    """One part of the pass mark: what was fixed before training, what was measured; ``met`` None: not to be told."""

    what: str
    fixed: str
    measured: str
    met: bool | None


def measured(found: pd.DataFrame, estimator: object, metric: str) -> Measured | None:
    """The overall figure of one way of ranking; None where it was not measured or came to nothing."""
    rows = found[
        (found["estimator"] == estimator)
        & (found["grouping"] == "all")
        & (found["label"] == "identified")
        & (found["metric"] == metric)
    ]
    if rows.empty or pd.isna(rows["value"].iloc[0]):
        return None
    row = rows.iloc[0]
    return Measured(float(row["value"]), _end(row["low"]), _end(row["high"]), int(row["n"]), int(row["positives"]))


def _end(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def marks(spec: Mapping[str, Any], estimator: object, found: pd.DataFrame) -> list[Mark]:
    """The pass mark in its parts; empty for a model that is held to another kind of mark."""
    mark = spec["pass_mark"]
    if "precision" not in mark or "rival" not in mark:
        return []
    precision = measured(found, estimator, "precision_at_capacity")
    lead = measured(found, estimator, "lead_at_capacity")
    few = precision is not None and precision.positives < spec.get("least_found", 0)
    rival = ESTIMATORS[mark["rival"]].lower()
    return [
        Mark(
            "Enough outcomes to judge by",
            f"at least {spec.get('least_found', 0)} in the year measured",
            "none" if precision is None else str(precision.positives),
            precision is not None and not few,
        ),
        Mark(
            "Right, of those on the list",
            f"at least {100 * mark['precision']:.0f} %",
            percent(precision),
            None if precision is None or few else precision.value >= mark["precision"],
        ),
        Mark(
            f"Better than {rival}",
            f"surely more than {100 * mark['lead']:.0f} points better",
            percent(lead, " points"),
            None if lead is None or lead.low is None or few else lead.low > mark["lead"],
        ),
    ]


def percent(figure: Measured | None, unit: str = " %") -> str:
    """``12 % (9 to 15)``."""
    if figure is None:
        return "not measured"
    ends = "" if figure.low is None or figure.high is None else f" ({100 * figure.low:.0f} to {100 * figure.high:.0f})"
    return f"{100 * figure.value:.0f}{unit}{ends}"


def plain(spec: Mapping[Hashable, Any], estimator: object, found: pd.DataFrame) -> tuple[str, str] | None:
    """Of ten on its list how many are right, and of ten that it looks for how many it misses; None: not measured."""
    precision = measured(found, estimator, "precision_at_capacity")
    recall = measured(found, estimator, "recall_at_capacity")
    if precision is None or recall is None:
        return None
    if precision.positives < spec.get("least_found", 0):
        return "too few to tell", "too few to tell"
    return of_ten(precision.value), of_ten(1 - recall.value)


def of_ten(share: float) -> str:
    """``about 4``, ``fewer than 1``, ``nearly all``."""
    return "nearly all" if share >= 0.95 else f"about {10 * share:.0f}" if share >= 0.05 else "fewer than 1"
