"""What may be shown of each model now: what the build measured, what people decided, the review date, and drift.

    earned its mark? -> retired? -> past its review? -> drifted? -> approved, where approval is needed

No decision is kept from one question to the next, so that a model that is retired is gone at the next click.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date
from enum import StrEnum
from typing import Any

from data.journal.journal import Journal
from data.journal.model_decisions import APPROVED, RETIRED, ModelDecision, last_on, model_decisions
from data.snapshot.engine import plain_errors
from data.snapshot.reading import Snapshot
from data.snapshot.states import ModelState

_MODELS = "SELECT model, version, state, reason, spec FROM model ORDER BY model"
_CHALLENGERS = "SELECT model, version, state, reason, spec FROM challenger ORDER BY model"
#: Written by the build where it compared a model's scores and indicators with those it was trained on.
DRIFT_TABLE = "model_drift"
_CONTACT_MODEL = "SELECT * FROM contact_model"
#: The name under which the grader of contacts is decided on.
CONTACT = "contact"
_HAS_DRIFT = "SELECT 1 FROM duckdb_tables() WHERE table_name = $table AND database_name = current_database()"
_DRIFTED = f"SELECT model, reason FROM {DRIFT_TABLE} WHERE drifted ORDER BY model"


class Stage(StrEnum):
    """Where a model is in its life. ``UNMEASURED`` is a candidate of which nobody can tell how good it is."""

    CANDIDATE = "candidate"
    UNMEASURED = "unmeasured"
    APPROVED = "approved"
    WITHHELD = "withheld"
    RETIRED = "retired"


@dataclass(frozen=True)
class Standing:
    """One model at this moment. ``reason`` is a sentence fit to show, of the stage or of why nothing is shown.

    ``measured`` is the state that its figures earned in the build, whatever was decided afterwards, and why.
    ``decision`` is the last one on this very version.
    """

    model: str
    version: str
    stage: Stage
    reason: str
    shows_scores: bool
    measured: ModelState
    measured_why: str
    decision: ModelDecision | None = None
    review_on: date | None = None

    @property
    def earned(self) -> bool:
        """Whether its figures reached the pass mark."""
        return self.measured is ModelState.CANDIDATE


@dataclass(frozen=True)
class _Built:
    """A row of ``model``, and what the build found of its drift."""

    model: str
    version: str
    state: ModelState
    why: str
    review_on: date | None
    drifted: str | None


def standings(journal: Journal, snapshot: Snapshot) -> dict[str, Standing]:
    """Every model of ``snapshot`` as it stands now, by name."""
    decided = model_decisions(journal)
    day = today(journal, snapshot)
    return {
        one.model: _standing(
            one, last_on(decided, one.model, one.version), _needs_approval(one, decided, snapshot), day
        )
        for one in _built(snapshot)
    }


def standing(journal: Journal, snapshot: Snapshot, model: str) -> Standing | None:
    """``model``, or the grader of contacts, as it stands now; None where the snapshot has no such model."""
    return contact_standing(journal, snapshot) if model == CONTACT else standings(journal, snapshot).get(model)


def challenger(journal: Journal, snapshot: Snapshot, model: str) -> Standing | None:
    """The newer version that waits beside the one in use, as it stands now; None where there is none.

    It has no score to show: approved, it scores from the next build on.
    """
    decided, day = model_decisions(journal), today(journal, snapshot)
    for one in _newcomers(snapshot):
        if one.model == model:
            now = _standing(one, last_on(decided, model, one.version), _needs_approval(one, decided, snapshot), day)
            return replace(now, shows_scores=False)
    return None


def shown_models(journal: Journal, snapshot: Snapshot) -> list[str]:
    """The models whose scores may be shown now, by name."""
    return [name for name, one in standings(journal, snapshot).items() if one.shows_scores]


def contact_standing(journal: Journal, snapshot: Snapshot) -> Standing | None:
    """The grader of contacts as it stands now; None where the snapshot has none."""
    one = snapshot.once("standing of the grader", lambda: _read_grader(snapshot))
    if one is None:
        return None
    decided, day = model_decisions(journal), today(journal, snapshot)
    return _standing(one, last_on(decided, CONTACT, one.version), _needs_approval(one, decided, snapshot), day)


def today(journal: Journal, snapshot: Snapshot) -> date:
    """The day that review dates are held against: the calendar's, or an invented city's own."""
    return snapshot.today if snapshot.invented else journal.clock().astimezone(UTC).date()


def _needs_approval(one: _Built, decided: tuple[ModelDecision, ...], snapshot: Snapshot) -> bool:
    """Nobody could come to harm in the invented city; but what was retired there doesn't come back by itself."""
    last = last_on(decided, one.model)
    return not snapshot.invented or (last is not None and last.state == RETIRED)


