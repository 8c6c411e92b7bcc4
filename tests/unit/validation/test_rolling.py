"""The same model at several dates, each time knowing only what was known by then."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.evaluation.evaluate import Contest, as_json, evaluate
from analytics.evaluation.labels import KnownCases, Labels, window
from analytics.matrix.matrix import Matrix
from analytics.models.inputs import Inputs
from analytics.models.pipeline import run
from analytics.models.specs.cse import CSE
from analytics.validation.rolling import dates, measured, pooled, rolling, spread
from analytics.validation.stand import Stand
from tests.unit.validation.conftest import SILENT, standing

#: Early enough for others to lie after it, late enough to have something to learn from.
EARLIER = date(2024, 7, 1)


def contest(scores: list[float], found: list[int], families: list[int]) -> Contest:
    """A list of two; the rival knows nothing."""
    n = len(scores)
    label = Labels(np.ones(n, bool), np.array(found, bool))
    ranked = {"model": np.array(scores), "rival": np.zeros(n)}
    return Contest(np.array(families), ranked, {"identified": label}, 2, "rival")


def test_lists_of_all_dates_are_added_up() -> None:
    """
    date    on the list       found of them   to be found
    first   two of four       2               2
    second  two of four       0               1

    Pooled: 2 of 4 on the lists were right, and 2 of 3 were found. The rival, which draws lots, is right with 3 of 8.
    """
    told = pooled(
        [contest([4, 3, 2, 1], [1, 1, 0, 0], [1, 2, 3, 4]), contest([4, 3, 2, 1], [0, 0, 0, 1], [1, 2, 3, 4])]
    )
    model = told["model"]["identified"]
    assert model["precision_at_capacity"]["value"] == pytest.approx(2 / 4)
    assert model["recall_at_capacity"]["value"] == pytest.approx(2 / 3)
    assert model["false_per_true"]["value"] == pytest.approx(1.0)
    assert model["lead_at_capacity"]["value"] == pytest.approx(2 / 4 - 3 / 8)
    assert model["auc"]["value"] == pytest.approx((1 + 0) / 2)


def test_where_no_list_finds_anybody_there_is_no_number_of_wrong_ones_for_each_right_one() -> None:
    told = pooled([contest([4, 3, 2, 1], [0, 0, 0, 1], [1, 2, 3, 4])] * 2)
    assert told["model"]["identified"]["false_per_true"]["value"] is None


def test_the_spread_is_told_over_the_dates_that_have_a_figure() -> None:
    by_date = [{"model": {"identified": {"auc": {"value": value}}}} for value in (0.6, None, 0.8)]
    told = spread(by_date)["model"]["identified"]["auc"]
    assert (told["dates"], told["least"], told["most"], told["mean"]) == (2, 0.6, 0.8, pytest.approx(0.7))
    assert told["deviation"] == pytest.approx(np.sqrt(0.02))


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_the_order_of_the_rows_changes_nothing(random: object) -> None:
    rows = [(s, f, w) for s, f, w in zip([3, 3, 2, 2, 1, 1], [1, 0, 0, 1, 0, 0], [1, 1, 2, 3, 4, 4], strict=True)]
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (pooled([contest(*map(list, zip(*order, strict=True)))]) for order in (rows, shuffled))
    for metric, figure in one["model"]["identified"].items():
        assert other["model"]["identified"][metric] == pytest.approx(figure), metric


def test_dates_lie_half_a_year_apart_and_end_at_t(given_model: Stand) -> None:
    assert given_model.day == date(2025, 7, 1)
    assert dates(given_model.job, given_model.day)[:3] == [date(2025, 7, 1), date(2025, 1, 1), date(2024, 7, 1)]


def test_at_t_the_figures_are_those_that_were_published(invented: Inputs) -> None:
    published = run(CSE, invented)
    estimator = str(published.estimator)
    found = measured(standing(invented, estimator).job, estimator, date(2025, 7, 1))
    assert found is not None
    again, told = (as_json(rows)["estimators"] for rows in (evaluate(found.contest), published.rows))
    for name in (estimator, "prior_contacts", "random"):
        for label in ("identified", "truth"):
            assert again[name][label] == told[name][label], (name, label)  # type: ignore[index]


def test_every_date_and_all_together_have_intervals_and_dates_too_early_say_so(given_model: Stand) -> None:
    told = rolling(given_model, SILENT)
    assert len(told["by_date"]) + len(told["skipped"]) == 6
    for one in told["by_date"].values():
        figure = one["estimators"]["points"]["identified"]["average_precision"]
        assert figure["low"] <= figure["value"] <= figure["high"]
    cases = [one["cases"] for one in told["by_date"].values()]
    assert cases == sorted(cases, reverse=True), "the later the date the more there is to learn from"
    assert told["pooled"]["estimators"]["points"]["identified"]["dates"] == len(cases)


def figures_at_an_earlier_date(inputs: Inputs) -> str:
    found = measured(standing(inputs).job, "points", EARLIER)
    assert found is not None
    return json.dumps(pooled([replace(found.contest, labels={"identified": found.contest.labels["identified"]})]))


@pytest.fixture(scope="module")
def in_time(invented: Inputs) -> str:
    """The figures as they are, when nothing came late."""
    return figures_at_an_earlier_date(invented)


@given(st.lists(st.tuples(st.integers(0, 899), st.integers(0, 400)), max_size=30))
@settings(max_examples=6, deadline=None)
def test_a_case_that_arrives_late_changes_no_metric_of_the_past(
    invented: Inputs, in_time: str, arrivals: list[tuple[int, int]]
) -> None:
    """A case counts from the day on which it was known: whoever is told of after a window closed was not in it."""
    closed = window(EARLIER, CSE.gap_days, CSE.horizon_months)[1]
    everybody = invented.matrices[EARLIER].people
    new = [(int(everybody[row]), np.datetime64(closed) + days) for row, days in arrivals]
    more = KnownCases.of(
        [*invented.known.people.tolist(), *(person for person, _ in new)],
        [*invented.known.identified_on.tolist(), *(day.astype(date) for _, day in new)],
    )
    assert figures_at_an_earlier_date(replace(invented, known=more)) == in_time


def test_nothing_is_read_from_a_later_date(invented: Inputs, in_time: str) -> None:
    poisoned = {
        day: matrix if day <= EARLIER else Matrix(matrix.people, day, matrix.names, np.full_like(matrix.values, 99))
        for day, matrix in invented.matrices.items()
    }
    assert figures_at_an_earlier_date(replace(invented, matrices=poisoned)) == in_time
