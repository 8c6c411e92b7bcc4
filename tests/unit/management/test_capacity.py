"""What a list of so many finds, by what was measured; and four ways of sharing places between areas."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.management.capacity import by, curve, most, scenario
from analytics.management.costs import Costs, each
from analytics.management.fair import RULES, need, share, shared_out, whole_places

CHILDREN, PLACES = 10_000, 100
_FIFTHS = {"most deprived": (4_000, 58, 40, 8), "middle": (4_000, 30, 40, 12), "least deprived": (2_000, 12, 20, 6)}


def rows() -> pd.DataFrame:
    """Figures as the build writes them: 100 of 10,000 were identified, and a list of 100 found 26 of them."""
    found = []

    def add(grouping: str, group: str, metric: str, value: float, n: int, positives: int, spread: float = 0.2) -> None:
        found.append((grouping, group, metric, value, value * (1 - spread), value * (1 + spread), n, positives))

    for size, right in ((50, 15), (100, 26), (200, 40), (400, 52)):
        add("capacity", str(size), "precision_at_capacity", right / size, CHILDREN, 100)
    add("all", "all", "base_rate", 0.01, CHILDREN, 100)
    add("all", "all", "selection_rate", 0.01, CHILDREN, 100)
    for fifth, (n, positives, chosen, right) in _FIFTHS.items():
        add("deprivation", fifth, "selection_rate", chosen / n, n, positives)
        add("deprivation", fifth, "precision_at_capacity", right / chosen, n, positives)
        add("deprivation", fifth, "recall_at_capacity", right / positives, n, positives)
    names = ["grouping", "group", "metric", "value", "low", "high", "n", "positives"]
    return pd.DataFrame(found, columns=names)


ROWS = rows()
CURVE = curve(ROWS)
assert CURVE is not None
WHERE = shared_out(
    pd.DataFrame(
        [
            ("East", "most deprived", 5_000, 3_000), ("East", "middle", 2_000, 1_000),
            ("West", "middle", 5_000, 3_000), ("West", "least deprived", 4_000, 2_000),
            ("South", "most deprived", 2_000, 1_000),
        ],
        columns=["area", "fifth", "children", "asked"],
    )
)  # fmt: skip


def test_a_scenario_is_what_the_measured_list_did() -> None:
    told = scenario(CURVE, CHILDREN, PLACES)
    assert (told.reached, told.found.value, told.false_alarms.value, told.missed.value) == pytest.approx(
        (100, 26, 74, 74)
    )
    assert (told.found.low, told.found.high) == pytest.approx((20.8, 31.2))
    assert (told.false_alarms.low, told.false_alarms.high) == pytest.approx((68.8, 79.2))
    assert told.false_per_found is not None
    assert told.false_per_found.value == pytest.approx(74 / 26)


def test_a_city_twice_as_large_finds_twice_as_many_with_twice_as_many_places() -> None:
    one, two = scenario(CURVE, CHILDREN, 150), scenario(CURVE, 2 * CHILDREN, 300)
    assert two.found.value == pytest.approx(2 * one.found.value)
    assert two.missed.value == pytest.approx(2 * one.missed.value)


@given(st.integers(0, 399))
def test_another_place_never_finds_fewer_nor_misses_more(places: int) -> None:
    one, more = scenario(CURVE, CHILDREN, places), scenario(CURVE, CHILDREN, places + 1)
    assert one.found.value <= more.found.value <= one.found.value + 1
    assert more.missed.value <= one.missed.value
    assert more.false_alarms.value >= one.false_alarms.value - 1e-9
    assert one.found.value + one.false_alarms.value == pytest.approx(places)
    assert one.found.value + one.missed.value == pytest.approx(one.identified.value)


def test_beyond_the_longest_list_that_was_measured_nothing_is_told() -> None:
    assert most(CURVE, CHILDREN) == 400
    with pytest.raises(ValueError, match="no list of that length"):
        scenario(CURVE, CHILDREN, 500)


def test_groups_add_up_to_the_whole_and_nothing_small_is_told() -> None:
    whole = scenario(CURVE, CHILDREN, PLACES)
    parts = by(ROWS, CURVE, whole, "deprivation")
    assert [part.name for part in parts] == list(_FIFTHS)
    assert sum(part.reached or 0 for part in parts) == pytest.approx(100)
    assert sum(part.found.value for part in parts if part.found) == pytest.approx(26)
    few = ROWS.copy()
    of_few = (few["group"] == "least deprived") & (few["metric"] != "selection_rate")
    few.loc[of_few, "value"] *= 0.5
    told = by(few, CURVE, whole, "deprivation")
    assert any(part.found is None for part in told if part.name == "least deprived"), "3 right on its list is too few"


def test_need_is_what_the_neighbourhoods_of_an_area_had() -> None:
    told = need(WHERE, ROWS, CURVE)
    most, middle, least = (positives / n for n, positives, _, _ in _FIFTHS.values())
    expected = {"East": 3_000 * most + 1_000 * middle, "South": 1_000 * most, "West": 3_000 * middle + 2_000 * least}
    assert dict(zip(told.names, told.identified.tolist(), strict=True)) == pytest.approx(expected)
    assert told.identified.sum() == pytest.approx(100)
    assert told.listed.sum() == pytest.approx(100)
    assert told.found.sum() == pytest.approx(26)


@pytest.mark.parametrize("way", RULES, ids=lambda way: way.name)
def test_every_way_shares_out_exactly_the_places_there_are(way) -> None:
    for places in (1, 99, 100, 250):
        table = share(way, need(WHERE, ROWS, CURVE), CURVE, places, CHILDREN).table
        assert table["places"].sum() == places
        assert (table["found"] <= table["places"] + 1e-9).all()
        assert (table["low"] <= table["found"]).all()
        assert (table["found"] <= table["high"]).all()
        assert (table["found"] + table["missed"]).to_numpy() == pytest.approx(need(WHERE, ROWS, CURVE).identified)


def test_each_way_does_what_it_says() -> None:
    who = need(WHERE, ROWS, CURVE)
    done = {way.name: share(way, who, CURVE, 120, CHILDREN) for way in RULES}
    assert done["Equal chance"].widest < 0.02
    assert done["Equal chance"].widest == min(one.widest for one in done.values())
    children = WHERE.children / WHERE.children.sum()
    assert (done["By children"].table["places"] / 120).to_dict() == pytest.approx(children.to_dict(), abs=0.009)
    by_need = done["By measured need"].table
    assert (by_need["places"] / 120).to_numpy() == pytest.approx(who.identified / 100, abs=0.009)


@given(st.lists(st.floats(0.001, 1e6), min_size=1, max_size=12), st.integers(0, 5_000))
def test_places_are_whole_and_add_up(weights: list[float], places: int) -> None:
    given_ = whole_places(np.array(weights), places)
    assert given_.sum() == places
    assert (np.abs(given_ - places * np.array(weights) / sum(weights)) < 1).all()


def test_a_cost_is_told_with_its_ends_and_none_is_made_up() -> None:
    found = scenario(CURVE, CHILDREN, PLACES).found
    cost = each(520_000, found)
    assert cost is not None
    assert (cost.value, cost.low, cost.high) == pytest.approx((20_000, 520_000 / 31.2, 25_000))
    assert each(520_000, found * 0) is None
    with pytest.raises(ValueError, match="no such help"):
        Costs("Finance", begun={"lunch": 3})
    with pytest.raises(ValueError, match="where the costs are from"):
        Costs(" ", key_worker=1)