def _standing(one: _Built, decision: ModelDecision | None, needs_approval: bool, day: date) -> Standing:
    stage, reason = _stage(one, decision, needs_approval, day)
    shows = stage is Stage.APPROVED or (stage in (Stage.CANDIDATE, Stage.UNMEASURED) and not needs_approval)
    return Standing(one.model, one.version, stage, reason, shows, one.state, one.why, decision, one.review_on)


def _stage(one: _Built, decision: ModelDecision | None, needs_approval: bool, day: date) -> tuple[Stage, str]:
    if decision is not None and decision.state == RETIRED:
        return Stage.RETIRED, f"The model is retired. {decision.reason}"
    if one.state is ModelState.WITHHELD or (one.state is ModelState.UNMEASURED and needs_approval):
        return Stage.WITHHELD, f"The model is withheld. {one.why}"
    if one.review_on is not None and day > one.review_on:
        return Stage.WITHHELD, f"The model is withheld. It was to be reviewed by {_said(one.review_on)}, and was not."
    if one.drifted is not None:
        return Stage.WITHHELD, f"The model is withheld. {one.drifted}"
    if decision is not None and decision.state == APPROVED:
        return Stage.APPROVED, decision.reason
    if needs_approval:
        return Stage(one.state.value), "Nobody has approved this version of the model yet."
    return Stage(one.state.value), one.why


def _said(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _built(snapshot: Snapshot) -> list[_Built]:
    """What the build wrote of each model: a snapshot never changes, so it is read once while it is open."""
    return snapshot.once("standing of models", lambda: _read(snapshot))


def _read_grader(snapshot: Snapshot) -> _Built | None:
    if "contact_model" not in snapshot.tables:
        return None
    with snapshot.cursor() as cursor, plain_errors():
        found = cursor.execute(_CONTACT_MODEL)
        names, row = [column[0] for column in found.description or ()], found.fetchone()
    if row is None:
        return None
    one = dict(zip(names, row, strict=True))
    # Snapshots from before graders were reviewed have no day.
    return _Built(CONTACT, one["version"], ModelState(one["state"]), one["reason"] or "", one.get("review_on"), None)


def _read(snapshot: Snapshot) -> list[_Built]:
    with snapshot.cursor() as cursor, plain_errors():
        rows = cursor.execute(_MODELS).fetchall()
        there = cursor.execute(_HAS_DRIFT, {"table": DRIFT_TABLE}).fetchall()
        drifted: Mapping[str, str] = dict(cursor.execute(_DRIFTED).fetchall()) if there else {}
    return [_row(row, drifted) for row in rows]


def _newcomers(snapshot: Snapshot) -> list[_Built]:
    if "challenger" not in snapshot.tables:
        return []
    with snapshot.cursor() as cursor, plain_errors():
        return [_row(row, {}) for row in cursor.execute(_CHALLENGERS).fetchall()]


def _row(row: tuple[Any, ...], drifted: Mapping[str, str]) -> _Built:
    model, version, state, why, spec = row
    return _Built(model, version, ModelState(state), why or "", _review_on(spec), drifted.get(model))


def _review_on(spec: str | None) -> date | None:
    told: dict[str, Any] = json.loads(spec) if spec else {}
    return date.fromisoformat(told["review_on"]) if told.get("review_on") else None
