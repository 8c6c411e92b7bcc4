"""The grader into the draft of a snapshot: its weights, what it says of each contact, how good it was later."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.rows import Row, table
from analytics.triage import measure
from analytics.triage.facts import Contacts, contacts, whole_until
from analytics.triage.grading import STEP_NAMES, Grader, Levels, folded
from analytics.triage.harm import HARM
from analytics.triage.lasting import Lasting
from analytics.triage.sharing import Cut, learn
from analytics.triage.spec import SPEC
from analytics.triage.stored import Stored, weights
from analytics.triage.truth import hurt
from data.snapshot.tables import CHALLENGER, CONTACT_MODEL

MODEL = "contact"
LEARNED_DAYS, SCORED_DAYS = 1826, 731  # how far back it learns, and scores
RECORDED, TRUTH = "recorded", "truth"


@dataclass(frozen=True)
class Graded:
    """Everything of a build: frames by table of the snapshot, figures, and what the manifest says.

    ``newcomer`` is what was learned now; ``challenger`` its row where an approved grader goes on grading, else empty.
    """

    model: pd.DataFrame
    weights: pd.DataFrame
    scores: pd.DataFrame
    rows: list[Row]
    told: dict[str, Any]
    newcomer: Lasting
    challenger: pd.DataFrame


def grade(
    con: duckdb.DuckDBPyConnection, today: date, schema: str, truth: Path | None, lasting: Lasting | None = None
) -> Graded | None:
    """Learn from contacts whose outcome is whole, score those of two years; ``None`` with too little harm to learn.

    Where people approved a grader, ``lasting`` scores instead. Figures and state are those of the way of learning: how
    well what was learned before the year tried did in it.
    """
    every = contacts(con, today - timedelta(days=LEARNED_DAYS), today, schema)
    whole = every.take((every.day < np.datetime64(whole_until(today))) & (every.grade >= 0))
    if (whole.followed == HARM).sum() < measure.LEAST_LEARNED or (whole.followed == 0).all():
        return None
    one = measure.tried(every, today)
    found = [] if one is None else _figures(one, truth)
    state, reason = measure.verdict(found)
    grader, needs = Grader.fit(whole.X, whole.followed), learn(whole)
    own = folded(whole.X, whole.followed, whole.fold, whole.X, whole.fold)
    levels, cut = Levels.as_many(own[:, -1], whole.grade), Cut.cautious(needs.chance(whole.X), whole)
    recent = every.take(every.day >= np.datetime64(today - timedelta(days=SCORED_DAYS)))
    version = hashlib.sha256(weights(grader, needs).to_csv(index=False, float_format="%.12g").encode()).hexdigest()[:12]
    newcomer = Lasting(Stored(version, grader, levels, needs, cut), whole_until(today), len(whole.followed))
    used = lasting or newcomer
    chances = _chances(grader, whole, recent) if used is newcomer else used.stored.grader.chances(recent.X)
    held = used.stored
    scores = _scores(recent, chances, held.needs.chance(recent.X), held.levels, held.cut)
    told = {"version": held.version, "state": state, "reason": reason, "contacts": used.contacts}
    told["workload"] = None if one is None else measure.workload(one)
    waiting = [] if held.version == version else [_waiting(newcomer, state, reason)]
    challenger = pd.DataFrame(waiting, columns=list(CHALLENGER.names()))
    return Graded(_model(used, state, reason), used.weights, scores, found, told, newcomer, challenger)


def _model(one: Lasting, state: str, reason: str) -> pd.DataFrame:
    held = one.stored
    row = (held.version, state, reason, one.learned_until, one.contacts, json.dumps(held.levels.at), held.cut.at)
    return pd.DataFrame([(*row, SPEC.review_on)], columns=list(CONTACT_MODEL.names()))


def _waiting(one: Lasting, state: str, reason: str) -> tuple[Any, ...]:
    """The row of ``challenger``."""
    declared = json.dumps({"review_on": SPEC.review_on.isoformat()})
    return MODEL, one.stored.version, "logistic", state, reason, one.learned_until, declared


def _figures(one: measure.Tried, truth: Path | None) -> list[Row]:
    positive = {RECORDED: one.contacts.followed == HARM}
    if truth is not None:
        positive[TRUTH] = hurt(truth, one.contacts)
    return measure.rows(one, positive)


def stored(found: list[Row], label: str) -> pd.DataFrame:
    """Rows as the table ``evaluation`` stores them; truth's go beside the truth."""
    return table(MODEL, found, (label,))


def _chances(grader: Grader, whole: Contacts, recent: Contacts) -> NDArray[np.float64]:
    """By the whole grader where the outcome is open; of those learned from, by one that saw nobody of the fold."""
    out = grader.chances(recent.X)
    learned = recent.told["contact"].isin(whole.told["contact"]).to_numpy()
    out[learned] = folded(whole.X, whole.followed, whole.fold, recent.X[learned], recent.fold[learned])
    return out


def _scores(
    recent: Contacts, chances: NDArray[np.float64], needs: NDArray[np.float64], levels: Levels, cut: Cut
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "contact": recent.told["contact"],
            **dict(zip(STEP_NAMES, chances.T, strict=True)),
            "needs": needs,
            "level": levels.of(chances[:, -1]),
            "ask": cut.suggests(needs),
        }
    )
