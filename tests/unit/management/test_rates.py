"""Rates and their intervals: the textbook's where counts are exact, honest where they are nudged; the funnel."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.disclosure.cell_key import KEYS, nudged
from analytics.management import rates
from analytics.management.rates import byar, funnel, of_100, per_1000, wilson

COUNTS = st.integers(min_value=5, max_value=100_000)


def test_the_methods_are_those_of_the_textbooks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "VARIANCE", 0.0)
    low, high = byar(np.array([10.0, 100.0]))
    assert low == pytest.approx([4.79, 81.36], abs=0.01)
    assert high == pytest.approx([18.39, 121.63], abs=0.01)
    low, high = wilson(np.array([5.0]), np.array([10.0]))
    assert (low[0], high[0]) == (pytest.approx(0.2366, abs=1e-4), pytest.approx(0.7634, abs=1e-4))


@given(count=COUNTS, living=COUNTS)
def test_a_rate_lies_within_its_interval_and_more_children_make_it_narrower(count: int, living: int) -> None:
    told = per_1000(pd.Series([count, 4 * count]), pd.Series([living, 4 * living]))
    assert (told["low"] >= 0).all()
    assert (told["low"] <= told["rate"]).all()
    assert (told["rate"] <= told["high"]).all()
    assert told["high"].iloc[1] - told["low"].iloc[1] < told["high"].iloc[0] - told["low"].iloc[0]


@given(part=COUNTS, rest=st.integers(min_value=-8, max_value=100_000))
def test_a_share_lies_within_its_interval_and_within_0_and_100(part: int, rest: int) -> None:
    """Both are nudged: the part may even come out larger than the whole."""
    told = of_100(pd.Series([part]), pd.Series([max(part + rest, 5)])).iloc[0]
    assert 0 <= told["low"] <= told["share"] <= told["high"] <= 100


@pytest.mark.parametrize("of", [np.nan, 0.0])
def test_what_is_withheld_has_neither_rate_nor_share(of: float) -> None:
    assert per_1000(pd.Series([np.nan, 9.0]), pd.Series([100.0, of]))["rate"].isna().all()
    assert of_100(pd.Series([np.nan, 9.0]), pd.Series([100.0, of]))[["share", "low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize("usual", [8, 20, 80])
def test_an_interval_of_nudged_counts_holds_the_true_rate_95_times_of_100(usual: int) -> None:
    draw = np.random.default_rng(usual)
    told = nudged(draw.poisson(usual, 20_000), draw.integers(0, KEYS, 20_000)).astype(float)
    low, high = byar(told)
    assert 0.94 <= ((low <= usual) & (usual <= high)).mean() <= 0.99


def test_a_share_of_nudged_counts_is_held_as_often() -> None:
    draw = np.random.default_rng(3)
    whole, true = np.full(20_000, 60), 0.3
    part = nudged(draw.binomial(whole, true), draw.integers(0, KEYS, 20_000)).astype(float)
    low, high = wilson(part, nudged(whole, draw.integers(0, KEYS, 20_000)).astype(float))
    assert 0.94 <= ((low <= true) & (true <= high)).mean() <= 0.99


def wards(draw: np.random.Generator, rate: float, n: int = 34) -> tuple[pd.Series, pd.Series]:
    living = pd.Series(draw.integers(1_500, 5_000, n).astype(float))
    return pd.Series(draw.poisson(living * rate).astype(float)), living


def test_one_ward_far_above_the_others_stands_out_alone() -> None:
    count, living = wards(np.random.default_rng(1), 0.03)
    count[7] = 2 * living[7] * 0.03
    told = funnel(count, living).rows
    assert list(told.index[told["unusual"]]) == [7]
    assert told.loc[7, "shift"] > told.loc[7, "limit"]


def test_where_wards_are_alike_hardly_ever_does_one_stand_out() -> None:
    cities = [funnel(*wards(np.random.default_rng(seed), 0.03)).rows["unusual"].any() for seed in range(60)]
    assert np.mean(cities) <= 0.1


def test_at_equal_deprivation_a_ward_is_beside_what_would_be_expected_there() -> None:
    draw = np.random.default_rng(5)
    _, living = wards(draw, 0.03)
    usual = living * np.where(np.arange(34) < 3, 0.06, 0.02)
    count = pd.Series(draw.poisson(usual).astype(float))
    assert funnel(count, living).rows["unusual"].iloc[:3].all(), "as they are, the deprived stand out"
    assert not funnel(count, living, usual).rows["unusual"].any()


def test_withheld_wards_are_left_out_and_of_two_nothing_is_said() -> None:
    count, living = pd.Series([np.nan, 20.0, 30.0]), pd.Series([900.0, 1000.0, 1100.0])
    assert funnel(count, living).rows.empty
