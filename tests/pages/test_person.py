"""The Person page: every tab, every state of the score, and who is turned away."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.casework.score import Part
from data.home import Home
from data.journal.journal import Entry, journal_of
from data.journal.tables import MODEL_APPROVAL
from pages.casework import contributions

TABS = ("Story", "Family and friends", "Agencies", "Score", "Similar cases", "Record of views")


def _said(app) -> str:
    html = [element.value for element in app.get("html")] if app.get("html") else []
    return "\n".join([element.value for element in [*app.markdown, *app.caption]] + [str(one) for one in html])


def _open(open_page, town, tab: str = "Story", account: str = "demo.north", **state):
    person = town["yasmin"]
    return open_page("person", account, home=town.home, person=person, **{f"person_tab_{person}": tab} | state)


def _button(app, label: str):
    return next(button for button in app.button if button.label == label)


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens_without_a_code_or_a_nan(tab: str, town, open_page) -> None:
    app = _open(open_page, town, tab)
    said = _said(app)
    assert app.title[0].value == "Yasmin Khan"
    assert said
    for raw in ("nan", "NaT", "None", "police_missing\n", "missing_12m", "W01"):
        assert raw not in said.replace("\\", ""), raw


def test_the_head_tells_what_is_new_and_what_protects(town, open_page) -> None:
    said = _said(_open(open_page, town))
    assert "reported missing, away for 12 hours" in said.replace("\\", "")
    assert "youth club 7 times" in said.replace("\\", "")


def test_the_story_can_be_narrowed(town, open_page) -> None:
    app = _open(open_page, town)
    person = town["yasmin"]
    app.button_group(key=f"person_lanes_{person}").set_value(["school"]).run()
    said = _said(app)
    assert "Suspended for 6 sessions" in said
    assert "Reported missing\\, away for 31" not in said


def test_the_score_waits_for_the_readers_own_view(town, open_page) -> None:
    app = _open(open_page, town, "Score")
    assert "how worried are you" in app.radio[0].label
    assert "Higher than" not in _said(app)
    app.radio[0].set_value(3)
    _button(app, "Save and show").click().run()
    said = _said(app).replace("\\", "")
    assert "Higher than 97 of 100 children of the same age" in said
    assert "you said: very worried" in said
    assert "about 4" in said
    assert "nothing from Mental health and substance services" in said


def test_saving_without_a_choice_shows_nothing_yet(town, open_page) -> None:
    app = _open(open_page, town, "Score")
    _button(app, "Save and show").click().run()
    assert app.warning
    assert "Higher than" not in _said(app)


def test_a_skip_shows_it_and_says_so(town, open_page) -> None:
    app = _open(open_page, town, "Score")
    _button(app, "Skip, and show").click().run()
    assert "you skipped" in _said(app)


def test_each_reason_opens_its_records(town, open_page) -> None:
    app = _open(open_page, town, "Score")
    _button(app, "Skip, and show").click().run()
    app.button(key=f"person_evidence_{town['yasmin']}_missing_12m_button").click().run()
    said = _said(app).replace("\\", "")
    assert said.count("Reported missing, away for") >= 4
    assert "police_missing_2026.csv, row" in said


def test_agreeing_or_not_is_recorded(town, open_page) -> None:
    app = _open(open_page, town, "Score")
    _button(app, "Skip, and show").click().run()
    app.radio(key=f"person_view_{town['yasmin']}_cse").set_value("disagree: too high")
    app.text_input(key=f"person_because_{town['yasmin']}_cse").set_value("staying with her aunt")
    _button(app, "Record").click().run()
    said = _said(app).replace("\\", "")
    assert "staying with her aunt" in said
    assert "Ruth Osei" in said


def test_a_model_that_was_retired_shows_evidence_and_no_number(town, open_page) -> None:
    app = _open(open_page, town, "Story")
    values = {"model": "cse", "version": "fernhill0001", "state": "retired", "reason": "too often wrong"}
    journal_of(Home(town.home)).append(MODEL_APPROVAL, values, Entry("demo.manager", "manager", "approve model"))
    app = _open(open_page, town, "Score")
    said = _said(app)
    assert "No number is shown" in said
    assert "Higher than" not in said
    assert not app.radio


def test_similar_cases_have_no_names(town, open_page) -> None:
    app = _open(open_page, town, "Similar cases")
    said = _said(app)
    assert "15 known cases" in said
    assert "Case " in said
    assert "What followed" in said


@pytest.mark.parametrize("account", ["demo.central", "demo.manager", "demo.trainer", "demo.analyst", "demo.auditor"])
def test_whoever_may_not_see_her_sees_nothing_of_her(account: str, town, open_page) -> None:
    app = _open(open_page, town, account=account)
    assert "Yasmin" not in _said(app) + "".join(title.value for title in app.title)


def test_nobody_chosen_leads_to_search(town, open_page) -> None:
    assert "Nobody is chosen yet" in _said(open_page("person", home=town.home))


def test_an_address_with_an_opaque_number_opens_the_person(town, open_page) -> None:
    app = open_page("person", home=town.home)
    app.query_params["id"] = str(town["yasmin"])
    app.run()
    assert app.title[0].value == "Yasmin Khan"
    assert app.session_state["chosen_person"] == town["yasmin"], "the family's page goes on from here"


@pytest.mark.parametrize("number", ["12345", "99999999999999999999", "-1", "1 OR 1=1", "<b>"])
def test_an_address_that_is_nobodys_tells_nothing(number: str, town, open_page) -> None:
    app = open_page("person", home=town.home)
    app.query_params["id"] = number
    app.run()
    assert "Yasmin" not in _said(app)
    assert app.warning or "Nobody is chosen yet" in _said(app)
    assert "chosen_person" not in app.session_state


def test_how_common_a_thing_is_is_worked_out_for_each_child(monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(contributions, "commonness", lambda *what: asked.append(what[-1]) or {})
    for key, value in ((("build 1",), 1.0), (("build 1",), 6.0), (("build 2",), 6.0), (("build 2",), 6.0)):
        part = Part("missing_12m", value, 5, "", "")
        contributions._shares(None, key, "cse", date(2026, 10, 1), 14, (part,))
    assert [part.value for (part,) in asked] == [1.0, 6.0, 6.0]
