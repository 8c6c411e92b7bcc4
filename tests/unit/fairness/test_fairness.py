"""How a score's errors fall on different groups: the figures, their intervals, and files that can't be audited."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from fairlearn.metrics import demographic_parity_difference, demographic_parity_ratio, equalized_odds_difference
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from analytics.fairness.audit import FEW_PEOPLE, audit, share
from analytics.fairness.file import ScoresRefused, read_scores
from data.commands import Command, main

#: Ten girls: four flagged of whom three truly were, one missed. Ten boys: two flagged, none of them; two missed.
GIRLS = [(1, 0.9)] * 3 + [(0, 0.8)] + [(1, 0.2)] + [(0, 0.1)] * 5
BOYS = [(0, 0.7)] * 2 + [(1, 0.3)] * 2 + [(0, 0.0)] * 6


@pytest.fixture
def scores(tmp_path: Path) -> Path:
    rows = [(*row, "F", "North") for row in GIRLS] + [(*row, "M", "") for row in BOYS]
    path = tmp_path / "scores.csv"
    pd.DataFrame(rows, columns=["was", "score", "sex", "area"]).to_csv(path, index=False)
    return path


def run(*arguments: str) -> int:
    return main("analytics", [Command("fairness", "analytics.fairness.command", "")], ["fairness", *arguments])


def told(path: Path, capsys: pytest.CaptureFixture[str], by: str = "sex") -> dict[str, Any]:
    code = run(str(path), "--truth", "was", "--score", "score", "--threshold", "0.5", "--by", by, "--json")
    assert code == 0
    return dict(json.loads(capsys.readouterr().out))


def test_each_group_is_told_by_its_own_errors(scores: Path, capsys: pytest.CaptureFixture[str]) -> None:
    groups = told(scores, capsys)["groups"]
    girls, boys = groups["sex=F"], groups["sex=M"]
    assert (girls["n"], girls["positives"], girls["selected"]) == (10, 4, 4)
    assert girls["selection_rate"] == pytest.approx(0.4)
    assert girls["precision"] == pytest.approx(3 / 4)
    assert girls["recall"] == pytest.approx(3 / 4)
    assert girls["false_positive_rate"] == pytest.approx(1 / 6)
    assert girls["false_negative_rate"] == pytest.approx(1 / 4)
    assert boys["precision"] == 0
    assert boys["false_negative_rate"] == 1
    assert girls["small"]
    assert girls["n"] < FEW_PEOPLE


def test_pairs_are_told_too_and_what_is_not_recorded_is_a_group(
    scores: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    groups = told(scores, capsys, "sex,area")["groups"]
    assert set(groups) == {
        "sex=F", "sex=M", "area=North", "area=not recorded", "sex=F,area=North", "sex=M,area=not recorded",
    }  # fmt: skip


def test_nobody_selected_leaves_precision_untold() -> None:
    frame = pd.DataFrame({"truth": [True, False], "score": [0.1, 0.2], "sex": ["F", "F"]})
    girls = audit(frame, 0.5, ["sex"])["groups"]["sex=F"]
    assert girls["precision"] is None
    assert girls["precision_interval"] is None
    assert girls["recall"] == 0


def test_scores_that_are_no_chances_have_no_calibration() -> None:
    frame = pd.DataFrame({"truth": [True, False], "score": [300.0, 20.0], "sex": ["F", "M"]})
    assert audit(frame, 100, ["sex"])["overall"]["calibration_gap"] is None


@settings(deadline=None)
@given(st.integers(1, 400).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_an_interval_holds_the_share_and_stays_within_0_and_1(pair: tuple[int, int]) -> None:
    value, (low, high) = share(*pair)
    assert 0 <= low <= value + 1e-12
    assert value - 1e-12 <= high <= 1


def test_the_interval_covers_the_true_share_as_often_as_it_says() -> None:
    chance = binom(40, 0.2).pmf(range(41))
    covered = [low <= 0.2 <= high for _, (low, high) in (share(found, 40) for found in range(41))]
    assert 0.92 <= chance[covered].sum() <= 0.98


def test_groups_together_make_everybody(scores: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = told(scores, capsys)
    assert sum(group["selected"] for group in answer["groups"].values()) == answer["overall"]["selected"]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("was,score,sex\n1,0.5,F\nperhaps,0.1,M\n", r"line 3: was: is not 1 or 0"),
        ("was,score,sex\n1,high,F\n", r"line 2: score: is not a number"),
        ("was,sex\n1,F\n", r"no column called score"),
        ("was,score,sex\n", r"holds no rows"),
        ("was,score,sex\n,0.5,F\n", r"was is blank in every row"),
        ("was,score,sex\n1,,F\n", r"line 2: score: is not a number"),
        ("was,score,sex\n1,0.5,F,1\n0,0.1,M,2\n", r"more fields than its first line names"),
        ("was,score,sex\n" + "".join(f"1,0.5,{n}\n" for n in range(201)), r"201 values, too many to be groups"),
        ("", r"can't be read as a CSV"),
    ],
)
def test_a_file_that_cannot_be_audited_is_told_where_and_why(tmp_path: Path, body: str, says: str) -> None:
    path = tmp_path / "scores.csv"
    path.write_text(body)
    with pytest.raises(ScoresRefused, match=says):
        read_scores(path, "was", "score", ["sex"])


def test_the_command_refuses_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = str(tmp_path / "none.csv")
    assert run(where, "--truth", "a", "--score", "b", "--threshold", "1", "--by", "c") == 2
    assert capsys.readouterr().err.strip() == f"{where}: there is no such file"


def test_the_gaps_are_those_that_fairlearn_defines() -> None:
    draws = np.random.default_rng(1)
    sex = draws.choice(["F", "M", "not told"], 600)
    frame = pd.DataFrame(
        {"truth": draws.random(600) < 0.3, "score": draws.random(600) + 0.2 * (sex == "F"), "sex": sex}
    )
    told = {"y_true": frame["truth"], "y_pred": frame["score"] >= 0.7, "sensitive_features": sex}
    gaps = audit(frame, 0.7, ["sex"])["gaps"]["sex"]
    assert gaps["demographic_parity_difference"] == pytest.approx(demographic_parity_difference(**told))
    assert gaps["demographic_parity_ratio"] == pytest.approx(demographic_parity_ratio(**told))
    assert gaps["equalized_odds_difference"] == pytest.approx(equalized_odds_difference(**told))


@pytest.mark.parametrize(
    "body",
    [
        "\ufeffwas,score,sex\n1,0.5,F\n0,0.25,M\n",
        "was;score;sex\n1;0,5;F\n0;0,25;M\n",
        "was\tscore\tsex\nyes\t0.5\tF\nno\t0.25\tM\n",
        'note,"was",score, sex \n"Smith, of Hill; St",1.0, 0.5 ,F\n"a ""b""",FALSE,0.25,M\n',
        "was,score,sex\r\nTRUE,0.5,F\r\n0.00,0.25,M\r\n",
    ],
)
def test_however_a_spreadsheet_writes_it_the_same_is_read(tmp_path: Path, body: str) -> None:
    path = tmp_path / "scores.csv"
    path.write_bytes(body.encode())
    read = read_scores(path, "was", "score", ["sex"])
    assert read.to_dict("list") == {"truth": [True, False], "score": [0.5, 0.25], "sex": ["F", "M"]}


