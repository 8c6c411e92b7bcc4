"""Champion and challenger: the version in use beside a newer one, and the chosen way of ranking beside the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics.registry.card import Card, facts_of
from analytics.registry.decide import Decided
from analytics.registry.summary import Measured, measured, percent
from data.access.gate import Session
from data.journal.model_decisions import APPROVED, RETIRED

FIGURES = ("precision_at_capacity", "recall_at_capacity", "average_precision")


@dataclass(frozen=True)
class Version:
    """One version with its figures. ``champion``: it is the one that was approved last and not retired since."""

    version: str
    champion: bool
    estimator: str
    trained: str
    evaluated_at: str | None
    figures: Mapping[str, Measured | None]


@dataclass(frozen=True)
class Contender:
    """One way of ranking that was tried. ``short``: by how much it falls short of the best, on the same resamplings.

    ``within_noise``: the interval of that reaches down to nought, so that a simpler one is taken.
    """

    estimator: str
    chosen: bool
    value: str
    short: str
    within_noise: bool


def champion(decided: Iterable[Decided]) -> str | None:
    """The version that was approved last and not retired since; ``decided`` is newest first."""
    gone: set[str] = set()
    for one in (each.decision for each in decided):
        if one.state == APPROVED and one.version not in gone:
            return one.version
        gone |= {one.version} if one.state == RETIRED else set()
    return None


def versions(session: Session, card: Card, decided: Sequence[Decided]) -> list[Version]:
    """The approved version, if its file is still there, and the one of this snapshot where it is another."""
    best = champion(decided)
    before = None if best in (None, card.version) else facts_of(session, card.name, str(best))
    found = [] if before is None else [_before(str(best), before)]
    figures = {metric: measured(card.figures, card.estimator, metric) for metric in FIGURES}
    result = card.facts.get("result") or {}
    trained = str(card.trained or "")
    mine = Version(
        card.version, best == card.version, str(card.estimator), trained, result.get("evaluated_at"), figures
    )
    return [*found, mine]


def _before(version: str, facts: Mapping[str, Any]) -> Version:
    result = facts["result"]
    figures = (result["estimators"].get(result["estimator"]) or {}).get("identified") or {}
    kept = {metric: _figure(figures, metric) for metric in FIGURES}
    return Version(version, True, str(result["estimator"]), facts["trained"], result["evaluated_at"], kept)


def _figure(figures: Mapping[str, Any], metric: str) -> Measured | None:
    one = figures.get(metric)
    if one is None or one["value"] is None:
        return None
    return Measured(one["value"], one["low"], one["high"], int(figures["n"]), int(figures["positives"]))


def contenders(card: Card) -> list[Contender]:
    """Every way of ranking that was tried, the simplest first; empty where nothing was trained."""
    choice = card.choice
    return [] if choice is None else [_contender(one, choice["estimator"]) for one in choice["evidence"]]


def _contender(one: Mapping[str, Any], chosen: str) -> Contender:
    value, short = _plain(one["value"]), _plain(one["shortfall"])
    return Contender(one["estimator"], one["estimator"] == chosen, value, short, bool(one["within_noise"]))


def _plain(figure: Mapping[str, float | None]) -> str:
    value, low, high = figure["value"], figure["low"], figure["high"]
    if value is None:
        return "not measured"
    return f"{value:.3f}" + ("" if low is None or high is None else f" ({low:.3f} to {high:.3f})")


def as_table(found: Sequence[Version]) -> pd.DataFrame:
    """A row a version with its figures in words."""
    return pd.DataFrame(
        [
            {
                "version": one.version,
                "role": "In use" if one.champion else "Challenger",
                "estimator": one.estimator,
                "trained": one.trained,
                **{metric: percent(figure) for metric, figure in one.figures.items()},
            }
            for one in found
        ]
    )
