"""Linkage over a noisy sample: how good, how steady, and what can never happen."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import ModuleType

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.linkage.cluster import Links, cluster
from data.linkage.link import link
from data.linkage.quality import Quality, adopted_linked, quality, quality_by_group

Noisy = tuple[pd.DataFrame, pd.DataFrame]


@pytest.fixture(scope="module")
def noisy(helper: ModuleType) -> Noisy:
    sample = helper.Sample(families=250, seed=4)
    return sample.records, sample.truth


def _linked(
    helper: ModuleType, records: pd.DataFrame, previous: pd.DataFrame | None = None
) -> duckdb.DuckDBPyConnection:
    con = helper.stage(records)
    link(con, previous=previous)
    return con


def _rows(con: duckdb.DuckDBPyConnection, table: str) -> list[tuple[object, ...]]:
    return con.execute(f"FROM {table} ORDER BY ALL").fetchall()


def test_a_noisy_sample_links_well(helper: ModuleType, noisy: Noisy, tmp_path: Path) -> None:
    records, truth = noisy
    truth.to_parquet(tmp_path / "identity.parquet")
    found: Quality = quality(_linked(helper, records), tmp_path / "identity.parquet")
    assert found.precision >= 0.995
    assert found.recall >= 0.97


def test_quality_is_told_by_group_over_the_pairs_of_which_one_is_of_the_group(
    helper: ModuleType, tmp_path: Path
) -> None:
    con = helper.stage(helper.table("""
        source | local_id | forename | surname | birth_date | postcode
        gp     | g1       | Isla     | Cooper  | 2015-01-09 | AV1 1AA
        school | s1       | Isla     | Cooper  | 2015-01-09 | AV1 1AA
        police | p1       | Isla     | Cooper  | 2015-01-09 | AV1 1AA
        gp     | g2       | Leo      | Murphy  | 1990-12-09 | AV5 5EE
        school | s2       | Poppy    | Hall    | 1961-02-03 | AV6 6EE
    """))  # fmt: skip
    link(con)
    identity, person, adopted = (tmp_path / f"{name}.parquet" for name in ("identity", "person", "adopted"))
    sources, ids = ["gp", "school", "police", "gp", "school"], ["g1", "s1", "p1", "g2", "s2"]
    truth = {"source": sources, "local_id": ids, "true_person": [1, 1, 2, 3, 3]}
    pd.DataFrame(truth).to_parquet(identity)
    born = pd.to_datetime(["2015-01-09", "2015-01-09", "1990-12-09"])
    who = {"true_person": [1, 2, 3], "sex": ["F", "M", "M"], "ethnicity": ["WBRI", None, "WBRI"], "birth_date": born}
    pd.DataFrame(who).to_parquet(person)
    pd.DataFrame({"before": [1, 1], "after": [2, 3]}).to_parquet(adopted)
    told = quality_by_group(con, identity, person, date(2026, 1, 1))
    # Linked: g1-s1, g1-p1, s1-p1. True: g1-s1, g2-s2. Right: g1-s1.
    assert told["all"]["all"] == quality(con, identity) == Quality(1 / 3, 1 / 2, 2 / 5, 3, 2, 1)
    assert told["sex"]["F"] == Quality(1 / 3, 1.0, 1 / 2, 3, 1, 1)
    assert told["sex"]["M"] == Quality(0.0, 0.0, 0.0, 2, 1, 0)
    assert set(told["age"]) == {"10-14", "35-39"}
    assert told["source"]["police"].linked == 2
    assert con.execute("SELECT linked FROM link_quality WHERE grouping = 'sex' ORDER BY \"group\"").fetchall() == [
        (3,),
        (2,),
    ]
    assert adopted_linked(con, adopted) == 1
    assert adopted_linked(con, tmp_path / "none.parquet") == 0


def test_every_pair_weighed_is_in_the_histogram_and_every_level_has_its_weight(
    helper: ModuleType, noisy: Noisy
) -> None:
    con = _linked(helper, noisy[0])
    pairs = con.execute("SELECT count(DISTINCT (entity_l, entity_r)) FROM linkage.predicted").fetchall()
    assert con.execute("SELECT sum(pairs) FROM link_histogram").fetchall() == pairs
    low, high = con.execute("SELECT min(joined), max(pairs - joined) FROM link_histogram").fetchall()[0]
    assert low >= 0 <= high
    same, different = (
        con.execute("SELECT weight FROM link_parameter WHERE said = $said", {"said": said}).fetchall()[0][0]
        for said in ("same birth date", "different birth date")
    )
    assert same > 10 > -30 > different


def test_the_order_of_the_rows_changes_nothing(helper: ModuleType, noisy: Noisy) -> None:
    records = noisy[0]
    one, other = _linked(helper, records), _linked(helper, records.sample(frac=1, random_state=1))
    for table in ("person", "person_link", "link_pair"):
        assert _rows(one, table) == _rows(other, table)


def test_person_numbers_stay_when_records_come(helper: ModuleType, noisy: Noisy) -> None:
    records = noisy[0]
    before = _linked(helper, records[records["source"] != "police"]).sql("SELECT client, person FROM person_link").df()
    after = _linked(helper, records, previous=before).sql("SELECT client, person FROM person_link").df()
    both = before.merge(after, on="client", suffixes=("_then", "_now"))
    assert (both["person_then"] == both["person_now"]).mean() > 0.99
    assert set(before["person"]) - set(both["person_now"]) == set(before["person"]) - set(after["person"])


def test_every_client_has_one_person_and_one_probability(helper: ModuleType, noisy: Noisy) -> None:
    con = _linked(helper, noisy[0])
    clients, rows, people = con.execute(
        "SELECT (SELECT count(DISTINCT client) FROM staged.person_record), count(*), count(DISTINCT person)"
        " FROM person_link WHERE probability BETWEEN 0.8 AND 1"
    ).fetchall()[0]
    assert clients == rows
    assert people == con.execute("SELECT count(*) FROM person").fetchall()[0][0]


Pairs = list[tuple[int, int]]
edges = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30)


@settings(max_examples=200, deadline=None)
@given(links=edges, apart=edges)
def test_what_must_stay_apart_stays_apart(links: Pairs, apart: Pairs) -> None:
    apart = [(a, b) for a, b in apart if a != b]
    left, right = (np.array([pair[side] for pair in links], dtype=np.int64) for side in (0, 1))
    probability = np.linspace(0.8, 1, len(links)) if links else np.empty(0)
    apart_left, apart_right = (np.array([pair[side] for pair in apart], dtype=np.int64) for side in (0, 1))
    label = cluster(12, Links(left, right, probability), apart_left, apart_right)
    assert not (label[apart_left] == label[apart_right]).any()
    assert all(label[label[i]] == label[i] <= i for i in range(12))
