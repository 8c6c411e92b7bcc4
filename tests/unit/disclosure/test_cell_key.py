"""Counts behind free filters: the same people the same figure, true on average, and nobody to be worked out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.disclosure.cell_key import KEYS, MOST, VARIANCE, chances, nudged
from analytics.disclosure.control import free


@pytest.mark.parametrize("count", range(1, MOST + 1))
def test_a_nudge_is_nought_on_average_and_leaves_nothing_below_nought(count: int) -> None:
    steps, chance = np.arange(-MOST, MOST + 1), chances(count)
    assert chance.sum() == pytest.approx(1)
    assert chance @ steps == pytest.approx(0, abs=1e-6)
    assert chance @ steps**2 == pytest.approx(min(VARIANCE, count), abs=1e-6)
    assert (chance[steps < -count] == 0).all()


def test_over_all_keys_a_count_comes_out_as_its_chances_say() -> None:
    told = nudged(np.full(KEYS, 6), np.arange(KEYS))
    assert told.mean() == pytest.approx(6, abs=1e-3)
    assert told.var() == pytest.approx(VARIANCE, abs=1e-2)


def test_few_and_none_look_the_same_and_no_figure_is_far_from_the_truth() -> None:
    counts = pd.DataFrame({"none": [0] * 50, "two": [2] * 50, "ninety": [90] * 50})
    keys = pd.DataFrame(np.arange(150).reshape(50, 3) * 437)
    safe = free(counts, keys)
    assert safe["none"].isna().all()
    assert safe["two"].isna().any()
    assert not (safe["two"] < 5).any()
    assert (safe["ninety"] - 90).abs().max() <= MOST


@given(st.integers(0, 500), st.integers(0, KEYS - 1))
def test_the_same_people_give_the_same_figure_whoever_asks_and_however_often(count: int, key: int) -> None:
    alone = nudged(np.array([count]), np.array([key]))
    among = nudged(np.array([3, count, 7]), np.array([1, key + KEYS, 2]))
    assert alone[0] == among[1]
