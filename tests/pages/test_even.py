"""Consistency and Demand: what managers and analysts see, whose names stay away, which counts are withheld."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st

from analytics.triage import consistency
from analytics.triage.consistency import AGENCY, MONTH, TEAM, WORKER, pseudonyms
from data.journal.journal import Journal
from data.journal.log import entries


def said(app) -> str:  # type: ignore[no-untyped-def]
    return " ".join(each.value for each in (*app.markdown, *app.caption))


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A city this small has ten contacts a worker: enough to show the page, if not to say anything."""
    for kind, fewest in ((WORKER, 2), (TEAM, 10), (MONTH, 2), (AGENCY, 5)):
        monkeypatch.setitem(consistency.FEWEST, kind, fewest)
    monkeypatch.setattr(consistency, "LEAST_OF_A_PART", 5)
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
