"""Who was approved goes on scoring until another is approved; and only for the question that was approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

from analytics.drift.measure import drift
from analytics.evaluation.rows import EVERYONE
from analytics.models.against import CHAMPION
from analytics.models.inputs import Inputs, Job
from analytics.models.pipeline import run
from analytics.models.result import ModelResult
from analytics.models.specs.cse import CSE
from analytics.models.succession import may_go_on
from tests.unit.models.standing_in import approved


@pytest.fixture(scope="module")
def later(history: Inputs, small_run: ModelResult) -> ModelResult:
    """The next build's run, where ``small_run`` was approved as v1."""
    return run(CSE, replace(history, champion=approved(small_run, "v1")))


def test_the_approved_version_scores_everybody_as_it_would_have(later: ModelResult, small_run: ModelResult) -> None:
    assert later.version == "v1"
    assert set(later.scores["version"]) == {"v1"}
    same = later.scores.drop(columns="version"), small_run.scores.drop(columns="version")
    pd.testing.assert_frame_equal(*same, check_exact=True)
    assert later.contributions is not None
    assert small_run.contributions is not None
    assert later.contributions.amounts.tobytes() == small_run.contributions.amounts.tobytes()


def test_its_figures_are_measured_anew_and_hold_it_to_the_mark(later: ModelResult, small_run: ModelResult) -> None:
    def own(result: ModelResult) -> dict[tuple[str, str], object]:
        return {
            (row.label, row.metric): row.figure
            for row in result.rows
            if (row.estimator, row.grouping) == (small_run.estimator, EVERYONE) and row.metric != "lead"
        }

    assert own(later) == own(small_run)
    assert (later.state, later.reason) == (small_run.state, small_run.reason)


def test_the_newcomer_waits_with_its_figures_and_scores_nobody(later: ModelResult, small_run: ModelResult) -> None:
    newcomer = later.challenger
    assert newcomer is not None
    assert newcomer.version == small_run.version
    assert newcomer.scores.empty
    assert newcomer.contributions is None
    assert any(row.estimator == CHAMPION for row in later.rows), "they are held against each other"


def test_drift_is_that_of_the_version_in_use(later: ModelResult, history: Inputs, small_run: ModelResult) -> None:
    moved, before = drift(CSE, history, later), drift(CSE, history, small_run)
    assert moved is not None
    assert before is not None
    assert moved.version == "v1"
    same = moved.rows.drop(columns="version"), before.rows.drop(columns="version")
    pd.testing.assert_frame_equal(*same, check_exact=True)


def test_it_goes_on_only_for_the_question_that_was_approved(history: Inputs, small_run: ModelResult) -> None:
    champion, job = approved(small_run), Job.of(CSE, history)
    assert may_go_on(job, champion)
    assert may_go_on(replace(job, spec=replace(CSE, review_on=CSE.review_on + timedelta(days=365))), champion)
    assert not may_go_on(replace(job, spec=replace(CSE, horizon_months=24)), champion)
    assert not may_go_on(job, replace(champion, names=(*champion.names, "no_longer_declared")))
