"""Counts behind free filters: the same people the same figure, true on average, and nobody to be worked out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.management.cell_key import KEYS, MOST, VARIANCE, chances, nudged
from analytics.management.disclosure import free
from tests.unit.management.attack import Released, reach

children = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, KEYS - 1)), min_size=5, max_size=60)


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


def test_nobody_stays_nobody_and_somebody_is_never_shown_as_nobody() -> None:
    counts = pd.DataFrame({"none": [0] * 50, "two": [2] * 50, "ninety": [90] * 50})
    keys = pd.DataFrame(np.arange(150).reshape(50, 3) * 437)
    safe = free(counts, keys)
    assert (safe["none"] == 0).all()
    assert not (safe["two"] < 5).any()
    assert safe["two"].isna().any()
    assert (safe["ninety"] - 90).abs().max() <= MOST


@given(st.integers(0, 500), st.integers(0, KEYS - 1))
def test_the_same_people_give_the_same_figure_whoever_asks_and_however_often(count: int, key: int) -> None:
    alone = nudged(np.array([count]), np.array([key]))
    among = nudged(np.array([3, count, 7]), np.array([1, key + KEYS, 2]))
    assert alone[0] == among[1]


@settings(max_examples=60, deadline=None)
@given(children)
def test_rows_columns_totals_and_every_filter_leave_a_small_count_open(found: list[tuple[int, int, int]]) -> None:
    """An attacker who asks for every cell, row, column and all, and knows how a nudge is drawn, and not the keys."""
    rows = pd.DataFrame(found, columns=["row", "column", "key"])
    exact, keys = np.zeros((3, 3), np.int64), np.zeros((3, 3), np.int64)
    np.add.at(exact, (rows["row"], rows["column"]), 1)
    np.add.at(keys, (rows["row"], rows["column"]), rows["key"].to_numpy())
    place = np.arange(9).reshape(3, 3)
    asked = [*place.reshape(9, 1), *place, *place.T, place.ravel(), place[:2].ravel(), place[:, :2].ravel()]
    counts = pd.DataFrame([[exact.ravel()[cells].sum()] for cells in asked])
    told = free(counts, pd.DataFrame([[keys.ravel()[cells].sum()] for cells in asked]))[0].tolist()
    released = [_learned(cells.tolist(), value) for cells, value in zip(asked, told, strict=True)]
    for cell in np.flatnonzero((exact.ravel() > 0) & (exact.ravel() < 5)).tolist():
        low, high = reach(9, released, cell)
        assert high - low > 1


def _learned(cells: list[int], value: float) -> Released:
    """What a figure tells of those it counts: within the furthest nudge; a nought is true."""
    if value == 0:
        return Released(tuple(cells), 0, 0)
    return (
        Released(tuple(cells), 1, 4 + MOST) if np.isnan(value) else Released(tuple(cells), value - MOST, value + MOST)
    )
