"""Figures of a ranking: equal to scikit-learn's, and the same whatever order the rows come in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, roc_auc_score

from analytics.evaluation.bootstrap import family_weights, figure
from analytics.evaluation.metrics import (
    Ranking,
    calibration_bins,
    calibration_error,
    found_in_top,
    list_figures,
    ranking_figures,
)


def once(n: int) -> np.ndarray:
    return np.ones((n, 1), np.int16)


scored = st.lists(st.tuples(st.integers(0, 6), st.booleans(), st.integers(0, 3)), min_size=4, max_size=60).filter(
    lambda rows: any(y and w for _, y, w in rows) and any(not y and w for _, y, w in rows)
)


@given(scored)
def test_average_precision_and_auc_are_scikit_learns_for_any_weights(rows: list[tuple[int, bool, int]]) -> None:
    score, y, weight = (np.array(column) for column in zip(*rows, strict=True))
    figures = ranking_figures(Ranking.of(score.astype(float)), y, weight[:, None].astype(np.int16))
    assert figures["auc"][0] == pytest.approx(roc_auc_score(y, score, sample_weight=weight))
    assert figures["average_precision"][0] == pytest.approx(average_precision_score(y, score, sample_weight=weight))


@given(scored, st.randoms(use_true_random=False), st.integers(1, 70))
def test_no_figure_depends_on_the_order_of_the_rows(rows: list[tuple[int, bool, int]], random: object, k: int) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (_figures(version, k) for version in (rows, shuffled))
    for metric in one:
        np.testing.assert_allclose(one[metric], other[metric])


def _figures(rows: list[tuple[int, bool, int]], k: int) -> dict[str, np.ndarray]:
    score, y, _ = (np.array(column) for column in zip(*rows, strict=True))
    ranking = Ranking.of(score.astype(float))
    return ranking_figures(ranking, y, once(len(y))) | list_figures(ranking, y, once(len(y)), k)


@given(scored, st.integers(1, 30))
def test_a_person_drawn_twice_is_as_good_as_two_people(rows: list[tuple[int, bool, int]], k: int) -> None:
    score, y, weight = (np.array(column) for column in zip(*rows, strict=True))
    weighted = list_figures(Ranking.of(score.astype(float)), y, weight[:, None].astype(np.int16), k)
    repeated = np.repeat(np.arange(len(y)), weight)
    plain = list_figures(Ranking.of(score[repeated].astype(float)), y[repeated], once(len(repeated)), k)
    for metric in plain:
        np.testing.assert_allclose(weighted[metric], plain[metric], atol=1e-12)


def test_ties_at_the_border_of_the_list_count_by_expectation() -> None:
    """
    rank   score   found      a list of 3 takes the first two and one of the four tied: half of those are true
    1-2    9       1 of 2
    3-6    5       2 of 4
    """
    score, found = np.array([9, 9, 5, 5, 5, 5.0]), np.array([1, 0, 1, 1, 0, 0], bool)
    figures = list_figures(Ranking.of(score), found, once(6), 3)
    assert figures["precision_at_capacity"][0] == pytest.approx(1.5 / 3)
    assert figures["recall_at_capacity"][0] == pytest.approx(1.5 / 3)
    assert figures["false_per_true"][0] == pytest.approx(1.0)
    assert figures["lift_at_capacity"][0] == pytest.approx(1.0)


def test_a_list_that_finds_nobody_has_no_false_per_true() -> None:
    figures = list_figures(Ranking.of(np.array([3, 2, 1.0])), np.array([0, 0, 1], bool), once(3), 2)
    assert np.isnan(figures["false_per_true"][0])
    assert figure(figures["false_per_true"]).as_json() == {"value": None, "low": None, "high": None}


def test_the_ceiling_is_what_a_perfect_list_could_reach() -> None:
    figures = list_figures(Ranking.of(np.arange(10.0)), np.arange(10) < 4, once(10), 8)
    assert figures["ceiling"][0] == 0.5


def test_a_group_is_judged_on_its_share_of_the_common_list() -> None:
    score, found = np.array([9, 8, 7, 6.0]), np.array([1, 0, 0, 1], bool)
    boys = np.array([0, 1, 1, 1], bool)
    figures = list_figures(Ranking.of(score), found, once(4), 2, boys)
    assert (figures["precision_at_capacity"][0], figures["recall_at_capacity"][0]) == (0.0, 0.0)
    assert figures["selection_rate"][0] == pytest.approx(1 / 3)


def test_nobody_to_find_gives_no_figure_rather_than_nought() -> None:
    figures = ranking_figures(Ranking.of(np.arange(5.0)), np.zeros(5, bool), once(5))
    assert np.isnan(figures["auc"]).all()
    assert np.isnan(figures["average_precision"]).all()


def test_the_top_two_per_cent_hold_two_of_a_hundred() -> None:
    found = np.zeros(100, bool)
    found[[99, 98, 50]] = True
    assert found_in_top(Ranking.of(np.arange(100.0)), found, once(100), 0.02)[0] == pytest.approx(2 / 3)


def test_calibration_error_is_the_mean_distance_in_ten_equal_bins_of_the_top_twentieth() -> None:
    n = 4000
    told = np.linspace(0, 1, n)
    bins = calibration_bins(Ranking.of(told))
    assert [len(people) for people in bins] == [20] * 10
    assert told[bins[0]].max() < told[bins[9]].min()
    error, _, _ = calibration_error(bins, np.full(n, 0.25), np.arange(n) % 2 == 0, once(n))
    assert error[0] == pytest.approx(0.25)


def test_families_stand_or_fall_together() -> None:
    family = np.array([5, 1, 5, 9, 1])
    weights = family_weights(family, 50)
    assert (weights[:, 0] == 1).all()
    assert (weights[0] == weights[2]).all()
    assert (weights[1] == weights[4]).all()
    assert (weights[[0, 1, 3]].sum(axis=0) == 3).all()
    assert (weights == family_weights(family, 50)).all()


def test_intervals_hold_the_true_figure_about_as_often_as_they_say() -> None:
    draw = np.random.default_rng(3)
    held = 0
    for _ in range(60):
        score = draw.normal(size=800)
        found = draw.random(800) < 1 / (1 + np.exp(3 - 1.5 * score))
        weights = family_weights(np.arange(800) // 2, 200)
        auc = figure(ranking_figures(Ranking.of(score), found, weights)["auc"])
        held += auc.low <= TRUE_AUC <= auc.high  # type: ignore[operator]
    assert held >= 51


# Of that logistic risk on a normal score, from four million draws.
TRUE_AUC = 0.8302
