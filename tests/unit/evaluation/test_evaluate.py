"""One contest, several rankings: the shape that the command prints and the table stores."""

from __future__ import annotations

from time import process_time

import numpy as np
import pytest

from analytics.evaluation.baselines import random_order
from analytics.evaluation.evaluate import Contest, as_json, evaluate
from analytics.evaluation.labels import Labels
from analytics.evaluation.rows import Row, table

METRICS = "average_precision precision_at_capacity recall_at_capacity false_per_true auc calibration_error".split()


def contest(n: int = 2000, estimators: int = 2) -> Contest:
    draw = np.random.default_rng(1)
    found = draw.random(n) < 0.05
    scores = {f"model{i}": draw.normal(size=n) + 1.5 * found for i in range(estimators)}
    scores |= {"prior_contacts": np.floor(draw.gamma(1, 1, n) + found), "random": random_order(np.arange(n))}
    told = {name: 1 / (1 + np.exp(3 - score)) for name, score in scores.items() if name.startswith("model")}
    everyone = np.ones(n, bool)
    hidden = found | (draw.random(n) < 0.02)
    labels = {"identified": Labels(draw.random(n) < 0.99, found), "truth": Labels(everyone, hidden)}
    sex = np.where(draw.random(n) < 0.1, None, np.where(draw.random(n) < 0.5, "F", "M")).astype(object)
    return Contest(np.arange(n) // 3, scores, labels, 40, "prior_contacts", told, {"sex": sex}, ("model0",))


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return evaluate(contest())


def test_each_figure_of_each_label_has_its_interval(rows: list[Row]) -> None:
    printed = as_json(rows)["estimators"]
    for label in ("identified", "truth"):
        entry = printed["model0"][label]  # type: ignore[index]
        assert {"n", "positives", "ceiling"} <= set(entry)
        for metric in METRICS:
            assert entry[metric]["low"] <= entry[metric]["value"] <= entry[metric]["high"], metric


def test_those_inside_the_gap_are_not_measured(rows: list[Row]) -> None:
    printed = as_json(rows)["estimators"]["model0"]  # type: ignore[index]
    measured = contest().labels["identified"].measured
    assert (printed["identified"]["n"], printed["truth"]["n"]) == (measured.sum(), 2000)


def test_the_rival_has_no_lead_over_itself_and_a_good_model_has_one(rows: list[Row]) -> None:
    printed = as_json(rows)["estimators"]
    assert printed["prior_contacts"]["truth"]["lead_at_capacity"] == {"value": 0.0, "low": 0.0, "high": 0.0}  # type: ignore[index]
    assert printed["model0"]["truth"]["lead_at_capacity"]["low"] > 0  # type: ignore[index]


def test_groups_add_up_and_name_those_not_recorded(rows: list[Row]) -> None:
    groups = as_json(rows)["groups"]["model0"]["truth"]  # type: ignore[index]
    assert set(groups) == {"sex=F", "sex=M", "sex=not recorded"}
    assert sum(one["n"] for one in groups.values()) == 2000


def test_truth_stays_out_of_the_table_unless_asked_for(rows: list[Row]) -> None:
    assert set(table("cse", rows)["label"]) == {"identified"}
    assert set(table("cse", rows, ("truth",))["label"]) == {"truth"}


def test_a_contest_of_forty_thousand_takes_seconds() -> None:
    start = process_time()
    evaluate(contest(40_000, 4))
    assert process_time() - start < 10
