"""What two people share, where they differ, and what is not known; and a profile's card."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.similarity.compare import with_person, with_profile
from analytics.similarity.profile import ProfileCard, profile_card

NAMES = ("missing", "attendance", "arrears", "health")
UNKNOWN = np.nan


@pytest.fixture
def card() -> ProfileCard:
    """Known cases go missing and miss school; arrears are as common as anywhere; health is known of few."""
    cohort = np.array([[0, 95, 0, UNKNOWN]] * 60 + [[0, 94, 1, 0]] * 30 + [[2, 70, 1, 0]] * 10, float)
    cases = np.array([[3, 60, 0, UNKNOWN]] * 6 + [[2, 72, 1, 0]] * 3 + [[0, 95, 0, 1]], float)
    return profile_card(cases, cohort, NAMES, {"attendance": -1})


def test_the_card_says_how_common_each_indicator_is(card: ProfileCard) -> None:
    assert card.n == 10
    missing, attendance = card.rate("missing"), card.rate("attendance")
    assert missing is not None
    assert attendance is not None
    assert (missing.cases, missing.cohort, missing.lift) == (0.9, 0.1, pytest.approx(9))
    assert (missing.at_least, attendance.at_least) == (True, False)
    assert card.rates[0].indicator in ("missing", "attendance")


def test_rates_are_of_those_for_whom_it_is_known(card: ProfileCard) -> None:
    health = card.rate("health")
    assert health is not None
    assert (health.cases_known, health.cohort_known) == (4, 40)
    assert health.cases == pytest.approx(1 / 4)


def test_the_commonest_value_is_never_raised(card: ProfileCard) -> None:
    arrears = card.rate("arrears")
    assert arrears is not None
    assert arrears.cut > 0


@pytest.mark.parametrize(
    ("person", "shared", "differing", "unknown"),
    [
        ([3, 60, 0, 0], {"missing", "attendance"}, set(), set()),
        ([0, 60, 1, 0], {"attendance"}, {"missing", "arrears"}, set()),
        ([UNKNOWN, 95, 0, 0], set(), {"attendance"}, {"missing"}),
    ],
)
def test_a_person_beside_a_profile(
    card: ProfileCard, person: list[float], shared: set[str], differing: set[str], unknown: set[str]
) -> None:
    told = with_profile(np.array(person), NAMES, card)
    typical = {"missing", "attendance"}
    assert set(told.shared) & typical == shared
    assert {*told.only_person, *told.only_other} - {"health"} == differing
    assert set(told.unknown) & typical == unknown


def test_two_people(card: ProfileCard) -> None:
    told = with_person(np.array([3, 60, 0, UNKNOWN]), np.array([3, 95, 1, 0]), NAMES, card)
    assert told.shared == ("missing",)
    assert told.only_person == ("attendance",)
    assert told.only_other == ("arrears",)
    assert told.unknown == ("health",)
