"""Six criteria and ten outcomes: what meets each, since when, and what is not known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from analytics.families.criterion import Sign
from analytics.families.looking import PROGRAMMES, months_before, signs
from data.events import KINDS

Home = Any  # the helper class of conftest.py, which pytest imports by path


def test_six_criteria_and_ten_outcomes_are_declared_each_in_a_plain_sentence() -> None:
    assert [len(one.criteria) for one in PROGRAMMES] == [6, 10]
    for programme in PROGRAMMES:
        names = [one.name for one in programme.criteria]
        assert len(set(names)) == len(names)
        assert all(one.sentence.endswith(".") and one.sentence[0].isupper() for one in programme.criteria)


def test_what_speaks_for_a_family_is_protective_or_a_service() -> None:
    good = {kind for one in PROGRAMMES for criterion in one.criteria for kind in criterion.good}
    assert good
    assert all(KINDS[kind].protective or KINDS[kind].lasts for kind in good)


@pytest.mark.parametrize("told", [{"kinds": ("no_such_thing",)}, {"kinds": ()}, {"kinds": ("missing",), "months": 0}])
def test_a_sign_that_looks_for_nothing_is_refused(told: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="sign 'odd'"):
        Sign("odd", **told)


def test_a_crime_within_the_year_meets_the_criterion_and_says_since_when_and_of_whom(home: Home) -> None:
    home.arrives("police_crime").event("Ava", "crime_suspect", "2026-03-03").event("Ava", "crime_suspect", "2026-05-05")
    found = home.standing("crime")
    assert (found["met"], found["people"], found["events"]) == (True, 1, 2)
    assert (found["since"], found["latest"]) == (pd.Timestamp("2026-03-03"), pd.Timestamp("2026-05-05"))


def test_a_crime_of_two_years_ago_does_not(home: Home) -> None:
    assert home.arrives("police_crime").event("Ava", "crime_suspect", "2024-03-03").met("crime") is False


def test_nothing_on_record_is_not_known_where_no_source_would_tell(home: Home) -> None:
    assert home.met("crime") is None
    assert home.arrives("police_crime").met("crime") is False


def test_a_source_that_stopped_does_not_say_no(home: Home) -> None:
    assert home.arrives("police_crime", until="2026-01-31").met("crime") is None


def test_a_source_that_knows_its_own_says_no_only_of_families_on_its_books(home: Home) -> None:
    home.arrives("attendance")
    assert home.met("attendance") is None
    home.on_the_books("Ava", "attendance", "2023-09-01")
    assert home.met("attendance") is False


def test_attendance_is_the_childs_own_mean_and_not_the_familys(home: Home) -> None:
    home.member("Leo", "2014-06-01", "child").arrives("attendance")
    for name, rates in (("Ava", (99, 95)), ("Leo", (95, 80))):
        for day, rate in zip(("2026-01-06", "2026-04-20"), rates, strict=True):
            home.event(name, "attendance", day, value=rate)
    found = home.standing("attendance")
    assert (found["met"], found["people"], found["events"]) == (True, 1, 2)


def test_three_suspensions_count_when_they_are_of_one_child(home: Home) -> None:
    home.member("Leo", "2014-06-01", "child").arrives("school_census").on_the_books(
        "Ava", "school_census", "2023-09-01"
    )
    for name, day in (("Ava", "2026-01-06"), ("Ava", "2026-02-06"), ("Leo", "2026-03-06")):
        home.event(name, "suspension", day)
    assert home.met("attendance") is False
    assert home.event("Ava", "suspension", "2026-04-06").met("attendance") is True


def test_early_help_counts_while_it_is_open(home: Home) -> None:
    home.arrives("early_help").event("Ava", "early_help", "2023-01-01", "2026-01-01")
    assert home.met("help") is False
    assert home.event("Rosa", "early_help", "2022-01-01").met("help") is True


def test_what_was_not_known_yet_does_not_count(home: Home) -> None:
    home.arrives("police_crime").event("Ava", "crime_suspect", "2026-03-03", known="2026-11-03")
    assert home.met("crime") is False


def test_a_year_ago_only_what_was_known_then_counts(home: Home) -> None:
    home.arrives("police_crime").event("Ava", "crime_suspect", "2025-03-03").event("Ava", "crime_suspect", "2026-03-03")
    assert home.standing("crime", as_of=date(2025, 10, 1))["events"] == 1


def test_whoever_left_the_family_no_longer_counts(home: Home) -> None:
    home.member("Ben", "1983-01-01", "adult", since="2012-06-01", until="2024-01-01").arrives("police_crime")
    assert home.event("Ben", "crime_suspect", "2026-03-03").met("crime") is False


def test_an_adult_out_of_work_counts_and_a_childs_claim_does_not(home: Home) -> None:
    home.arrives("benefits").event("Ava", "out_of_work", "2026-03-03")
    assert home.met("work") is not True
    assert home.event("Rosa", "out_of_work", "2026-03-03").met("work") is True


def test_a_grown_child_counts_while_they_live_at_home(home: Home) -> None:
    home.member("Jo", "1990-01-01", "adult", home=101).member("Sam", "2006-01-01", "child", home=101)
    home.member("Kit", "2005-01-01", "child", home=202).arrives("police_crime")
    assert home.event("Kit", "crime_suspect", "2026-03-03").met("crime") is False
    assert home.event("Sam", "crime_suspect", "2026-03-03").met("crime") is True


def test_an_outcome_holds_once_its_needs_are_over_for_six_months_and_says_since_when(home: Home) -> None:
    home.arrives("cin_census").event("Ava", "protection_plan", "2025-01-01", "2026-02-01")
    found = home.standing("safe", "outcome")
    assert (found["met"], found["since"]) == (True, pd.Timestamp("2026-02-01"))
    home.event("Ava", "section47", "2026-08-08")
    assert home.met("safe", "outcome") is False


def test_early_years_do_not_apply_to_a_family_without_young_children(home: Home) -> None:
    assert not home.standing("early_years", "outcome")["applies"]
    home.member("Ivy", "2024-01-01", "child")
    assert home.standing("early_years", "outcome")["applies"]


def test_a_family_without_a_child_under_18_is_not_assessed(home: Home) -> None:
    home.con.execute("UPDATE person SET birth_date = '2000-01-01' WHERE person = 2")
    with pytest.raises(AssertionError):
        home.standing("crime")


def test_every_sign_counts_months_back_to_a_day_that_is_there() -> None:
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert all(months_before(date(2026, 10, 1), sign.months) <= date(2026, 10, 1) for *_, sign in signs())
