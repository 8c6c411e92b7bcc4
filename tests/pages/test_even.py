"""Consistency and Demand: what managers and analysts see, whose names stay away, which counts are withheld."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st

from analytics.triage import consistency, even
from analytics.triage.consistency import AGENCY, MONTH, TEAM, WORKER
from analytics.triage.even import pseudonyms
from data.home import home
from data.journal.journal import Journal
from data.journal.log import entries
from data.snapshot.reading import current


def said(app) -> str:  # type: ignore[no-untyped-def]
    return " ".join(each.value for each in (*app.markdown, *app.caption))


@pytest.fixture(scope="module")
def little(small_home: Path) -> list[pd.DataFrame]:
    """The tables of a report on a city this small, ten contacts a worker: enough to show the page, if not to say
    anything."""
    with pytest.MonkeyPatch.context() as fewer, current(home(small_home)) as snapshot, snapshot.cursor() as cursor:
        for kind, fewest in ((WORKER, 2), (TEAM, 10), (MONTH, 2), (AGENCY, 5)):
            fewer.setitem(consistency.FEWEST, kind, fewest)
        fewer.setattr(consistency, "LEAST_OF_A_PART", 5)
        levels = cursor.execute("SELECT contact, level FROM contact_score").df()
        return [rows for _, rows in even.written(cursor, snapshot.today, levels)]


@pytest.fixture
def few(little: list[pd.DataFrame], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The page finds those tables in the snapshot."""
    told = {table.name: rows for table, rows in zip(even.TABLES, little, strict=True)}
    found = even.read(lambda query: told[query.split()[-1]])
    monkeypatch.setattr(even, "read", lambda ask: found)
    st.cache_data.clear()
    yield
    st.cache_data.clear()


def test_where_too_few_contacts_were_decided_the_page_says_so(small_home, open_page) -> None:
    assert "Too few decided contacts" in said(open_page("consistency", "demo.manager", home=small_home))


@pytest.mark.usefixtures("few")
def test_workers_stand_under_pseudonyms(small_home, open_page) -> None:
    app = open_page("consistency", "demo.manager", home=small_home)
    names = next(frame.value for frame in app.dataframe if "shift" in frame.value)["who"]
    assert names.str.fullmatch(r"Worker \d+").all()
    assert "Hub worker" not in said(app)


@pytest.mark.usefixtures("few")
def test_names_are_for_managers_who_ask_and_the_log_says_so(small_home, open_page, own_journal) -> None:
    app = open_page("consistency", "demo.manager", home=small_home)
    app.toggle(key="consistency_names").set_value(True).run()
    names = next(frame.value for frame in app.dataframe if "shift" in frame.value)["who"]
    assert names.str.startswith("Hub worker").all()
    assert "name workers of the hub" in {row["action"] for row in entries(Journal(own_journal))}


@pytest.mark.usefixtures("few")
def test_an_analyst_is_not_offered_names(small_home, open_page) -> None:
    app = open_page("consistency", "demo.analyst", home=small_home)
    assert app.dataframe
    assert "consistency_names" not in {toggle.key for toggle in app.toggle}


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("Teams", "Each team beside the others"),
        ("Months", "Each month beside the others"),
        ("Agencies", "What this cannot tell"),
        ("Where", "workers differ most about"),
        ("Agreement", "Agreement is 1 where"),
    ],
)
def test_every_view_says_what_it_shows(view: str, words: str, small_home, open_page) -> None:
    assert words in said(open_page("consistency", "demo.analyst", home=small_home, consistency_view=view))


@pytest.mark.parametrize("view", ["Month by month", "Agency and reason", "Repeat contacts", "Checks for nothing"])
def test_no_count_of_one_to_four_is_shown(view: str, small_home, open_page) -> None:
    app = open_page("demand", "demo.manager", home=small_home, demand_view=view)
    for frame in app.dataframe:
        counts = frame.value[[name for name in frame.value if name not in ("share", "first")]]
        assert not counts.isin(["1", "2", "3", "4"]).any().any()


def test_a_report_for_an_agency_is_made_when_asked_for(small_home, open_page) -> None:
    app = open_page("demand", "demo.manager", home=small_home, demand_view="Report for an agency")
    assert not app.get("download_button")
    app.button(key="demand_prepare").click().run()
    assert app.get("download_button")


@pytest.mark.parametrize("path", ["consistency", "demand"])
def test_others_are_told_whom_it_is_for(path: str, small_home, open_page) -> None:
    app = open_page(path, "demo.north", home=small_home)
    assert any("for managers and analysts" in warning.value for warning in app.warning)


def test_a_pseudonym_is_one_to_one_and_not_in_the_order_of_names() -> None:
    names = [f"Hub worker {n}" for n in range(1, 25)]
    given = pseudonyms(names)
    assert len(set(given.values())) == 24
    assert [given[name] for name in names] != [f"Worker {n}" for n in range(1, 25)]
    assert given == pseudonyms(names[::-1])