def test_the_old_letters_of_windows_are_read_too(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_bytes("was,score,area\n1,0.5,Montr\u00e9al\n".encode("cp1252"))
    assert read_scores(path, "was", "score", ["area"])["area"].tolist() == ["Montr\u00e9al"]


def test_who_has_no_truth_written_down_is_left_out_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "scores.csv"
    path.write_text("was,score,sex\n1,0.9,F\n,0.8,M\n0,0.1,F\n")
    answer = told(path, capsys)
    assert (answer["n"], answer["left_out"]) == (2, 1)
    assert set(answer["groups"]) == {"sex=F"}


def test_one_group_and_nobody_selected_is_still_an_answer_that_can_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "scores.csv"
    path.write_text("was,score,sex\n1,0.1,F\n0,0.2,F\n")
    assert run(str(path), "--truth", "was", "--score", "score", "--threshold", "0.5", "--by", "sex", "--json") == 0
    text = capsys.readouterr().out
    assert "NaN" not in text
    assert json.loads(text)["gaps"]["sex"]["demographic_parity_ratio"] is None


def test_a_threshold_that_is_no_number_is_refused(scores: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(scores), "--truth", "was", "--score", "score", "--threshold", "nan", "--by", "sex") == 2
    assert "--threshold" in capsys.readouterr().err
