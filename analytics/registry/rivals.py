"""Champion and challenger: the version in use beside a newer one, and the chosen way of ranking beside the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics.models.against import CHAMPION, GROUPING, METRICS
from analytics.registry.card import Card, facts_of
from analytics.registry.decide import Decided
from analytics.registry.summary import Measured, measured, percent
from data.access.gate import Session
from data.journal.model_decisions import in_use


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

    ``within_noise``: that is at most its standard error, so that a simpler one is taken.
    """

    estimator: str
    chosen: bool
    value: str
    short: str
    within_noise: bool


def versions(session: Session, card: Card, decided: Sequence[Decided]) -> list[Version]:
    """The version of this snapshot, and the one beside it: the challenger that waits, or else the approved version
    that could not go on scoring, if its file is still there. The one in use comes first."""
    figures = {metric: measured(card.figures, card.estimator, metric) for metric in METRICS}
    result = card.facts.get("result") or {}
    trained = str(card.trained or "")
    best = in_use((each.decision for each in decided), card.name)
    scores = card.challenger is not None or best == card.version
    mine = Version(card.version, scores, str(card.estimator), trained, result.get("evaluated_at"), figures)
    if card.challenger is not None:
        newer = facts_of(session, card.name, card.challenger.version)
        return [mine] if newer is None else [mine, _filed(card.challenger.version, newer, champion=False)]
    before = None if best in (None, card.version) else facts_of(session, card.name, str(best))
    return [mine] if before is None else [_filed(str(best), before, champion=True), mine]


def _filed(version: str, facts: Mapping[str, Any], champion: bool) -> Version:
    """A version as the page of facts beside its file tells it."""
    result = facts["result"]
    figures = (result["estimators"].get(result["estimator"]) or {}).get("identified") or {}
    kept = {metric: _figure(figures, metric) for metric in METRICS}
    return Version(version, champion, str(result["estimator"]), facts["trained"], result["evaluated_at"], kept)


def _figure(figures: Mapping[str, Any], metric: str) -> Measured | None:
    one = figures.get(metric)
    if one is None or one["value"] is None:
        return None
    return Measured(one["value"], one["low"], one["high"], int(figures["n"]), int(figures["positives"]))


@dataclass(frozen=True)
class Ahead:
    """One figure of the version in use and of the newer one, and by how much the newer is ahead, same resamplings."""

    metric: str
    champion: Measured
    ahead: Measured

    @property
    def surely(self) -> bool | None:
        """Whether the newer is surely better (True) or worse (False); None where it can't be told."""
        low, high = self.ahead.low, self.ahead.high
        return None if low is None or high is None or low <= 0 <= high else low > 0


def compared(card: Card) -> list[Ahead]:
    """The version in use against the newer one, on the same children by the same families' weights; or empty."""
    rows = card.figures[card.figures["grouping"] == GROUPING].assign(grouping="all")
    newer = next((name for name in rows["estimator"] if name != CHAMPION), None)
    found = [(each, measured(rows, CHAMPION, each), measured(rows, newer, each)) for each in METRICS]
    return [Ahead(each, theirs, ahead) for each, theirs, ahead in found if theirs is not None and ahead is not None]


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
