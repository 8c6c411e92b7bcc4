"""No withheld count can be worked out from the counts shown and the totals published with them."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.disclosure.control import RULES, nested, protect, shown
from tests.unit.disclosure.attack import Attack, Released, World, pinned

tables = st.integers(2, 6).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 40), min_size=width, max_size=width), min_size=2, max_size=6)
)


def test_one_to_four_children_are_never_shown() -> None:
    safe = protect(pd.DataFrame({"North": [0, 3, 12], "South": [9, 1, 30]}), row_totals=False, column_totals=False)
    assert [shown(value) for value in safe["North"]] == ["0", "c", "12"]
    assert [shown(value) for value in safe["South"]] == ["9", "c", "30"]


def test_a_lone_small_count_takes_the_next_smallest_with_it() -> None:
    safe = protect(pd.DataFrame({"one": [3], "two": [7], "three": [25]}), column_totals=False)
    assert [shown(value) for value in safe.iloc[0]] == ["c", "c", "25"]


@given(tables)
def test_no_row_or_column_has_exactly_one_count_withheld(rows: list[list[int]]) -> None:
    hidden = protect(pd.DataFrame(rows)).isna().to_numpy()
    assert not (hidden.sum(axis=0) == 1).any()
    assert not (hidden.sum(axis=1) == 1).any()


@given(tables)
def test_counts_that_are_shown_are_true(rows: list[list[int]]) -> None:
    safe, true = protect(pd.DataFrame(rows)).to_numpy(), np.array(rows, dtype=float)
    assert (safe[~np.isnan(safe)] == true[~np.isnan(safe)]).all()


def test_rounding_keeps_nothing_exact() -> None:
    safe = protect(pd.DataFrame({"a": [3, 8], "b": [12, 14]}), RULES["round to 5"])
    assert safe.to_numpy().tolist() == [[5, 10], [10, 15]]


def test_a_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="whole counts"):
        protect(pd.DataFrame({"rate": [0.5]}))


def left_open(counts: np.ndarray, released: list[Released]) -> list[float]:
    """How far the ends of what each count of 1 to 4 can be lie apart, for whoever has all that was ``released``."""
    attack = Attack(counts.size, released)
    ends = [attack.reach([cell]) for cell in np.flatnonzero((counts > 0) & (counts < 5)).tolist()]
    return [high - low for low, high in ends]


def told(cells: Iterable[int], value: float) -> list[Released]:
    """What one figure on a page gives out: nothing, where it is withheld."""
    return [] if np.isnan(value) else [Released(tuple(cells), value, value)]


@settings(max_examples=60, deadline=None)
@given(tables)
def test_nobody_works_a_small_count_out_from_rows_columns_and_their_totals(rows: list[list[int]]) -> None:
    counts = np.array(rows)
    place = np.arange(counts.size).reshape(counts.shape)
    safe = protect(pd.DataFrame(rows)).to_numpy()
    released = [one for cell, value in enumerate(safe.ravel()) for one in told([cell], value)]
    released += [one for line in (*place, *place.T) for one in told(line.tolist(), counts.ravel()[line].sum())]
    if counts.sum() - np.nansum(safe) >= 5 and min(min(counts.sum(axis=0)), min(counts.sum(axis=1))) >= 5:
        assert all(apart > 0.5 for apart in left_open(counts.ravel(), released))


@settings(max_examples=60, deadline=None)
@given(tables, st.integers(1, 5))
def test_wards_areas_and_city_give_none_of_each_other_away(rows: list[list[int]], cut: int) -> None:
    counts = pd.DataFrame(rows)
    area = pd.Series(["North" if ward < cut else "South" for ward in counts.index])
    safe = nested(counts, area)
    for column in counts:
        released = [one for ward, value in safe.parts[column].items() for one in told([ward], value)]
        for name, wards in area.groupby(area).groups.items():
            released += told(wards, safe.groups.loc[name, column])
        released += told(counts.index, safe.whole[column])
        assert all(apart >= 4 - 1e-6 for apart in left_open(counts[column].to_numpy(), released))


@pytest.mark.parametrize("at", range(25))
def test_every_table_filter_and_difference_together_leave_every_small_group_open(at: int) -> None:
    """Ten thousand such cities are tried by ``python -m tests.bench disclosure``."""
    assert pinned(World.drawn(np.random.default_rng([1, at])), seed=at) == 0


def test_where_there_is_nobody_nothing_is_withheld() -> None:
    assert protect(pd.DataFrame({"one": [], "other": []})).empty
