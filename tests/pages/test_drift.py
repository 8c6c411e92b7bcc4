"""Drift: the verdict in words, what moved and what to do about it; a model that learned nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from analytics.drift.judge import judged
from analytics.models.specs import SPECS
from data.home import home
from data.snapshot.publish import Draft
from data.snapshot.tables import DRIFT, TABLES
from tests import nowhere

DAYS = ("2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01")


def _said(app) -> str:
    shown = [*app.markdown, *app.caption, *app.warning, *app.success, *app.info]
    return "\n".join(element.value for element in shown).replace("\\", "")


def _rows(score: float) -> list[tuple]:
    """A model whose attendance feed has stopped; everything else is as it was, but for the score."""
    rows = []
    for day in DAYS:
        shared = ("cse", "v1")
        stopped = (day, 3.9, 0.25, None, "watch", 92.1, None, 0.4, 1.0, 500)
        rows += [
            (*shared, "indicator", "attendance_3m", *stopped),
            *((*shared, "indicator", name, day, 0.0, 0.25, None, "steady", 1.0, 1.0, 0.0, 0.0, 500)
              for name in ("age", "missing_12m", "missing_24m", "suspensions_12m", "youth_club_12m")),
            (*shared, "score", "raw", day, score, 0.1, 0.25, "drifted" if score >= 0.25 else "steady", 0.02, 0.03,
             None, None, 500),
            (*shared, "alert", "heightened", day, 0.0, 0.4, 0.7, "steady", 0.01, 0.01, None, None, 30),
            (*shared, "calibration", "all", day, 0.0, 0.22, 0.4, "steady", 1.1, 0.9, None, None, 30),
            (*shared, "list", "new", day, 0.3, 0.75, None, "steady", None, None, None, None, 30),
        ]  # fmt: skip
    return rows


def _publish(folder: Path, score: float) -> Path:
    with Draft(home(folder)) as draft:
        run = draft.connection.execute
        for table in TABLES:
            run(table.ddl())
        for name in ("cse", "cce"):
            spec = json.dumps(SPECS[name].as_json())
            reason = "There are too few known cases."
            run("INSERT INTO model VALUES (?, 'v1', NULL, 'withheld', ?, '2026-10-01', ?)", [name, reason, spec])
        rows = _rows(score)
        for row in rows:
            run(f"INSERT INTO drift VALUES ({', '.join('?' * len(DRIFT.columns))})", row)
        verdict = judged(pd.DataFrame(rows, columns=list(DRIFT.names())))
        run("INSERT INTO model_drift VALUES ('cse', 'v1', ?, ?, ?)", [verdict.state, verdict.drifted, verdict.reason])
        draft.manifest |= {"city": {"id": "moving", "name": "Moving", "invented": True}, "today": DAYS[-1]}
    return folder


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _publish(tmp_path_factory.mktemp("watched"), 0.02)


@pytest.fixture(scope="module")
def drifted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _publish(tmp_path_factory.mktemp("drifted"), 0.4)


def _open(open_page, place: Path, label: str):
    return open_page("drift", "demo.analyst", home=place, drift_model=label)


def test_an_indicator_whose_feed_stopped_is_named_with_what_to_do(watched, open_page) -> None:
    said = _said(_open(open_page, watched, SPECS["cse"].label))
    assert "Worth watching." in said
    assert "Children today look much like those it learned from, but 1 of 6 indicators moved" in said
    assert "known of 60 % of those it learned from, of nobody now" in said
    assert "Ask School attendance whether rows are missing or late" in said


def test_a_model_that_drifted_says_that_its_scores_are_withheld(drifted, open_page) -> None:
    assert "Drifted: its scores are withheld." in _said(_open(open_page, drifted, SPECS["cse"].label))


def test_a_model_that_learned_nothing_says_why_there_is_nothing_to_compare(watched, open_page) -> None:
    said = _said(_open(open_page, watched, SPECS["cce"].label))
    assert "has learned nothing yet" in said
    assert "too few known cases" in said


def test_without_a_model_the_page_says_so(tmp_path, open_page) -> None:
    assert "holds no model" in _said(open_page("drift", "demo.analyst", home=nowhere.publish(tmp_path / "nowhere")))


def test_those_who_use_no_model_cannot_open_it(watched, open_page) -> None:
    app = open_page("drift", "demo.quality", home=watched)
    assert any("models" in warning.value for warning in app.warning)
