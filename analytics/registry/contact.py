"""All that the page Models tells of the grader of contacts: its standing, its figures, everything that it weighs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.casework.tell import as_date
from analytics.registry.summary import Mark, Measured
from analytics.triage.measure import LEAST_MEASURED, OFFICERS, PRIOR, SUGGESTED
from analytics.triage.spec import SPEC
from analytics.triage.tell import named
from data.access.gate import Session, serve
from data.access.policy import caveat, why_no_suggestion
from data.access.roles import Permission
from data.access.standing import CONTACT, Standing, challenger, contact_standing

_MODEL = "SELECT learned_until, contacts FROM contact_model"
_FIGURES = """
SELECT estimator, metric, value, low, high, n, positives FROM evaluation
WHERE model = 'contact' AND label = 'recorded' AND grouping = 'all' ORDER BY ALL
"""
_WEIGHTS = """
SELECT step, indicator, spread, weight FROM contact_weight WHERE indicator <> 'base' ORDER BY step, indicator
"""
SHARING = "sharing"


@dataclass(frozen=True)
class GraderCard:
    """The grader as a card: ``figures`` by way of ranking and metric, as recorded outcomes have them; ``weights``
    (label, harm, needs): what one more standard deviation adds to the log-odds, heaviest first."""

    name: str
    label: str
    standing: Standing
    withheld: str | None
    caveat: str | None
    learned_until: date | None
    contacts: int
    figures: Mapping[tuple[str, str], Measured]
    weights: pd.DataFrame
    challenger: Standing | None = None

    @property
    def version(self) -> str:
        return self.standing.version

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The mark in its parts, as it was fixed and as it was measured."""
        officers, prior, enough = SPEC.marks
        return self._lead(OFFICERS, officers), self._lead(PRIOR, prior), self._enough(enough)

    def _lead(self, rival: str, what: str) -> Mark:
        found = self.figures.get((SUGGESTED, f"lead_over_{rival}"))
        if found is None or found.low is None:
            return Mark(what, "an interval above 0", "not measured", None)
        return Mark(what, "an interval above 0", points(found), found.low > 0)

    def _enough(self, what: str) -> Mark:
        found = self.figures.get((SUGGESTED, "recall_at_capacity"))
        positives = 0 if found is None else found.positives
        return Mark(what, f"at least {LEAST_MEASURED}", f"{positives:,}", positives >= LEAST_MEASURED)


def points(found: Measured) -> str:
    """``21 points (18 to 24)``."""
    ends = "" if found.low is None or found.high is None else f" ({100 * found.low:.0f} to {100 * found.high:.0f})"
    return f"{100 * found.value:.0f} points{ends}"


def grader_card(session: Session) -> GraderCard | None:
    """The grader of the session's snapshot; None where it has none. Raises `AccessRefused`."""
    now = contact_standing(session.journal, session.snapshot)
    if now is None:
        return None
    head = serve(session, Permission.SEE_MODELS, _MODEL, what="the grader of contacts").iloc[0]
    return GraderCard(
        CONTACT, SPEC.label, now, why_no_suggestion(session.journal, session.snapshot),
        caveat(now.measured, now.measured_why), as_date(head["learned_until"]), int(head["contacts"]),
        _figures(session), _weights(session), challenger(session.journal, session.snapshot, CONTACT),
    )  # fmt: skip


def _figures(session: Session) -> dict[tuple[str, str], Measured]:
    rows = serve(session, Permission.SEE_MODELS, _FIGURES, what="figures of the grader of contacts")
    told = rows[rows["value"].notna()].astype({"n": int, "positives": int}).replace({float("nan"): None})
    return {
        (str(row["estimator"]), str(row["metric"])): Measured(
            row["value"], row["low"], row["high"], row["n"], row["positives"]
        )
        for row in told.to_dict("records")
    }


def _weights(session: Session) -> pd.DataFrame:
    rows = serve(session, Permission.SEE_MODELS, _WEIGHTS, what="weights of the grader of contacts")
    wide = rows.pivot(index="indicator", columns="step", values="weight").reset_index()
    wide = wide.reindex(wide["harm"].abs().sort_values(ascending=False, kind="stable").index)
    return wide.assign(label=[named(str(name)) for name in wide["indicator"]])[["label", "harm", "needs"]]
