"""Lineage: the number on a person's page is the number of records shown, each with the way to its row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analytics.casework import evidence
from analytics.features.catalogue import CATALOGUE
from data.access.gate import session
from data.home import Home
from data.journal.journal import detail_of, journal_of
from data.journal.log import entries
from data.snapshot.reading import current
from tests.unit.governance.lane import NASTY, YASMIN, build

COUNTED = [
    f.name for f in CATALOGUE.values() if f.aggregate == "count" and f.scope == "self" and f.kinds[0] != "known_cse"
]
_PEOPLE = """
SELECT indicator, arg_max(v.person, (value, v.person)) AS person, max(value) AS value
FROM indicator_value v JOIN person p USING (person) JOIN ward w USING (ward)
WHERE as_of = $today AND value > 0 AND NOT isnan(value) AND w.area = 'North'
  AND indicator IN (SELECT unnest($names::VARCHAR[]))
GROUP BY indicator ORDER BY count(*) DESC, indicator LIMIT 4
"""
_OUTSIDE = """
SELECT v.person, indicator FROM indicator_value v JOIN person p USING (person) JOIN ward w USING (ward)
WHERE as_of = $today AND w.area <> 'North' AND value > 0 AND indicator IN (SELECT unnest($names::VARCHAR[]))
ORDER BY v.person LIMIT 1
"""


def _asked(home: Path, query: str) -> list[tuple[Any, ...]]:
    with current(Home(home)) as snapshot, snapshot.cursor() as cursor:
        return cursor.execute(query, {"today": snapshot.today, "names": COUNTED}).fetchall()


def _said(app) -> str:
    shown = [*app.markdown, *app.caption, *app.warning, *app.info, *app.error]
    return "\n".join(element.value for element in shown).replace("\\", "")


def _open(open_page, home: Path, person: int, indicator: str, account: str = "demo.north"):
    return open_page("lineage", account, home=home, lineage_person=person, lineage_indicator=indicator)


def test_the_figure_is_the_number_of_records_shown(small_home, open_page) -> None:
    cases = _asked(small_home, _PEOPLE)
    assert len(cases) == 4
    for indicator, person, value in cases:
        app = _open(open_page, small_home, person, indicator)
        assert len(app.radio[0].options) == round(value), indicator
        assert CATALOGUE[indicator].said(value) in _said(app)


def test_the_chain_leads_to_file_line_and_client(small_home, open_page) -> None:
    indicator, person, _ = _asked(small_home, _PEOPLE)[0]
    said = _said(_open(open_page, small_home, person, indicator))
    steps = ("The figure", "What it counts", "Why this person", "What would change it")
    for words in (*steps, "line **", "SHA-256", "Linked"):
        assert words in said, words


def test_another_record_can_be_chosen(small_home, open_page) -> None:
    indicator, person, value = _asked(small_home, _PEOPLE)[0]
    assert value >= 2
    app = _open(open_page, small_home, person, indicator)
    events = _events(small_home, person, indicator)
    assert app.radio[0].value == events[0]
    line = _line(app)
    app.radio[0].set_value(events[1]).run()
    assert _line(app) != line


def _events(home: Path, person: int, indicator: str) -> list[int]:
    with session(Home(home), "demo.north", "Allocated case") as one:
        return [int(event) for event in evidence.rows(one, person, indicator, one.snapshot.today)["event"]]


def _line(app) -> str:
    """Where the row stands, as the page says it."""
    return next(element.value for element in app.markdown if "line **" in element.value)


def test_the_record_asked_for_comes_first(small_home, open_page) -> None:
    indicator, person, _ = _asked(small_home, _PEOPLE)[0]
    _open(open_page, small_home, person, indicator)
    last = _events(small_home, person, indicator)[-1]
    app = open_page("lineage", home=small_home, lineage_person=person, lineage_indicator=indicator, lineage_event=last)
    assert app.radio[0].value == last


def test_each_look_is_in_the_log(small_home, open_page) -> None:
    indicator, person, _ = _asked(small_home, _PEOPLE)[0]
    _open(open_page, small_home, person, indicator)
    about = entries(journal_of(Home(small_home)), action="trace a figure", person=person)
    assert CATALOGUE[indicator].label in {detail_of(entry).get("what") for entry in about}


def test_without_a_figure_there_is_nothing_to_follow(small_home, open_page) -> None:
    assert "No figure is chosen yet" in _said(open_page("lineage", home=small_home))


def test_nobody_outside_the_area_is_traced(small_home, open_page) -> None:
    person, indicator = _asked(small_home, _OUTSIDE)[0]
    said = _said(_open(open_page, small_home, person, indicator))
    assert "outside your area" in said
    assert "SHA-256" not in said


@pytest.mark.parametrize("account", ["demo.manager", "demo.analyst", "demo.trainer"])
def test_the_page_is_for_lead_professionals(account: str, small_home, open_page) -> None:
    indicator, person, _ = _asked(small_home, _PEOPLE)[0]
    assert "This page is for lead professionals" in _said(_open(open_page, small_home, person, indicator, account))


def test_each_record_behind_a_reason_leads_here(town, open_page) -> None:
    person = town["yasmin"]
    app = open_page("person", "demo.north", home=town.home, person=person, **{f"person_tab_{person}": "Score"})
    _press(app, "Skip, and show")
    app.button(key=f"person_evidence_{person}_missing_12m_button").click().run()
    _press(app, "Where this comes from")
    assert "The row in the agency's file" in _said(app)


def test_the_head_of_a_persons_page_leads_here(town, open_page) -> None:
    app = open_page("person", "demo.north", home=town.home, person=town["yasmin"])
    _press(app, "Where figures come from")
    assert "The figure" in _said(app)


def _press(app, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()


@pytest.fixture(scope="module")
def lane(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One child's records, odd in many ways."""
    home = tmp_path_factory.mktemp("lane")
    build(Home(home))
    return home


@pytest.mark.parametrize("event", [1, 3])
def test_values_from_files_are_shown_as_they_are(event: int, lane: Path, open_page) -> None:
    app = open_page("lineage", home=lane, lineage_person=YASMIN, lineage_indicator="missing_12m", lineage_event=event)
    shown = [element.value for element in (*app.markdown, *app.caption)] + [button.label for button in app.button]
    assert NASTY in _said(app)
    assert not any(NASTY in each for each in shown)
    assert "A row about them was rejected" in _said(app)


def test_a_row_can_be_traced_by_those_who_look_after_the_data(lane: Path, open_page) -> None:
    state = {"trace_source": "police_missing", "trace_file_police_missing": 1}
    said = _said(open_page("trace", "demo.quality", home=lane, trace_line=2, **state))
    assert "Reported missing" in said
    assert "Times reported missing, 12 months" in said
    assert "Yasmin" not in said
    assert "Rejected" in _said(open_page("trace", "demo.quality", home=lane, trace_line=20, **state))
    assert "no event of its own" in _said(open_page("trace", "demo.quality", home=lane, trace_line=99, **state))


@pytest.mark.parametrize("account", ["demo.north", "demo.manager", "demo.trainer"])
def test_tracing_a_row_is_for_those_who_look_after_the_data(account: str, lane: Path, open_page) -> None:
    assert "those who look after the data" in _said(open_page("trace", account, home=lane, trace_line=2))
