"""The victims nobody knows, counted on a small invented history: what is taught the truth, and what never sees it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from analytics.evaluation.labels import Attribute, Exploitation, identified_label, truth_label
from analytics.models import bundle, inputs
from analytics.models.boosting import Boosting
from analytics.models.estimator import Estimator
from analytics.models.inputs import Inputs, Job
from analytics.models.pipeline import run
from analytics.models.specs.cse import CSE
from analytics.unknown import cities as of_cities
from analytics.unknown.ceiling import EVERY, OTHERS_PER_CASE, true_training
from analytics.unknown.cities import City, Round, cities, pooled, summary
from analytics.unknown.command import said
from analytics.unknown.measure import TAUGHT, Counted, as_json, count
from analytics.unknown.rankings import (
    KNOWN_AGAINST_REST,
    PRIOR_CONTACTS,
    RANDOM,
    SIMILARITY,
    rank,
)
from data.city.noticing import Noticing
from data.snapshot.engine import StoreError
from tests.unit.models.conftest import invent


@pytest.fixture(scope="module", autouse=True)
def two_estimators() -> Iterator[None]:
    """Two stand for all four, and learn in no time."""
    every = inputs.estimators

    def quickest(signs: Sequence[int], unlabelled: bool = True) -> dict[str, Callable[[], Estimator]]:
        logistic = every(signs, unlabelled)["logistic"]
        return {"logistic": logistic, "boosting": partial(Boosting, signs, rounds=5)}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inputs, "estimators", quickest)
        yield


@pytest.fixture(scope="module")
def history() -> Inputs:
    made = invent(2200)
    people = next(iter(made.matrices.values())).people
    return replace(made, watched=Attribute(people, np.random.default_rng(3).normal(size=len(people))))


@pytest.fixture(scope="module")
def counted(history: Inputs) -> Counted:
    return count(CSE, history)


def test_the_unknown_are_those_exploited_whom_nobody_has_identified(history: Inputs, counted: Counted) -> None:
    people, day = counted.rankings.cohort.people, counted.rankings.day
    assert not (history.known.identified(people) < np.datetime64(day)).any()
    assert history.truth is not None
    assert (counted.unknown == truth_label(history.truth, people, day, 12).positive).all()
    assert not (counted.never & ~counted.unknown).any()
    assert 0 < counted.never.sum() < counted.unknown.sum()


def test_each_ranking_is_told_and_a_list_holds_no_more_than_its_places(counted: Counted) -> None:
    names = set(counted.figures)
    assert {*Job.of(CSE, invent(60)).makes, SIMILARITY, KNOWN_AGAINST_REST, PRIOR_CONTACTS, RANDOM} <= names
    assert {TAUGHT + name for name in Job.of(CSE, invent(60)).makes} <= names
    for figures in counted.figures.values():
        found, unnoticed = figures["unknown_found"].value, figures["never_noticed_found"].value
        assert 0 <= unnoticed <= found <= counted.rankings.capacity


def test_what_is_taught_known_cases_is_held_against_the_best_that_was_taught_the_truth(counted: Counted) -> None:
    drawn = counted.drawn
    taught = [one for name, one in drawn.precision.items() if name.startswith(TAUGHT)]
    assert drawn.precision[drawn.best_taught][0] == max(one[0] for one in taught)
    best = max(one[0] for one in taught)
    assert drawn.chosen == counted.rankings.choice.estimator
    assert drawn.ratio()[0] == pytest.approx(drawn.precision[drawn.chosen][0] / best)
    assert drawn.ratio_of(RANDOM)[0] == pytest.approx(drawn.precision[RANDOM][0] / best)
    assert drawn.lead()[0] == pytest.approx(drawn.precision[drawn.chosen][0] - drawn.precision[KNOWN_AGAINST_REST][0])


def test_a_perfect_list_is_right_as_often_as_the_exploited_are_identified(history: Inputs, counted: Counted) -> None:
    found = counted.rankings
    label = identified_label(history.known, found.cohort.people, found.day, CSE.gap_days, CSE.horizon_months)
    exploited = counted.unknown & label.measured
    assert counted.perfect.value == pytest.approx(label.positive[exploited].mean())
    assert 0 < counted.perfect.low <= counted.perfect.value <= counted.perfect.high < 1


def test_nothing_that_learns_from_known_cases_is_moved_by_the_truth(history: Inputs, counted: Counted) -> None:
    """Another truth, the same scores to the last bit: of the models' as of those measured beside them."""
    assert history.truth is not None
    turned = Exploitation(
        history.truth.people[::-1][:20][::-1], history.truth.started_on[:20], history.truth.ended_on[:20]
    )
    other = rank(CSE, replace(history, truth=turned))
    assert other.choice == counted.rankings.choice
    for name, score in counted.rankings.scores.items():
        assert other.scores[name].tobytes() == score.tobytes(), name
    assert any(other.ceilings[name].tobytes() != score.tobytes() for name, score in counted.rankings.ceilings.items())


