"""A whole run on an invented history: what it hands over, and what it refuses to say."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.evaluation.evaluate import as_json
from analytics.evaluation.labels import KnownCases
from analytics.models import bundle
from analytics.models.inputs import Inputs
from analytics.models.measure import judge
from analytics.models.pipeline import TOO_FEW, TOO_SHORT, run
from analytics.models.result import CONTRIBUTION_COLUMNS, SCORE_COLUMNS, ModelResult
from analytics.models.specs.cse import CSE
from data.snapshot.states import ModelState
from data.snapshot.tables import CONTRIBUTION, EVALUATION, MODEL, SCORE

TODAY = date(2026, 10, 1)


def latest(result: ModelResult) -> pd.DataFrame:
    return result.scores[result.scores["as_of"] == np.datetime64(TODAY)].set_index("person")


def test_it_is_measured_at_the_last_date_whose_outcomes_are_known(small_run: ModelResult) -> None:
    assert small_run.evaluated_at == date(2025, 7, 1)


def test_every_ranking_is_measured_against_both_labels(small_run: ModelResult) -> None:
    printed = as_json(small_run.rows)["estimators"]
    names = {"points", "logistic", "boosting", "forest", "similarity", "prior_contacts", "random"}
    assert set(printed) == names  # type: ignore[call-overload]
    assert all(set(printed[name]) == {"identified", "truth"} for name in names)  # type: ignore[index]
    assert printed["boosting"]["truth"]["auc"]["value"] > 0.75  # type: ignore[index]
    json.dumps(small_run.as_json(), allow_nan=False)


def test_its_tables_have_the_columns_of_the_snapshot(small_run: ModelResult) -> None:
    assert small_run.contributions is not None
    tables = {
        SCORE: small_run.scores,
        CONTRIBUTION: small_run.contributions.table("cse"),
        EVALUATION: small_run.evaluation_table(),
        MODEL: small_run.model_table(),
    }
    for declared, frame in tables.items():
        assert tuple(frame.columns) == declared.names(), declared.name
    assert tuple(SCORE_COLUMNS) == SCORE.names()
    assert tuple(CONTRIBUTION_COLUMNS) == CONTRIBUTION.names()


def test_what_is_stored_adds_up_to_each_childs_raw_score(small_run: ModelResult) -> None:
    assert small_run.contributions is not None
    total = small_run.contributions.table("cse").groupby("person")["contribution"].sum()
    raw = latest(small_run)["raw"]
    assert (total.index == raw.index).all()
    np.testing.assert_allclose(total, raw, atol=1e-5)


def test_nobody_already_identified_is_on_the_list(small_run: ModelResult, history: Inputs) -> None:
    for day, scored in small_run.scores.groupby("as_of"):
        identified = history.known.identified(scored["person"].to_numpy())
        assert not (identified < day).any()
    assert small_run.scores["as_of"].nunique() == 8


def test_the_heightened_fill_the_places_and_the_reasons_raise(small_run: ModelResult) -> None:
    now = latest(small_run)
    assert small_run.capacity == 10
    assert (now["band"] == "heightened").sum() <= 2 * small_run.capacity
    heightened = now["band"] == "heightened"
    assert now[heightened]["probability"].min() >= now[~heightened]["probability"].max()
    assert now["probability"].between(0, 1).all()
    assert all(json.loads(reasons) for reasons in now[now["rank"] <= 5]["reasons"])


def test_without_truth_everything_else_is_the_same_byte_for_byte(small_run: ModelResult, history: Inputs) -> None:
    blind = run(CSE, replace(history, truth=None))
    assert blind.version == small_run.version
    pd.testing.assert_frame_equal(blind.scores, small_run.scores, check_exact=True)
    pd.testing.assert_frame_equal(blind.evaluation_table(), small_run.evaluation_table(), check_exact=True)
    assert {row.label for row in blind.rows} == {"identified"}


def test_a_bundle_gives_the_same_bytes_and_the_same_scores_back(
    small_run: ModelResult, history: Inputs, tmp_path: Path
) -> None:
    one, other = (bundle.save(small_run, tmp_path / name) for name in ("one", "other"))
    for name in (bundle.MODEL_FILE, bundle.FACTS_FILE):
        assert (one / name).read_bytes() == (other / name).read_bytes()
    back = bundle.load(one)
    assert back.facts["variables"] == list(small_run.names)
    X, fold = history.matrices[TODAY].values, np.arange(3000).astype(np.int8) % 5
    assert small_run.model is not None
    assert small_run.similarity is not None
    assert back.fitted.model.raw(X, fold).tobytes() == small_run.model.raw(X, fold).tobytes()
    assert back.fitted.similarity.score_samples(X).tobytes() == small_run.similarity.score_samples(X).tobytes()


def test_a_model_file_that_was_changed_is_refused(small_run: ModelResult, tmp_path: Path) -> None:
    place = bundle.save(small_run, tmp_path)
    with (place / bundle.MODEL_FILE).open("ab") as file:
        file.write(b"x")
    with pytest.raises(ValueError, match="not the one"):
        bundle.load(place)


@pytest.mark.parametrize("cases", [0, 1, 2, 5, 19])
def test_too_few_known_cases_to_say_anything(history: Inputs, cases: int) -> None:
    early = np.argsort(history.known.identified_on)[:cases]
    few = KnownCases.of(history.known.people[early], history.known.identified_on[early].tolist())
    result = run(CSE, replace(history, known=few))
    assert (result.state, result.reason) == ("withheld", TOO_FEW)
    assert len(result.scores) == 0
    assert result.contributions is None
    assert len(result.model_table()) == 1
    assert len(result.evaluation_table()) == 0
    with pytest.raises(ValueError, match="too few"):
        bundle.save(result, Path("nowhere"))


def test_a_history_of_one_year_is_too_short(history: Inputs) -> None:
    short = {day: matrix for day, matrix in history.matrices.items() if day >= date(2025, 10, 1)}
    assert run(CSE, replace(history, matrices=short)).reason == TOO_SHORT


def test_a_model_under_its_pass_mark_is_withheld_with_the_figures(small_run: ModelResult) -> None:
    hard = replace(CSE, pass_mark=replace(CSE.pass_mark, precision=1.1))
    verdict = judge(replace(hard, least_found=1), small_run.rows, small_run.estimator or "")
    assert verdict.state == ModelState.WITHHELD
    assert "the pass mark is 110 %" in verdict.reason
    easy = replace(CSE, pass_mark=replace(CSE.pass_mark, precision=0.0, lead=-1.0), least_found=1)
    assert judge(easy, small_run.rows, small_run.estimator or "").state == ModelState.CANDIDATE


def test_too_few_outcomes_tell_nothing_either_way(small_run: ModelResult) -> None:
    easy = replace(CSE, pass_mark=replace(CSE.pass_mark, precision=0.0, lead=-1.0), least_found=100_000)
    verdict = judge(easy, small_run.rows, small_run.estimator or "")
    assert verdict.state == ModelState.UNMEASURED
    assert "too few to tell" in verdict.reason


def test_capacity_follows_the_number_of_families_in_the_city(history: Inputs) -> None:
    none = replace(history, known=KnownCases.of([], []))
    assert run(CSE, replace(none, family_count=54_000)).capacity == 243
    assert run(CSE, none).capacity == 10


def test_excluded_indicators_are_not_among_the_variables(history: Inputs) -> None:
    narrow = replace(CSE, excluded_indicators=("i00",))
    kinds = {"i01": ("factor_cse",), "i02": ("missing",)}
    few = KnownCases.of([], [])
    assert run(narrow, replace(history, kinds=kinds, known=few)).names == history.matrices[TODAY].names[2:]


def test_choosing_and_calibrating_read_only_outcomes_known_by_the_evaluation_date(small_run: ModelResult) -> None:
    assert small_run.training["calibrated_at"] == ["2023-07-01", "2023-10-01", "2024-01-01", "2024-04-01"]
