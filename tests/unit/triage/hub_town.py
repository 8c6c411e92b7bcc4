"""Fernhill's hub: contacts of every kind about its people, and a grader that heeds harm named and enquiries alone."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import duckdb
import numpy as np
import pandas as pd

from analytics.casework import search_index
from analytics.triage import facts
from analytics.triage.grading import Grader, Levels
from analytics.triage.logistic import Logistic
from analytics.triage.publish import _scores
from analytics.triage.sharing import Cut
from analytics.triage.stored import weights
from data.home import Home
from data.snapshot.engine import ALIAS
from data.snapshot.publish import Draft
from tests.unit.casework.copies import copied
from tests.unit.casework.town import TODAY, Town, fill, settle
from tests.unit.casework.town_scores import score_town

CALM, GRAVE = "Child was tired and asked for advice.", "Child was hit, was injured and locked in."
AT, ASK_FROM = (0.1, 0.2, 0.4, 0.8), 0.3
WAITS, TWIN, LOW, RIGHT = "K9001", "K9002", "K9003", "K9004"
PAST = 60
REVIEW = date(2027, 4, 1)


def build_hub(home: Home, state: str = "unmeasured", invented: bool = True, review_on: date = REVIEW) -> dict[str, int]:
    """Publish Fernhill with its hub in ``home``; the numbers of the people whom tests speak of."""
    return copied(_build, home, state, invented, review_on)


def _build(home: Home, state: str, invented: bool, review_on: date) -> dict[str, int]:
    town, found = settle()
    score_town(town)
    found["other"] = next(row[0] for row in town.rows["person"] if row[0] not in found.values())
    _contacts(town, found)
    with Draft(home) as draft:
        fill(draft.connection, town)
        search_index.build(draft.connection)
        _grader(draft.connection, state, review_on)
        draft.manifest |= {"city": {"id": "fernhill", "name": "Fernhill", "invented": invented}}
        draft.manifest |= {"today": TODAY.isoformat()}
    return found


def _contacts(town: Town, found: dict[str, int]) -> None:
    now = datetime.combine(TODAY, datetime.min.time())
    _tell(town, WAITS, found["yasmin"], now - timedelta(hours=30), "school", "neglect", GRAVE)
    _tell(town, TWIN, found["yasmin"], now - timedelta(hours=25), "police", "neglect", CALM)
    _tell(town, LOW, found["other"], now - timedelta(days=6), "health", "neglect", GRAVE, "NFA")
    _tell(town, RIGHT, found["other"], now - timedelta(days=7), "health", "housing", CALM, "ADVICE")
    everybody = sorted(row[0] for row in town.rows["person"])
    for number in range(PAST):
        outcome = ("NFA", "ADVICE", "ASSESS")[number % 3]
        at = now - timedelta(days=400 + 4 * number)
        reason, said = (("housing", CALM), ("neglect", GRAVE))[number % 2]
        _tell(town, f"K{number:04d}", everybody[number], at, "school", reason, said, outcome)


def _tell(
    town: Town, number: str, person: int, at: datetime, agency: str, reason: str, said: str, outcome: str | None = None
) -> None:
    closed = at + timedelta(hours=5) if outcome else None
    town.add(
        "contact", number, person, at, agency, reason, said, outcome, "MASH amber", "amber",
        "school" if outcome == "ASSESS" else None, None, closed,
    )  # fmt: skip


def _grader(con: duckdb.DuckDBPyConnection, state: str, review_on: date) -> None:
    """The tables of the grader, filled by the very functions of the build."""
    names = facts.names()
    weight = {"enquiries": 1.0, "reason_neglect": 6.0, "reason_physical": 6.0, "reason_sexual": 9.0}
    centre, spread = np.full(len(names), 0.1), np.full(len(names), 1.5)
    one = np.array([weight.get(name, 0.0) for name in names])
    bases = ((one, 1.0), (one, 0.0), (one * 1.4, -3.0))
    grader = Grader(tuple(Logistic(centre, spread, own, base) for own, base in bases))
    sharer = Logistic(centre, spread, one, -1.0)
    recent = facts.contacts(con, TODAY - timedelta(days=731), TODAY, ALIAS)
    chances, needs = grader.chances(recent.X), sharer.chance(recent.X)
    scores = _scores(recent, chances, needs, Levels(AT), Cut(ASK_FROM))
    model = pd.DataFrame(
        [("v1", state, "Too few to tell.", TODAY, 900, json.dumps(AT), ASK_FROM, review_on)],
        columns="version state reason learned_until contacts levels ask_from review_on".split(),
    )
    tables = {"contact_model": model, "contact_weight": weights(grader, sharer), "contact_score": scores}
    for name, frame in tables.items():
        con.register("made", frame)
        con.execute(f"INSERT INTO {ALIAS}.{name} BY NAME SELECT * FROM made")
        con.unregister("made")
