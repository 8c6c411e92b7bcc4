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
    for words in (
        "The figure",
        "What it counts",
        "Why this person",
        "What would change it",
        "line **",
        "SHA-256",
        "Linked",
    ):
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
