"""The Qini curve on trials of which the right answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.evaluation.bootstrap import family_weights, figure
from analytics.uplift.qini import GRID, Arms, at_share, average, coefficient, curve
from tests.unit.uplift.conftest import Make


def _arms(trial) -> Arms:  # type: ignore[no-untyped-def]
    return Arms(trial.offered, trial.outcome, trial.chance)


def test_four_families_by_hand() -> None:
    """Of two alike in everything but the offer the first pair is spared two contacts, the second none."""
    arms = Arms(np.array([True, False, True, False]), np.array([0.0, 2.0, 1.0, 1.0]), np.full(4, 0.5))
    once = np.ones((4, 1), int)
    found = curve(np.array([2.0, 2.0, 1.0, 1.0]), arms, once)
    assert average(arms, once)[0] == pytest.approx(1.0)
    assert found[50, 0] == pytest.approx(1.0)  # half of the list at two each
    assert found[-1, 0] == pytest.approx(1.0)
    assert at_share(found, 0.5)[0] == pytest.approx(2.0)
    assert coefficient(found)[0] == pytest.approx(0.25)


def test_a_list_that_tells_nobody_apart_is_a_straight_line(trial: Make) -> None:
    made = trial()
    found = curve(np.zeros(len(made)), _arms(made), np.ones((len(made), 1), int))
    assert found[:, 0] == pytest.approx(GRID * found[-1, 0])
    assert coefficient(found)[0] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_lots_have_a_coefficient_of_nought_within_its_interval(trial: Make, seed: int) -> None:
    made = trial(seed=seed)
    lots = np.random.default_rng(100 + seed).random(len(made))
    told = figure(coefficient(curve(lots, _arms(made), family_weights(made.family))))
    assert told.low is not None
    assert told.high is not None
    assert told.low - 0.02 < 0 < told.high + 0.02


@pytest.mark.parametrize("seed", range(5))
def test_exchanging_the_arms_turns_the_sign(trial: Make, seed: int) -> None:
    made = trial(size=600, seed=seed)
    score = np.random.default_rng(seed).normal(size=len(made))
    times = family_weights(made.family, 20)
    one, other = (curve(score, _arms(each), times) for each in (made, made.swapped()))
    assert one == pytest.approx(-other)
    assert coefficient(one) == pytest.approx(-coefficient(other))


def test_the_order_of_rows_changes_nothing(trial: Make) -> None:
    made = trial(size=500)
    score, order = np.round(made.values[:, 2].astype(float)), np.random.default_rng(3).permutation(500)
    one = curve(score, _arms(made), np.ones((500, 1), int))
    mixed = Arms(made.offered[order], made.outcome[order], made.chance[order])
    assert one == pytest.approx(curve(score[order], mixed, np.ones((500, 1), int)))
