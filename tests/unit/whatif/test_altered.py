"""Events otherwise: every indicator made from them agrees with every other."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.features.catalogue import CATALOGUE
from analytics.whatif.altered import changed, moved_along
from tests.unit.whatif.made import block, figures, own

MISSING = ("missing_3m", "missing_12m", "missing_24m", "missing_trend", "missing_longest", "missing_since")


def _missing(*ago: int):
    return own({"missing": block(*((days, 6.0) for days in ago))})


def test_the_latest_did_not_happen_and_all_that_counts_them_agrees() -> None:
    mine = _missing(20, 60, 200, 500)
    now = figures(mine, MISSING)
    assert (now["missing_3m"], now["missing_12m"], now["missing_24m"], now["missing_since"]) == (2, 3, 4, 20)
    then = changed(mine, {"missing_12m": 1.0}, now)
    assert (then["missing_3m"], then["missing_12m"], then["missing_24m"], then["missing_since"]) == (0, 1, 2, 200)


def test_none_in_the_year_leaves_what_was_before_it() -> None:
    then = changed(_missing(20, 500), {"missing_12m": 0.0}, figures(_missing(20, 500), MISSING))
    assert (then["missing_3m"], then["missing_24m"], then["missing_since"]) == (0, 1, 500)
    nobody = changed(_missing(20), {"missing_12m": 0.0}, figures(_missing(20), MISSING))
    assert nobody["missing_24m"] == 0
    assert math.isnan(nobody["missing_since"])


def test_more_are_a_week_apart_and_as_long_as_the_others() -> None:
    mine = own({"missing": block((300, 4.0), (200, 8.0))})
    then = changed(mine, {"missing_12m": 4.0}, figures(mine, MISSING))
    assert (then["missing_3m"], then["missing_24m"], then["missing_since"], then["missing_longest"]) == (2, 4, 7, 8)


def test_what_followed_a_report_goes_with_it() -> None:
    names = ("missing_12m", "found_harmed_24m", "co_missing", "co_missing_known")
    ties = [(1, "co_missing", 20, True), (2, "co_missing", 300, False), (1, "co_missing", 700, True)]
    mine = own({"missing": block((20, 5), (300, 5)), "found_harmed": block((12, 1), (290, 1))}, ties[:2])
    now = figures(mine, names, co_missing=2.0, co_missing_known=1.0)
    then = changed(mine, {"missing_12m": 1.0}, now)
    assert then == {"missing_12m": 1.0, "found_harmed_24m": 1.0, "co_missing": 1.0, "co_missing_known": 0.0}
    # Met once before that too: they are still somebody the child was missing with.
    before = own({"missing": block((20, 5), (300, 5))}, ties)
    assert changed(before, {"missing_12m": 1.0}, now)["co_missing"] == 2


def test_a_better_attendance_is_better_by_every_record_of_it() -> None:
    names = ("attendance_12m", "attendance_3m", "attendance_change", "attendance_term_24m", "unauthorised_12m")
    blocks = {
        "attendance": block((300, 90.0), (200, 80.0), (60, 40.0)),
        "attendance_term": block((500, 90.0), (100, 60.0)),
        "unauthorised": block((60, 30.0), (400, 20.0)),
    }
    mine = own(blocks)
    now = figures(mine, names)
    then = changed(mine, {"attendance_12m": 85.0}, now)
    assert then["attendance_12m"] == 85
    assert now["attendance_3m"] == 40 < then["attendance_3m"] < 100
    assert now["attendance_change"] < then["attendance_change"] < 0
    assert then["attendance_term_24m"] == pytest.approx((90 + 80) / 2)
    assert then["unauthorised_12m"] == pytest.approx(15), "half of what was missed, half of it without leave"
    assert changed(mine, {"attendance_12m": 100.0}, now)["unauthorised_12m"] == 0


def test_help_that_begins_has_just_begun_and_help_that_ends_was_had() -> None:
    names = ("early_help_now", "early_help_24m")
    mine = own({"early_help": block((100, math.nan))})
    assert changed(mine, {"early_help_now": 0.0}, figures(mine, names)) == {"early_help_now": 0.0, "early_help_24m": 99}
    nothing = own({})
    assert changed(nothing, {"early_help_now": 1.0}, figures(nothing, names)) == {
        "early_help_now": 1.0,
        "early_help_24m": 30,
    }


def test_the_home_as_a_whole_is_changed_as_such() -> None:
    assert changed(own({}), {"household_arrears": 250.0}, {"household_arrears": 900.0}) == {"household_arrears": 250.0}


def test_two_things_at_once_are_both_so() -> None:
    names = ("missing_12m", "suspensions_12m", "suspensions_24m")
    mine = own({"missing": block((20, 5)), "suspension": block((30, 4), (40, 4))})
    then = changed(mine, {"missing_12m": 0.0, "suspensions_12m": 1.0}, figures(mine, names))
    assert then == {"missing_12m": 0, "suspensions_12m": 1, "suspensions_24m": 1}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 729), max_size=9), st.integers(0, 12))
def test_shorter_windows_never_hold_more_than_longer_ones(ago: list[int], target: int) -> None:
    then = changed(_missing(*ago), {"missing_12m": float(target)}, figures(_missing(*ago), MISSING))
    assert then["missing_12m"] == target
    assert then["missing_3m"] <= then["missing_12m"] <= then["missing_24m"]
    assert abs(then["missing_trend"]) <= then["missing_12m"]
    assert math.isnan(then["missing_since"]) == (then["missing_24m"] == 0)
    if then["missing_3m"]:
        assert then["missing_since"] <= 92


def test_no_two_things_that_can_be_changed_move_the_same_indicator() -> None:
    names = tuple(CATALOGUE)
    seen: dict[str, str] = {}
    for feature in CATALOGUE.values():
        if feature.change:
            own_events, tied = moved_along((feature.name,), names) if feature.scope == "self" else ((), ())
            for moved in {feature.name, *(one.name for one in (*own_events, *tied))}:
                assert moved not in seen, f"{moved} is moved by {feature.name} and by {seen[moved]}"
                seen[moved] = feature.name
