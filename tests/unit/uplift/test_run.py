"""A model of benefit as a whole: found where there is any, not where there is none, refused where arms differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from analytics.models.uplift_spec import Assignment, UpliftSpec
from analytics.uplift.facts import Given
from analytics.uplift.run import UpliftResult, run
from analytics.uplift.trial import Trial
from data.snapshot.states import ModelState
from tests.unit.uplift.conftest import NAMES, Make

Told = Callable[[Trial], Given]


def _figure(
    result: UpliftResult, estimator: str | None, metric: str, label: str = "spared"
) -> tuple[float, float, float]:
    row = next(r.figure for r in result.rows if (r.estimator, r.metric, r.label) == (estimator, metric, label))
    assert row.value is not None
    return row.value, row.low if row.low is not None else np.nan, row.high if row.high is not None else np.nan


def test_benefit_that_differs_is_found(spec: UpliftSpec, trial: Make, told: Told) -> None:
    result = run(spec, told(trial()))
    assert result.state is ModelState.CANDIDATE
    value, low, _ = _figure(result, result.estimator, "qini")
    assert 0 < low < value
    assert _figure(result, result.estimator, "lead_over_lot")[1] > 0
    assert _figure(result, "everybody", "average_effect")[0] == pytest.approx(0.6, abs=0.15)


def test_the_list_puts_those_first_whom_it_helps(spec: UpliftSpec, trial: Make, told: Told) -> None:
    made = told(trial())
    result = run(spec, made)
    behaviour = made.today.column("behaviour") > 0
    raw = result.scores["raw"].to_numpy()
    assert raw[behaviour].mean() > raw[~behaviour].mean() + 0.4
    assert result.scores["rank"].min() == 1
    assert result.scores["probability"].isna().all()


def test_what_is_told_is_the_sum_of_its_reasons(spec: UpliftSpec, trial: Make, told: Told) -> None:
    made = told(trial())
    result = run(spec, made)
    assert result.model is not None
    assert result.contributions is not None
    fold = np.array([0, 1, 2, 3, 4] * 200, np.int8)
    base, parts = result.model.contributions(made.today.values, fold)
    assert base + parts.sum(axis=1) == pytest.approx(result.model.raw(made.today.values, fold), abs=1e-5)


def test_an_offer_that_helps_nobody_is_not_found_to_help(spec: UpliftSpec, trial: Make, told: Told) -> None:
    result = run(spec, told(trial(helps=0.0)))
    assert result.state is ModelState.WITHHELD
    assert "cannot be told from drawing lots" in result.reason
    _, low, high = _figure(result, "everybody", "average_effect")
    assert low < 0 < high


def test_places_that_did_not_fall_by_lot_are_refused(spec: UpliftSpec, trial: Make, told: Told) -> None:
    result = run(spec, told(trial(by_need=True)))
    assert result.state is ModelState.WITHHELD
    assert "said to be drawn by lot" in result.reason
    assert result.balance is not None
    assert result.balance.apart[0] == "domestic"


def test_judgement_without_overlap_is_refused(spec: UpliftSpec, trial: Make, told: Told) -> None:
    judged = replace(spec, assignment=Assignment.JUDGEMENT)
    made = trial(by_need=True)
    apart = replace(made, offered=made.values[:, 1] > 0)
    assert run(judged, told(apart)).state is ModelState.WITHHELD
    assert "given by judgement" in run(judged, told(apart)).reason


def test_judgement_with_overlap_is_weighed(spec: UpliftSpec, trial: Make, told: Told) -> None:
    """Places went to those with more contacts anyway: unweighed, the offer would seem to help far less than it does."""
    judged = replace(spec, assignment=Assignment.JUDGEMENT)
    made = trial(by_need=True, size=6000)
    plain = made.outcome[~made.offered].mean() - made.outcome[made.offered].mean()
    result = run(judged, told(made))
    assert result.state is ModelState.CANDIDATE
    assert _figure(result, "everybody", "average_effect")[0] == pytest.approx(0.6, abs=0.15)
    assert plain < 0.3


def test_too_few_families_to_tell_are_not_measured(spec: UpliftSpec, trial: Make, told: Told) -> None:
    result = run(spec, told(trial(size=1200)))
    assert result.state is ModelState.UNMEASURED
    assert result.rows
    assert len(result.scores) == 1000


def test_nothing_is_learned_from_a_handful(spec: UpliftSpec, trial: Make, told: Told) -> None:
    result = run(spec, told(trial(size=150)))
    assert result.state is ModelState.WITHHELD
    assert "100 of each are needed" in result.reason
    assert result.scores.empty
    assert not result.rows


def test_the_truth_measures_and_teaches_nothing(spec: UpliftSpec, trial: Make, told: Told) -> None:
    made = told(trial())
    truly = made.trial.values[:, 0] * (1.0 + made.trial.values[:, 1]) * 0.8
    with_truth, without = run(spec, replace(made, spared=truly.astype(float))), run(spec, made)
    assert _figure(with_truth, with_truth.estimator, "rank_correlation", "truth")[0] > 0.6
    assert with_truth.version == without.version
    assert with_truth.scores.equals(without.scores)
    assert [row for row in with_truth.rows if row.label != "truth"] == without.rows


def test_the_same_trial_gives_the_same_figures(spec: UpliftSpec, trial: Make, told: Told) -> None:
    one, other = (run(spec, told(trial())) for _ in range(2))
    assert one.rows == other.rows
    assert one.scores.equals(other.scores)


def test_a_family_is_in_one_fold_alone(trial: Make) -> None:
    made = trial()
    for family in np.unique(made.family)[:200]:
        assert len(np.unique(made.fold[made.family == family])) == 1
    assert made.names == NAMES


def test_what_says_how_the_draw_fell_is_never_read(spec: UpliftSpec) -> None:
    assert not spec.uses("anything", ("programme_offered",))
    assert not spec.uses("anything", ("programme_waiting", "contact"))
    assert not spec.uses("early_help_goals_12m", ("early_help_progress", "parenting_course"))
    assert spec.uses("contacts_24m", ("contact",))
