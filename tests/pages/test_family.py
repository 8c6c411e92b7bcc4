"""The Family page: who is in it, what it meets and why, and what those outside the reader's area keep to themselves."""

from __future__ import annotations

import re

import pytest

from data.home import Home
from data.journal.journal import journal_of
from data.journal.log import entries

TABS = ("Criteria and outcomes", "Who and when", "Seen with", "Services and changes")


def _said(app) -> str:
    return "\n".join(element.value for element in [*app.markdown, *app.caption]).replace("\\", "")


def _open(open_page, town, tab: str = TABS[0], account: str = "demo.north", **state):
    person = town["yasmin"]
    return open_page("family", account, home=town.home, person=person, **{f"family_tab_{person}": tab} | state)


def _click(app, key: str):
    next(button for button in app.button if key in (button.key or "")).click().run()
    return app


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens_without_a_code_or_a_nan(tab: str, town, open_page) -> None:
    app = _open(open_page, town, tab)
    assert app.title[0].value.replace("\\", "") == "Khan / Davies family"
    said = _said(app)
    assert not re.search(r"\b(nan|NaT|None|domestic_child|W01)\b", said)


def test_it_says_how_many_of_the_six_are_met_and_whether_that_is_within_reach(town, open_page) -> None:
    said = _said(_open(open_page, town))
    assert "3 of the 6 criteria are met" in said
    assert "within the programme's reach, which begins at 2" in said


def test_a_tick_opens_the_records_behind_it(town, open_page) -> None:
    app = _open(open_page, town)
    assert "Present at a domestic abuse incident" not in _said(app)
    said = _said(_click(app, "headline_domestic_button"))
    assert "11 Nov 2025" in said
    assert "Saima Khan: Domestic abuse incident" in said
    assert "police_domestic/police_domestic_2026.csv, row" in said.replace("&#95;", "_")


def test_what_happened_to_somebody_outside_the_area_is_counted_and_not_told(town, open_page) -> None:
    said = _said(_click(_open(open_page, town), "headline_help_button"))
    assert "1 record of somebody outside your area, not shown" in said
    assert "Leo" not in said


def test_kin_outside_the_area_are_named_and_have_no_page_to_open(town, open_page) -> None:
    app = _open(open_page, town, "Who and when")
    assert "Leo Davies" in _said(app)
    assert not any("Leo" in button.label for button in app.button)
    assert "half-brother" in _said(app)


def test_parents_who_live_apart_are_said_to(town, open_page) -> None:
    said = _said(_open(open_page, town, "Who and when"))
    assert "Yasmin Khan's parents live apart: Gareth Davies in another home" in said


def test_a_child_in_a_placement_stays_in_the_family(town, open_page) -> None:
    said = _said(_open(open_page, town, "Who and when"))
    assert "Adam Khan is in a placement since Jan 2026" in said


def test_reading_a_family_is_on_record_for_everybody_in_it(town, open_page) -> None:
    _open(open_page, town)
    told = entries(journal_of(Home(town.home)), person=town["half"], limit=10)
    assert any(entry["action"] == "see family" and entry["reader"] == "demo.north" for entry in told)


def test_whoever_may_not_see_the_person_may_not_see_the_family(town, open_page) -> None:
    app = _open(open_page, town, account="demo.south")
    assert not app.title or "Khan" not in app.title[0].value
    assert "Domestic" not in _said(app)


def test_without_a_person_chosen_it_says_how_to_choose_one(town, open_page) -> None:
    app = open_page("family", "demo.north", home=town.home)
    assert "No family is chosen yet" in _said(app)


def test_a_record_can_be_followed_to_its_line_in_the_agencys_file(town, open_page) -> None:
    app = _click(_open(open_page, town), "headline_domestic_button")
    box = next(box for box in app.selectbox if box.label == "Where a record comes from")
    assert "fingerprint" not in _said(app)
    assert "fingerprint" in _said(box.select_index(0).run())
