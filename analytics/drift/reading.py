"""What the page tells of drift: each model's verdict, its series by as-of date, the indicators that moved most."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics.drift.limits import FEW, INDICATOR, STEADY
from analytics.features.catalogue import CATALOGUE
from analytics.features.sources import TOLD_BY
from analytics.models.specs import declared_at
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.sources import SOURCES

_MODELS = """
SELECT m.model, m.version, m.spec, m.reason AS measured, d.state, d.reason
FROM model m LEFT JOIN model_drift d USING (model) ORDER BY m.model
"""
_ROWS = """
SELECT what, name, as_of, value, watch, act, verdict, before, now, unknown_before, unknown_now, n FROM drift
WHERE model = $model ORDER BY what, name, as_of
"""
#: A share known that differs by so much is told first: it says more of a feed than of children.
_KNOWN = 0.1


@dataclass(frozen=True)
class Judged:
    """One model: ``state`` is steady, watch or drifted, None where nothing was learned; ``reason`` says why."""

    model: str
    version: str
    label: str
    state: str | None
    reason: str


@dataclass(frozen=True)
class Indicator:
    """One indicator that moved: how far, what changed in words, and what a reader can do about it."""

    name: str
    label: str
    value: float
    changed: str
    do: str


def judged(session: Session) -> list[Judged]:
    """Every model of the snapshot, in the order in which they are declared."""
    rows = serve(session, Permission.SEE_MODELS, _MODELS, what="drift of models").to_dict("records")
    known = [
        Judged(
            str(row["model"]), str(row["version"]), str(json.loads(row["spec"])["label"]),
            None if pd.isna(row["state"]) else str(row["state"]),
            str(row["measured"] if pd.isna(row["state"]) else row["reason"]),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(known, key=lambda one: declared_at(one.model))


def series(session: Session, model: str) -> pd.DataFrame:
    """Every figure by as-of date: the columns of ``drift``."""
    return serve(session, Permission.SEE_MODELS, _ROWS, {"model": model}, what=f"drift of {model}")


def compared(rows: pd.DataFrame) -> int:
    """How many indicators could be compared at the latest date."""
    return int((_latest(rows)["verdict"] != FEW).sum())


def moved(rows: pd.DataFrame) -> list[Indicator]:
    """The indicators past the mark at the latest date, those that moved most first."""
    latest = _latest(rows)
    past = latest[~latest["verdict"].isin([STEADY, FEW]) & latest["name"].isin(CATALOGUE)]
    return [_indicator(row) for row in past.sort_values(["value", "name"], ascending=[False, True]).to_dict("records")]


def _latest(rows: pd.DataFrame) -> pd.DataFrame:
    indicators = rows[rows["what"] == INDICATOR]
    return indicators[indicators["as_of"] == indicators["as_of"].max()]


def _indicator(row: Mapping[Hashable, Any]) -> Indicator:
    feature = CATALOGUE[str(row["name"])]
    sources = sorted({SOURCES[name].label for kind in feature.kinds for name in TOLD_BY.get(kind, ())})
    known_then, known_now = 1 - float(row["unknown_before"]), 1 - float(row["unknown_now"])
    asked = f"{' or '.join(sources)}" if sources else "whoever keeps it"
    if known_now < known_then - _KNOWN:
        changed = f"known of {_share(known_then)} of those it learned from, of {_share(known_now)} now"
        do = f"Ask {asked} whether rows are missing or late; until they come it counts as not known."
    elif known_now > known_then + _KNOWN:
        changed = f"known of {_share(known_then)} of those it learned from, of {_share(known_now)} now"
        do = "More is known than it learned from: the next training takes that in. Nothing to mend."
    else:
        changed = f"on average {_mean(row['before'])} among those it learned from, {_mean(row['now'])} now"
        do = f"Ask {asked} whether recording changed, or whether lives did; the score counts it as it always has."
    return Indicator(feature.name, feature.label, float(row["value"]), changed, do)


def _share(known: float) -> str:
    if known <= 0:
        return "nobody"
    return "everybody" if known >= 1 else f"{100 * known:.0f} %"


def _mean(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 1 else f"{value:.2f}"
