"""Which indicators give a group away: told where one does, and not where none does."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from analytics.fairness.proxies import ALL_TOGETHER, aucs, interval, tell

PEOPLE = 1500
DRAW = np.random.default_rng(4)
GIRL = DRAW.random(PEOPLE) < 0.5
SEX = np.where(GIRL, "girls", "boys").astype(object)
SEX[:50] = None
VALUES = DRAW.poisson(1.0, (PEOPLE, 4)).astype(np.float32)
VALUES[:, 1] += 2 * GIRL
VALUES[GIRL & (DRAW.random(PEOPLE) < 0.6), 2] = np.nan
NAMES = ("nothing", "more", "unknown", "nothing_either")
FAMILY = np.arange(PEOPLE) // 2


@pytest.fixture(scope="module")
def girls() -> dict[str, tuple[float, float, float, object]]:
    """Indicator -> AUC, its interval, and whether girls have more of it."""
    told = tell("cse", VALUES, NAMES, {"sex": SEX}, FAMILY)
    mine = told[told["group"] == "girls"]
    return {row.indicator: (row.auc, row.low, row.high, row.more) for row in mine.itertuples()}


def test_an_indicator_that_goes_with_the_group_tells_it(girls: dict) -> None:
    auc, low, _, more = girls["more"]
    assert auc == pytest.approx(roc_auc_score(GIRL[50:], VALUES[50:, 1]))
    assert low > 0.5
    assert more is True


def test_that_something_is_not_known_gives_a_group_away_as_well(girls: dict) -> None:
    auc, low, _, more = girls["unknown"]
    assert low > 0.5
    assert auc > 0.6
    assert more is False


def test_all_together_tell_more_than_each_and_what_tells_nothing_is_said_to(girls: dict) -> None:
    assert girls[ALL_TOGETHER][0] > max(girls["more"][0], girls["unknown"][0])
    assert girls["nothing"][1] < 0.5 + 0.02


def test_a_rule_fitted_to_nothing_finds_nothing_in_families_it_has_not_seen() -> None:
    lots = np.random.default_rng(1).normal(size=(600, 40)).astype(np.float32)
    names = tuple(f"i{n}" for n in range(40))
    told = tell("cse", lots, names, {"sex": SEX[50:650]}, np.arange(600))
    assert told[told["indicator"] == ALL_TOGETHER]["auc"].sub(0.5).abs().max() < 0.08


def test_who_is_not_recorded_is_in_neither_side_and_tiny_groups_are_left_out() -> None:
    few = SEX.copy()
    few[100:110] = "other"
    told = tell("cse", VALUES, NAMES, {"sex": few}, FAMILY)
    assert set(told["group"]) == {"boys", "girls"}
    assert set(told["n"]) == {PEOPLE - 50}


def test_ties_count_as_half() -> None:
    member = np.array([True, True, False, False])
    assert aucs(np.array([[1.0], [0.0], [0.0], [0.0]]), member[:, None])[0, 0] == pytest.approx(0.75)


def test_fewer_families_make_the_interval_wider() -> None:
    narrow, wide = interval(0.7, (400, 400)), interval(0.7, (40, 40))
    assert wide[0] < narrow[0] < 0.7 < narrow[1] < wide[1]
