"""Children whom a model missed: who counts as missed, what they have in common, and what may be shown of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.missed.common import Pattern, shown
from analytics.missed.pattern import HEARD, INDICATOR, UNKNOWN, Sides, pattern
from analytics.missed.publish import codes
from analytics.models.hindsight import GAP, SINCE, YEAR, Hindsight
from analytics.models.result import ModelResult

# 40 missed, 30 on the list, 400 others; police had told of the found, and hardly of the missed.
MISSED, FOUND, OTHERS = 40, 30, 400
SIDE = np.repeat(["missed", "found", "others"], [MISSED, FOUND, OTHERS])
SIDES = Sides(SIDE == "missed", SIDE == "found", SIDE == "others")


def side_by_side(missed: int, found: int, others: int = 0) -> np.ndarray:
    """Of so many of each side it is so, bool[n]."""
    return np.concatenate([np.arange(n) < yes for n, yes in ((MISSED, missed), (FOUND, found), (OTHERS, others))])


def told(values: np.ndarray | None = None, heard: np.ndarray | None = None, group: np.ndarray | None = None) -> Pattern:
    column = np.zeros(len(SIDE), np.float32) if values is None else values.astype(np.float32)
    rows = pattern(
        "cse",
        SIDES,
        column[:, None],
        {"missing_12m": 1},
        ("missing_12m",),
        {HEARD: {"police_missing": side_by_side(8, 25) if heard is None else heard}},
        {"sex": np.where(side_by_side(20, 10, 200), "girls", "boys") if group is None else group},
    )
    return shown(rows)


# Who is missed


@pytest.fixture(scope="session")
def back(small_run: ModelResult) -> Hindsight:
    assert small_run.hindsight is not None
    return small_run.hindsight


def test_everybody_identified_since_the_measurement_is_looked_back_at(back: Hindsight, small_run: ModelResult) -> None:
    assert set(back.phase) <= {GAP, YEAR, SINCE}
    measured = next(row for row in small_run.rows if row.metric == "recall_at_capacity")
    assert (back.phase == YEAR).sum() == measured.positives
    assert back.ranked == measured.n


def test_those_on_the_list_are_as_many_as_were_measured(back: Hindsight, small_run: ModelResult) -> None:
    recall = next(
        row
        for row in small_run.rows
        if (row.estimator, row.label, row.grouping, row.metric)
        == (small_run.estimator, "identified", "all", "recall_at_capacity")
    )
    on_list = (back.listed & (back.phase == YEAR)).sum()
    # Equal scores at the end of the list count by expectation there, and whole here.
    assert on_list == pytest.approx((recall.figure.value or 0) * recall.positives, abs=1.5)


def test_the_list_is_the_top_of_the_ranking(back: Hindsight) -> None:
    assert back.rank[back.listed].max(initial=0) <= back.rank[~back.listed].min(initial=10**9)
    assert (np.diff(back.rank) >= 0).all()
    assert back.rank.min() >= 1


def test_the_phases_follow_from_the_day_of_identification(back: Hindsight) -> None:
    start = np.datetime64(back.as_of, "D") + 90
    assert (back.identified_on[back.phase == GAP] < start).all()
    assert (back.identified_on[back.phase != GAP] >= start).all()
    assert (back.identified_on >= np.datetime64(back.as_of, "D")).all()


def test_a_case_has_the_same_letters_in_every_build_and_in_each_model_others() -> None:
    people = np.array([7, 14], np.int64)
    assert codes("cse", people) == codes("cse", people)
    assert not set(codes("cse", people)) & set(codes("cce", people))
    assert all(len(code) == 10 and code.isalnum() for code in codes("cse", people))


# What they have in common


def test_an_indicator_is_counted_of_those_of_whom_it_is_known() -> None:
    values = np.where(side_by_side(10, 20, 20), 3.0, 0.0)
    values[:5] = np.nan
    row = told(values).of(INDICATOR)[0]
    assert row.missed == pytest.approx(5 / 35)
    assert row.found == pytest.approx(20 / 30)
    assert row.lift == pytest.approx((5 / 35) / (20 / 30))
    assert row.label == "Times reported missing, 12 months"
    assert told(values).of(UNKNOWN)[0].missed == pytest.approx(5 / 40)


def test_a_source_that_told_of_few_of_the_missed_stands_out() -> None:
    police = told().of(HEARD)[0]
    assert (police.missed, police.found) == (pytest.approx(8 / 40), pytest.approx(25 / 30))
    assert police.clear


def test_a_difference_that_may_be_chance_is_not_called_clear() -> None:
    assert not told(heard=side_by_side(20, 16)).of(HEARD)[0].clear


def test_without_a_missed_child_there_is_no_pattern() -> None:
    nobody = Sides(np.zeros(3, bool), np.ones(3, bool), np.zeros(3, bool))
    assert pattern("cse", nobody, np.zeros((3, 1), np.float32), {}, ("missing_12m",), {}, {}).empty


# What may be shown


@pytest.mark.parametrize("few", [1, 4, MISSED - 1, MISSED - 4])
def test_shares_that_would_tell_of_fewer_than_five_are_withheld(few: int) -> None:
    row = told(heard=side_by_side(few, 20)).of(HEARD)[0]
    assert row.missed is None
    assert row.found is not None
    assert not row.clear


def test_none_and_all_are_shown() -> None:
    row = told(heard=side_by_side(0, FOUND)).of(HEARD)[0]
    assert (row.missed, row.found) == (0, 1)


def test_of_two_groups_the_small_one_takes_the_other_with_it() -> None:
    girls = told(group=np.where(side_by_side(3, 10, 200), "girls", "boys")).of("sex")
    assert [one.missed for one in girls] == [None, None]


def test_fewer_than_five_missed_are_not_spoken_of_together() -> None:
    few = Sides(SIDE == "nobody", SIDE == "found", SIDE == "others")
    few.missed[:4] = True
    rows = pattern("cse", few, np.zeros((len(SIDE), 1), np.float32), {}, ("missing_12m",), {}, {})
    assert shown(rows) == Pattern(None, None, {})
    assert isinstance(rows, pd.DataFrame)
