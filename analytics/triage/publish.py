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
from analytics.triage.sharing import Cut, learn
from analytics.triage.spec import SPEC
from analytics.triage.stored import weights as written
from analytics.triage.truth import hurt

MODEL = "contact"
LEARNED_DAYS, SCORED_DAYS = 1826, 731  # how far back it learns, and scores
RECORDED, TRUTH = "recorded", "truth"


@dataclass(frozen=True)
class Graded:
    """Everything of a build: frames by table of the snapshot, figures, and what the manifest says."""

    model: pd.DataFrame
    weights: pd.DataFrame
    scores: pd.DataFrame
    rows: list[Row]
    told: dict[str, Any]


def grade(con: duckdb.DuckDBPyConnection, today: date, schema: str, truth: Path | None) -> Graded | None:
    """Learn from contacts whose outcome is whole, score those of two years; ``None`` with too little harm to learn."""
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
    weights = written(grader, needs)
    recent = every.take(every.day >= np.datetime64(today - timedelta(days=SCORED_DAYS)))
    scores = _scores(recent, _chances(grader, whole, recent), needs.chance(recent.X), levels, cut)
    version = hashlib.sha256(weights.to_csv(index=False, float_format="%.12g").encode()).hexdigest()[:12]
    model = pd.DataFrame(
        [
            (
                version,
                state,
                reason,
                whole_until(today),
                len(whole.followed),
                json.dumps(levels.at),
                cut.at,
                SPEC.review_on,
            )
        ],
        columns="version state reason learned_until contacts levels ask_from review_on".split(),
    )
    told = {"version": version, "state": state, "reason": reason, "contacts": len(whole.followed)}
    told["workload"] = None if one is None else measure.workload(one)
    return Graded(model, weights, scores, found, told)


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
