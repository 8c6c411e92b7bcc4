"""All that the page Models tells of one model, from the snapshot, the journal and the page of facts beside its file."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analytics.casework.tell import as_date
from analytics.models.bundle import FACTS_FILE
from analytics.models.specs import declared_at
from analytics.registry.summary import Mark, marks, plain
from data.access.gate import Session, serve
from data.access.policy import caveat, why_withheld
from data.access.roles import Permission
from data.access.standing import Standing, challenger, standings
from data.home import Home

_MODELS = "SELECT model, version, estimator, state, reason, trained, spec FROM model ORDER BY model"
_FIGURES = """
SELECT model, estimator, label, grouping, "group", metric, value, low, high, n, positives FROM evaluation
WHERE label = 'identified' ORDER BY model, estimator, label, grouping, "group", metric
"""


@dataclass(frozen=True)
class Card:
    """``standing``: where it is in its life; ``withheld``: why no score is shown, or None; ``facts``: of its file.

    ``challenger``: the newer version that waits beside the one in use, if there is one. ``summary``: of ten on its list
    how many are right, of ten that it looks for how many it misses, in words; None where nothing was measured.
    ``marks``: its pass mark in parts.
    """

    name: str
    label: str
    spec: Mapping[Hashable, Any]
    estimator: str | None
    trained: date | None
    standing: Standing
    challenger: Standing | None
    withheld: str | None
    caveat: str | None
    facts: Mapping[str, Any]
    figures: pd.DataFrame
    summary: tuple[str, str] | None
    marks: tuple[Mark, ...]

    @property
    def version(self) -> str:
        return self.standing.version

    @property
    def variables(self) -> tuple[str, ...]:
        """The indicators it reads, by name; empty where nothing was trained."""
        return tuple(self.facts.get("variables", ()))

    @property
    def choice(self) -> Mapping[str, Any] | None:
        """Why this way of ranking was chosen among those that were tried, with the evidence."""
        return (self.facts.get("result") or {}).get("choice")


def cards(session: Session) -> list[Card]:
    """Every model of the snapshot, in the order in which they are declared."""
    rows = serve(session, Permission.SEE_MODELS, _MODELS, what="models").to_dict("records")
    found = serve(session, Permission.SEE_MODELS, _FIGURES, what="figures of models")
    now = standings(session.journal, session.snapshot)
    known = [_card(session, row, now[row["model"]], found[found["model"] == row["model"]]) for row in rows]
    return sorted(known, key=lambda card: declared_at(card.name))


def _card(session: Session, row: dict[Hashable, Any], now: Standing, found: pd.DataFrame) -> Card:
    spec = json.loads(row["spec"])
    estimator = None if pd.isna(row["estimator"]) else str(row["estimator"])
    return Card(
        name=now.model,
        label=spec["label"],
        spec=spec,
        estimator=estimator,
        trained=as_date(row["trained"]),
        standing=now,
        challenger=challenger(session.journal, session.snapshot, now.model),
        withheld=why_withheld(session.journal, session.snapshot, now.model),
        caveat=caveat(row["state"], row["reason"]),
        facts=facts_of(session, now.model, now.version) or {},
        figures=found,
        summary=plain(spec, estimator, found),
        marks=tuple(marks(spec, estimator, found)),
    )


def facts_of(session: Session, model: str, version: str) -> dict[str, Any] | None:
    """The page of facts beside the file of a version: figures alone, nobody's score. None where the file is gone."""
    file = Home(session.snapshot.path.parents[1]).models / f"{model}-{version}" / FACTS_FILE
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None
