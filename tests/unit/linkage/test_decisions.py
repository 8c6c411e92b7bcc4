"""What people decided holds, whatever else speaks for or against it."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.linkage.cluster import Links, cluster, components
from data.linkage.link import link

Pairs = list[tuple[int, int]]
N = 9
edges = st.lists(st.tuples(st.integers(0, N - 1), st.integers(0, N - 1)), max_size=24)


def _sides(pairs: Pairs) -> tuple[np.ndarray, np.ndarray]:
    left, right = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    return left, right


@settings(max_examples=200, deadline=None)
@given(links=edges, a=st.integers(0, N - 1), b=st.integers(0, N - 1), seed=st.integers(0, 99))
def test_two_kept_apart_split_at_the_weakest_link_between_them(links: Pairs, a: int, b: int, seed: int) -> None:
    left, right = _sides(links)
    probability = np.random.default_rng(seed).permutation(np.linspace(0.8, 0.99, len(links)))
    before = components(N, left, right)
    if a == b:
        return
    after = cluster(N, Links(left, right, probability), np.array([a]), np.array([b]))
    assert after[a] != after[b]
    if before[a] != before[b]:
        assert (after == before).all()
        return
    # The best path from one to the other is cut at its weakest link: all links above that still hold.
    strongest = _strongest_way(left, right, probability, a, b)
    held = probability > strongest
    assert (after[left[held]] == after[right[held]]).all()
    assert (before[after != before] == before[a]).all()


def _strongest_way(left: np.ndarray, right: np.ndarray, probability: np.ndarray, a: int, b: int) -> float:
    """The weakest link of the strongest path between ``a`` and ``b``."""
    for least in sorted(probability, reverse=True):
        held = probability >= least
        label = components(N, left[held], right[held])
        if label[a] == label[b]:
            return float(least)
    raise AssertionError("they are not connected")


def _records(helper: ModuleType) -> pd.DataFrame:
    return helper.table("""
        source  | local_id | forename | surname | birth_date | postcode
        gp      | g1       | Isla     | Cooper  | 2015-01-09 | AV1 1AA
        school  | s1       | Isla     | Cooper  | 2015-01-09 | AV1 1AA
        police  | p1       | Isla     | Coopar  | 2015-01-09 | AV1 1AA
        care    | c1       | Isla     | Cooper  | 2015-01-10 | AV1 1AA
        housing | h1       | Leo      | Murphy  | 1990-12-09 | AV5 5EE
        gp      | g2       | Leo      | Murphy  | 1990-12-09 | AV5 5EE
    """)


PEOPLE = ("gp g1", "school s1", "police p1", "care c1", "housing h1", "gp g2")
pairs_of_clients = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)).filter(lambda pair: pair[0] != pair[1])


@settings(max_examples=8, deadline=None)
@given(pairs=st.lists(pairs_of_clients, min_size=1, max_size=4, unique_by=frozenset), which=st.integers(0, 15))
def test_different_is_never_one_person_and_same_is_unless_that_would_break_it(
    helper: ModuleType, pairs: list[tuple[str, str]], which: int
) -> None:
    number = {who: helper.client(*who.split()) for who in PEOPLE}
    verdicts = ["different" if which >> i & 1 else "same" for i in range(len(pairs))]
    reviews = pd.DataFrame({
        "client_l": [number[one] for one, _ in pairs], "client_r": [number[other] for _, other in pairs],
        "verdict": verdicts,
    })  # fmt: skip
    con = helper.stage(_records(helper))
    link(con, reviews=reviews)
    person = dict(con.execute("SELECT client, person FROM person_link").fetchall())
    for (one, other), verdict in zip(pairs, verdicts, strict=True):
        if verdict == "different":
            assert person[number[one]] != person[number[other]]
    if "different" not in verdicts:
        assert all(person[number[one]] == person[number[other]] for one, other in pairs)


@pytest.mark.parametrize("seed", [1, 2])
def test_numbers_stay_and_a_split_leaves_the_number_with_the_larger_part(helper: ModuleType, seed: int) -> None:
    records = helper.Sample(families=60, seed=seed).records
    arrived = np.random.default_rng(seed).random(len(records)) < 0.8
    before = helper.stage(records[arrived])
    link(before)
    then = before.execute("SELECT client, person FROM person_link").df()
    now_con = helper.stage(records)
    link(now_con, previous=then)
    now = now_con.execute("SELECT client, person FROM person_link").df()
    both = then.merge(now, on="client", suffixes=("_then", "_now"))
    # Each old number is with one person alone, and that person has the largest part of its old clients.
    parts = both.groupby(["person_then", "person_now"]).size().rename("clients").reset_index()
    largest = parts.groupby("person_then")["clients"].transform("max")
    kept = parts[parts["person_then"] == parts["person_now"]]
    assert (kept["clients"] == largest[kept.index]).all()
    merged = set(parts["person_then"]) - set(kept["person_then"])
    others = parts[parts["person_now"].isin(parts[parts["person_then"].isin(merged)]["person_now"])]
    assert merged <= set(
        others[others.groupby("person_now")["person_then"].transform("nunique") > 1]["person_then"]
    ) | {one for one in merged if (parts["person_then"] == one).sum() > 1}
    again = helper.stage(records)
    link(again, previous=now)
    assert again.execute("SELECT client, person FROM person_link ORDER BY 1").fetchall() == list(
        now.sort_values("client").itertuples(index=False, name=None)
    )
