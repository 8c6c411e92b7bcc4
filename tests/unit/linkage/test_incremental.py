"""A day's new records link as a whole build would link them, and nobody else is touched."""

from __future__ import annotations

from types import ModuleType

import duckdb
import pandas as pd
import pytest

from data.linkage.incremental import link_new
from data.linkage.link import Linkage, link

Day = tuple[duckdb.DuckDBPyConnection, Linkage, pd.DataFrame, pd.DataFrame]


def a_day(helper: ModuleType, records: pd.DataFrame, new: pd.Series) -> tuple[duckdb.DuckDBPyConnection, Linkage]:
    """A store linked from the records that are not ``new``, and the new ones linked against it."""
    store = helper.stage(records[~new])
    link(store)
    con = helper.stage(records[new])
    con.execute("CREATE SCHEMA store")
    for table, sql in (("person_record", "FROM staged.person_record"), ("person_link", "FROM person_link"),
                       ("person", "FROM person")):  # fmt: skip
        con.register("given", store.execute(sql).arrow())
        con.execute(f"CREATE TABLE store.{table} AS FROM given")
        con.unregister("given")
    return con, link_new(con, "store")


@pytest.fixture(scope="module")
def day(helper: ModuleType) -> Day:
    sample = helper.Sample(families=200, seed=11)
    new = sample.records.index % 10 == 3
    con, done = a_day(helper, sample.records, pd.Series(new))
    return con, done, sample.records, sample.truth


def test_new_records_link_as_a_whole_build_links_them(helper: ModuleType, day: Day) -> None:
    con, _, records, truth = day
    whole = helper.stage(records)
    link(whole)
    found = con.execute(
        "SELECT client, person FROM person_link UNION SELECT client, person FROM store.person_link"
    ).df()
    new = set(con.execute("SELECT client FROM person_link").df()["client"])
    clients = whole.execute("SELECT DISTINCT source, local_id, client FROM staged.person_record").df()
    true = truth.merge(clients, on=["source", "local_id"])
    today, built = (_f1(links, true, new) for links in (found, whole.execute("FROM person_link").df()))
    assert today >= 0.98
    assert abs(today - built) < 0.01


def test_nobody_else_is_touched(day: Day) -> None:
    con, _, _, _ = day
    arrived = con.execute("SELECT DISTINCT client FROM staged.person_record ORDER BY 1").fetchall()
    assert con.execute("SELECT client FROM person_link ORDER BY 1").fetchall() == arrived
    people = con.execute("SELECT count(*), count(DISTINCT person) FROM person").fetchall()[0]
    assert people == con.execute("SELECT count(DISTINCT person), count(DISTINCT person) FROM person_link").fetchall()[0]


def test_two_people_of_the_store_stay_two_whatever_comes(helper: ModuleType) -> None:
    records = helper.table("""
        source | local_id | forename | surname | birth_date | postcode | nhs_number
        gp     | g1       | Isla     | Cooper  | 2015-01-09 | AV1 1AA  | 9434765919
        school | s1       | Isla     | Cooper  | 2015-01-09 | AV2 2BB  | 9434765870
        police | p1       | Isla     | Cooper  | 2015-01-09 | AV2 2BB  | 9434765870
    """)
    con, _ = a_day(helper, records, records["source"] == "police")
    known = dict(con.execute("SELECT local_id, person FROM store.person_link JOIN store.person_record USING (client)")
                 .fetchall())  # fmt: skip
    assert known["g1"] != known["s1"]
    assert con.execute("SELECT person FROM person_link").fetchall() == [(known["s1"],)]


def test_a_client_whom_the_store_knows_stays_with_their_person(helper: ModuleType) -> None:
    records = helper.table("""
        source | local_id | forename | surname | birth_date | postcode
        gp     | g1       | Isla     | Cooper  | 2015-01-09 | AV1 1AA
        school | s1       | Leo      | Murphy  | 1990-12-09 | AV2 2BB
        gp     | g1       | Leo      | Murphy  | 1990-12-09 | AV2 2BB
    """)
    con, _ = a_day(helper, records, pd.Series([False, False, True]))
    before = con.execute("SELECT person FROM store.person_link WHERE source = 'gp'").fetchall()
    assert con.execute("SELECT person FROM person_link").fetchall() == before


def _f1(links: pd.DataFrame, truth: pd.DataFrame, new: set[int]) -> float:
    """Over the pairs of which one is new."""
    who = truth.merge(links[["client", "person"]], on="client").drop_duplicates("client")
    linked, true = (_pairs(who, by, new) for by in ("person", "true_person"))
    return 2 * len(linked & true) / (len(linked) + len(true))


def _pairs(who: pd.DataFrame, by: str, new: set[int]) -> set[tuple[int, int]]:
    both = who[["client", by]].merge(who[["client", by]], on=by)
    both = both[(both["client_x"] < both["client_y"]) & (both["client_x"].isin(new) | both["client_y"].isin(new))]
    return set(zip(both["client_x"], both["client_y"], strict=True))