def test_a_model_has_the_same_bytes_with_and_without_truth(history: Inputs, tmp_path: Path) -> None:
    with_truth, without = run(CSE, history), run(CSE, replace(history, truth=None, watched=None))
    one, other = (bundle.save(result, tmp_path / name) for result, name in ((with_truth, "one"), (without, "other")))
    for file in (bundle.MODEL_FILE, bundle.FACTS_FILE):
        assert (one / file).read_bytes() == (other / file).read_bytes()
    assert {row.label for row in without.rows} == {"identified"}
    assert "percentile_gap" in {row.metric for row in with_truth.rows if row.label == "truth"}
    assert "percentile_gap" not in set(with_truth.evaluation_table()["metric"])


def test_the_truth_is_taught_of_the_past_and_of_those_nobody_knew(history: Inputs) -> None:
    job = Job.of(CSE, history)
    day = sorted(job.matrices)[-5]
    assert history.truth is not None
    training = true_training(job, day, history.truth)
    assert training.as_of.max() < np.datetime64(day)
    assert len(set(np.diff(np.unique(training.as_of.astype("datetime64[M]"))).tolist())) == 1
    assert len(np.unique(training.as_of)) == len([d for d in job.matrices if d < day]) // EVERY
    assert not (history.known.identified(training.people) < training.as_of).any()
    assert training.positive.mean() == pytest.approx(1 / (1 + OTHERS_PER_CASE), abs=0.01)


def test_without_truth_or_without_cases_it_says_why(history: Inputs) -> None:
    with pytest.raises(StoreError, match="truth of an invented city"):
        count(CSE, replace(history, truth=None))
    few = replace(history, known=type(history.known)(history.known.people[:5], history.known.identified_on[:5]))
    with pytest.raises(StoreError, match="too few"):
        count(CSE, few)


def test_figures_are_told_in_words_and_as_json(counted: Counted) -> None:
    told = {"model": "cse"} | as_json(counted)
    assert json.loads(json.dumps(told)) == told
    assert set(told["watched"][KNOWN_AGAINST_REST]) == {"exploited", "not exploited"}
    assert any("known to nobody" in line for line in said(told))
    assert len(said(told)) >= len(told["rankings"])


def test_the_mean_over_cities_is_the_mean(counted: Counted) -> None:
    other = {name: one * (1.1 if name == KNOWN_AGAINST_REST else 1) for name, one in counted.drawn.precision.items()}
    two = replace(counted, drawn=replace(counted.drawn, precision=other))
    told = summary({1: City.of(counted), 2: City.of(two)})
    leads = [one.drawn.lead()[0] for one in (counted, two)]
    assert told["lead_over_known_against_rest"]["value"] == pytest.approx(np.mean(leads))
    assert set(told["cities"]) == {"1", "2"}


def test_the_interval_of_all_cities_is_students() -> None:
    few = [np.array([value, value]) for value in (1.0, 2.0, 3.0, 4.0, 5.0)]
    told = pooled(few)["of_cities"]
    assert (told["low"], told["high"]) == pytest.approx((3 - 1.963, 3 + 1.963), abs=0.001)
    assert pooled(few[:1])["of_cities"] == {"low": None, "high": None}


def test_a_round_that_was_broken_off_goes_on_where_it_was(
    counted: Counted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, made = Round(CSE, 300, tmp_path), []
    monkeypatch.setattr(of_cities, "inputs_of", lambda *city: made.append(city[2]))
    monkeypatch.setattr(of_cities, "count", lambda *_: counted)
    first = cities(asked, (1,), (Noticing.RANDOM,), str)
    again = cities(asked, (1, 2), (Noticing.RANDOM,), str)
    assert made == [1, 2]
    assert again["random"]["cities"]["1"] == json.loads(json.dumps(first["random"]["cities"]["1"]))
