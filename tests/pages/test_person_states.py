"""Every state of the Person page: who somebody is, what of them is recorded, and which models speak of them."""

from __future__ import annotations

import pytest

from data.home import Home
from tests.unit.casework.conftest import Fernhill
from tests.unit.casework.town_states import build_states


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> Fernhill:
    """Fernhill with somebody in every state. Read only."""
    home = tmp_path_factory.mktemp("states")
    return Fernhill(home, build_states(Home(home)))


def _said(app) -> str:
    html = [element.value for element in app.get("html")] if app.get("html") else []
    told = [element.value for element in [*app.title, *app.markdown, *app.caption, *app.info, *app.warning]]
    return "\n".join(told + [str(one) for one in html]).replace("\\", "").replace("\u2060", "")


def _open(open_page, town, name: str, tab: str = "Story", account: str = "demo.north"):
    person = town[name]
    return open_page("person", account, home=town.home, person=person, **{f"person_tab_{person}": tab})


def _button(app, label: str):
    return next(button for button in app.button if button.label == label)


WHO = {
    "baby": "3 months, girl",
    "adult": "41 years, woman",
    "quiet": "13 years, boy",
    "busy": "15 years, boy",
    "died": "died 3 Feb 2026, at 13 years",
    "known": "girl",
}


@pytest.mark.parametrize("name", WHO)
def test_everybody_has_a_page_that_says_who_they_are(name: str, states, open_page) -> None:
    assert WHO[name] in _said(_open(open_page, states, name))


NOTHING = {"baby": "aged 10 to 17", "adult": "aged 10 to 17", "died": "people who have died", "known": "already ("}


@pytest.mark.parametrize("name", NOTHING)
def test_of_whom_a_model_says_nothing_it_says_why(name: str, states, open_page) -> None:
    said = _said(_open(open_page, states, name, "Score"))
    assert NOTHING[name] in said
    assert "children of the same age" not in said


def test_where_several_models_speak_the_reader_chooses_and_judges_for_each(states, open_page) -> None:
    app = _open(open_page, states, "brother", "Score")
    assert "Child sexual exploitation: how worried are you" in app.radio[0].label
    app.button_group(key=f"person_model_{states['brother']}").set_value("neet").run()
    assert "Not in education, work or training: how worried are you" in app.radio[0].label.replace("\\", "")
    _button(app, "Skip, and show").click().run()
    said = _said(app)
    assert "left education, work and training within a year" in said
    assert "identified" not in said.partition("What raises it")[0].replace("not yet identified", "")
    app.button_group(key=f"person_model_{states['brother']}").set_value("cse").run()
    assert "how worried are you" in app.radio[0].label, "a judgement of one model opens no other"


def test_what_is_not_shown_is_said_in_a_line_with_the_reason(states, open_page) -> None:
    said = _said(_open(open_page, states, "yasmin", "Score"))
    assert "**Child criminal exploitation.** No score is shown: the model is withheld. Of its list 14 %" in said
    assert "**Not in education, work or training.** It speaks only of children aged 15 to 17." in said


def test_one_that_nobody_could_measure_says_so_beside_its_score(states, open_page) -> None:
    app = _open(open_page, states, "yasmin", "Score")
    app.button_group(key=f"person_model_{states['yasmin']}").set_value("care").run()
    _button(app, "Skip, and show").click().run()
    assert "For demonstration only" in app.info[0].value
    assert "came into care within a year" in _said(app)


def test_where_every_model_is_withheld_there_is_evidence_and_no_number(tmp_path, open_page) -> None:
    town = Fernhill(tmp_path, build_states(Home(tmp_path), withheld=True))
    app = _open(open_page, town, "yasmin", "Score")
    said = _said(app)
    assert "No number is shown" in said
    assert "Child sexual exploitation" in said
    assert not app.radio


def test_the_reader_s_own_words_stand_beside_the_score(states, open_page) -> None:
    app = _open(open_page, states, "yasmin", "Score")
    app.radio[0].set_value(2)
    app.text_input(key=f"person_worry_reason_{states['yasmin']}_cse").set_value("out all night")
    _button(app, "Save and show").click().run()
    assert "you said: worried, because: out all night" in _said(app)


def test_a_decision_is_recorded_with_the_model_it_was_about(states, open_page) -> None:
    app = _open(open_page, states, "yasmin", "Score")
    _button(app, "Skip, and show").click().run()
    app.radio(key=f"person_view_{states['yasmin']}_cse").set_value("disagree: too high")
    app.selectbox(key=f"person_decision_{states['yasmin']}_cse").set_value("Early help")
    _button(app, "Record").click().run()
    said = _said(app)
    assert "Child sexual exploitation · **disagree, rather raised**" in said
    assert "decision: Early help" in said


def test_the_lead_professional_is_named_and_every_agency_has_a_desk(states, open_page) -> None:
    said = _said(_open(open_page, states, "busy"))
    assert "T Marlow, Safeguarding North" in said
    assert "social worker since 20 Mar 2024" in said
    assert "Missing people coordinator, 01632 960 130" in said


def test_where_nobody_is_named_it_says_so(states, open_page) -> None:
    assert "Nobody is named by any agency" in _said(_open(open_page, states, "quiet"))


def test_who_is_outside_the_area_is_redacted_and_their_page_closed(states, open_page) -> None:
    said = _said(_open(open_page, states, "yasmin", "Family and friends"))
    assert "somebody outside your area" in said
    assert "Chloe" not in said
    assert "outside your area and not allocated to you" in _said(_open(open_page, states, "outside"))


def test_criteria_and_outcomes_stand_beside_the_family(states, open_page) -> None:
    said = _said(_open(open_page, states, "yasmin", "Family and friends"))
    assert "of 6 criteria met" in said
    assert "of 10 outcomes show a need" in said


def test_a_life_of_two_thousand_events_is_counted_together(states, open_page) -> None:
    app = _open(open_page, states, "busy")
    said = _said(app)
    assert "Counted together, the larger the mark the more: missed health appointment (" in said
    assert said.count("\n- **") < 40
    assert any(button.label.startswith("Show 100 more of") for button in app.button)


def test_gaps_are_told(states, open_page) -> None:
    app = _open(open_page, states, "busy")
    app.button_group(key=f"person_period_{states['busy']}").set_value("All").run()
    assert "allocated worker, nothing** 10 Jan 2024 to 19 Mar 2024 (10 weeks)" in _said(app)


def test_nothing_recorded_is_said_not_drawn(states, open_page) -> None:
    assert "No events are recorded" in _said(_open(open_page, states, "quiet"))


def test_whoever_has_to_be_trained_first_is_told_so_before_they_judge(
    states, open_page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KINSIGHT_TRAINING_FIRST", "1")
    app = _open(open_page, states, "brother", "Score")
    assert "Take part in a training session first" in _said(app)
    assert not app.radio
