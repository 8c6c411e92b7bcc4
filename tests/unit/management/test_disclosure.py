"""No withheld count can be worked out from the counts shown and the totals published with them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.management.disclosure import RULES, nested, protect, shown

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


@given(tables, st.integers(0, 5))
def test_wards_areas_and_city_give_none_of_each_other_away(rows: list[list[int]], cut: int) -> None:
    counts = pd.DataFrame(rows)
    area = pd.Series(["North" if ward < cut else "South" for ward in counts.index])
    safe = nested(counts, area)
    for name, wards in safe.parts.groupby(area):
        hidden = wards.isna().sum()
        assert not ((hidden == 1) & safe.groups.loc[name].notna()).any(), "a total gives its lone withheld ward away"
        known = safe.groups.loc[name].isna() & (hidden == 0) & (counts[area == name].sum() > 0)
        assert not known.any(), "a withheld area is the sum of its wards"
    assert not (safe.groups.isna().sum() == 1).any() or len(safe.groups) == 1


def test_where_there_is_nobody_nothing_is_withheld() -> None:
    assert protect(pd.DataFrame({"one": [], "other": []})).empty
