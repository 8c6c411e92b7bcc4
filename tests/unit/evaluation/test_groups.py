"""Figures by group and pair of groups, told as a table, and the same as an audit of anybody's scores would give."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.evaluation.bootstrap import family_weights
from analytics.evaluation.evaluate import as_json
from analytics.evaluation.groups import group_rows, is_small
from analytics.evaluation.rows import Row
from analytics.fairness.audit import audit

# The four with the highest scores are on the list.
CHILDREN = """
score  told  found  sex    band
9      0.8   yes    girls  old
8      0.6   no     girls  young
7      0.5   yes    boys   old
6      0.5   no     boys   old
5      0.4   yes    girls  young
4      0.2   no     girls  young
3      0.1   no     boys   old
2      0.1   no     boys   young
"""
# Selected, right of those, found of those to find, wrongly listed of the others, told less found.
ANSWERS = """
group                 n  selection_rate  precision  recall  false_positive_rate  false_negative_rate  calibration_gap
sex=girls             4  0.5             0.5        0.5     0.5                  0.5                  0.0
sex=boys              4  0.5             0.5        1.0     0.3333               0.0                  0.05
band=old              4  0.75            0.6667     1.0     0.5                  0.0                  -0.025
sex=girls,band=old    1  1.0             1.0        1.0     none                 0.0                  -0.2
sex=girls,band=young  3  0.3333          0.0        0.0     0.5                  1.0                  0.0667
sex=boys,band=young   1  0.0             none       none    0.0                  none                 0.1
"""


def lines(text: str) -> list[list[str]]:
    return [line.split() for line in text.strip().splitlines()]


def told() -> dict[str, dict[str, object]]:
    score, chance, found, sex, band = (np.array(column) for column in zip(*lines(CHILDREN)[1:], strict=True))
    groups = {"sex": sex.astype(object), "band": band.astype(object)}
    once = np.ones((8, 1), np.int16)
    rows = group_rows(
        "m", "identified", score.astype(float), found == "yes", once, 4, groups, chance.astype(float), True
    )
    return as_json(rows)["groups"]["m"]["identified"]  # type: ignore[index,no-any-return]


@pytest.mark.parametrize("answer", lines(ANSWERS)[1:], ids=lambda answer: answer[0])
def test_each_group_and_pair_is_judged_on_its_share_of_the_common_list(answer: list[str]) -> None:
    metrics, group = lines(ANSWERS)[0][2:], told()[answer[0]]
    assert group["n"] == int(answer[1])
    for metric, expected in zip(metrics, answer[2:], strict=True):
        value = group[metric]["value"]  # type: ignore[index]
        assert value is None if expected == "none" else value == pytest.approx(float(expected), abs=1e-4), metric


def test_small_groups_are_marked() -> None:
    assert [is_small(people, found) for people, found in ((49, 20), (50, 9), (50, 10))] == [True, True, False]
    assert all(group["small"] for group in told().values())


def invented(n: int = 600) -> tuple[pd.DataFrame, np.ndarray]:
    draw = np.random.default_rng(0)
    score = (draw.permutation(n) + 0.5) / n
    truth = draw.random(n) < score / 3
    sex = np.where(draw.random(n) < 0.05, None, np.where(draw.random(n) < 0.5, "F", "M")).astype(object)
    ethnicity = draw.choice(["White", "Black", "Asian"], n).astype(object)
    return pd.DataFrame({"truth": truth, "score": score, "sex": sex, "ethnicity": ethnicity}), np.arange(n) // 2


def rows_of(frame: pd.DataFrame, family: np.ndarray, capacity: int) -> list[Row]:
    groups = {
        name: frame[name].astype(object).where(frame[name].notna(), None).to_numpy() for name in ("sex", "ethnicity")
    }
    score, truth = frame["score"].to_numpy(), frame["truth"].to_numpy()
    return group_rows("m", "identified", score, truth, family_weights(family, 20), capacity, groups, score, True)


def test_an_audit_of_the_same_scores_gives_the_same_figures_under_the_same_names() -> None:
    frame, family = invented()
    ours = as_json(rows_of(frame, family, 60))["groups"]["m"]["identified"]  # type: ignore[index]
    theirs = audit(frame, float(np.sort(frame["score"])[-60]), ["sex", "ethnicity"])["groups"]
    assert ours.keys() == theirs.keys()
    shared = (
        "selection_rate base_rate precision recall false_positive_rate false_negative_rate mean_score calibration_gap"
    )
    for name, group in theirs.items():
        assert (ours[name]["n"], ours[name]["small"]) == (group["n"], group["small"])
        for metric in shared.split():
            value = ours[name][metric]["value"]
            assert value == (None if group[metric] is None else pytest.approx(group[metric])), (name, metric)


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(random: object) -> None:
    frame, family = invented(80)
    frame["score"] = (frame["score"] * 10).round() / 10
    order = list(range(80))
    random.shuffle(order)  # type: ignore[attr-defined]
    one, other = rows_of(frame, family, 15), rows_of(frame.iloc[order], family[order], 15)
    for a, b in zip(one, other, strict=True):
        assert (a.grouping, a.group, a.metric, a.n, a.positives) == (b.grouping, b.group, b.metric, b.n, b.positives)
        assert a.figure.value == (None if b.figure.value is None else pytest.approx(b.figure.value))
