"""How many contacts a pilot needs: as the textbooks have it, and as many as find what is there."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analytics.triage import pilot_size
from analytics.triage.pilot_size import (
    FAMILY,
    WEEK,
    WORKER,
    Base,
    correlation,
    design_effect,
    found_in,
    needed,
    two_shares,
    within,
)
from data.journal.pilot import BY_CONTACT, BY_WEEK, SHADOW


def hub(share: float = 0.3, family: float = 0.0, week: float = 0.0, measure: str = "again") -> Base:
    alike = {FAMILY: family, WORKER: 0.02, WEEK: week}
    return Base(measure, share, 400.0, 1.0, alike, {FAMILY: 3.0, WORKER: 800.0, WEEK: 400.0})


@pytest.mark.parametrize(
    ("one", "other", "power", "contacts"),
    # The first is the example in R's documentation of power.prop.test, which prints 76.7.
    [(0.5, 0.75, 0.9, 77), (0.1, 0.2, 0.8, 199), (0.6, 0.7, 0.8, 356)],
)
def test_two_shares_take_as_many_as_the_textbook_says(one: float, other: float, power: float, contacts: int) -> None:
    assert math.ceil(two_shares(one, other, 0.05, power)) == contacts
    assert two_shares(0.5, 0.75, 0.05, 0.9) == pytest.approx(76.7, abs=0.05)


def test_a_share_within_five_points_takes_385_at_the_most() -> None:
    assert within(0.5, 0.05) == pytest.approx(384.1, abs=0.1)


def test_kish_groups_of_twenty_and_a_twentieth_alike_double_the_number_nearly() -> None:
    assert design_effect(20, 0.05) == pytest.approx(1.95)


def test_so_many_contacts_find_the_difference_in_eight_of_ten_pilots() -> None:
    one, other = 0.3, 0.25
    n = round(two_shares(one, other))
    draws = np.random.default_rng(5)
    a, b = (draws.binomial(n, share, 4000) / n for share in (one, other))
    mean = (a + b) / 2
    found = np.abs(a - b) / np.sqrt(2 * mean * (1 - mean) / n) > 1.96
    assert found.mean() == pytest.approx(0.8, abs=0.02)


def test_how_alike_a_familys_contacts_are_is_found_again() -> None:
    draws = np.random.default_rng(3)
    share, alike, groups = 0.3, 0.2, 3000
    mine = draws.beta(share * (1 / alike - 1), (1 - share) * (1 / alike - 1), groups)
    group = np.repeat(np.arange(groups), draws.integers(1, 9, groups))
    values = (draws.random(len(group)) < mine[group]).astype(float)
    assert correlation(values, group) == pytest.approx(alike, abs=0.02)
    assert correlation(draws.permutation(values), group) == pytest.approx(0, abs=0.02)


def test_contacts_that_are_alike_take_more_and_weeks_come_in_fours() -> None:
    alone, families, weeks = hub(), hub(family=0.1), hub(week=0.002)
    assert needed(families, BY_CONTACT, 0.05).contacts == pytest.approx(
        1.2 * needed(alone, BY_CONTACT, 0.05).contacts, abs=2
    )
    by_week = needed(weeks, BY_WEEK, 0.05)
    assert by_week.effect == pytest.approx(1.798)
    assert by_week.weeks % 4 == 0
    assert by_week.contacts > needed(weeks, BY_CONTACT, 0.05).contacts * 1.7


@pytest.mark.parametrize("kind", [BY_CONTACT, BY_WEEK])
def test_what_so_many_weeks_find_takes_so_many_weeks(kind: str) -> None:
    one = hub(family=0.1, week=0.001)
    smallest = found_in(one, kind, 24)
    assert smallest is not None
    assert needed(one, kind, smallest).weeks == pytest.approx(24, abs=1)
    assert found_in(one, BY_WEEK, 2) is None


def test_a_share_that_lies_beyond_nought_is_no_aim() -> None:
    with pytest.raises(ValueError, match="far away"):
        needed(hub(share=0.02), BY_CONTACT, 0.03)
    # More of this one is better: there is room above.
    assert needed(hub(share=0.02, measure="in_time"), BY_CONTACT, 0.03).contacts > 0


def test_what_the_hub_measured_of_itself_is_counted_from_its_contacts() -> None:
    rows = pd.DataFrame(
        {
            "again": [1.0, 0.0, 0.0, np.nan] * 50, "kin": range(200), "worker": [1, 2] * 100,
            "week": np.repeat(range(20), 10),
        }
    )  # fmt: skip
    one = pilot_size.base(rows, "again", 20)
    assert (one.share, one.a_week, one.part) == (pytest.approx(1 / 3), 10, 0.75)
    assert one.size[FAMILY] == 1
    assert needed(one, SHADOW, 0.1).contacts == np.ceil(np.ceil(within(1 / 3, 0.1)) / 0.75)
    with pytest.raises(ValueError, match="no contact"):
        pilot_size.base(rows.assign(again=np.nan), "again", 20)
