"""The pages of the hub: a contact read, graded by the officer's own view, decided by two keys, looked at again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data.home import Home, home
from data.journal import hub
from data.journal.journal import journal_of
from data.journal.model_decisions import model_decisions
from tests.unit.casework.conftest import Fernhill
from tests.unit.triage.hub_town import LOW, TWIN, WAITS, build_hub

OFFICER, SECOND = "demo.hub", "demo.hub.second"


@pytest.fixture(scope="module")
def hub_town(tmp_path_factory: pytest.TempPathFactory) -> Fernhill:
    where = tmp_path_factory.mktemp("hub")
    return Fernhill(where, build_hub(Home(where)))


def said(app: Any) -> str:
    told = [*app.markdown, *app.caption, *app.warning, *app.text]
    return "\n".join(str(one.value) for one in told).replace("\\", "")


def press(app: Any, key: str) -> Any:
    return app.button(key=key).click().run()


def test_a_contact_is_told_with_its_family_and_no_suggestion_before_the_officers_grade(
    hub_town: Fernhill, open_page: Any
) -> None:
    told = said(open_page("queue", OFFICER, home=hub_town.home))
    assert "**2** waiting" in told
    assert "**2** over 24 hours" in told
    assert "Child was hit, was injured and locked in." in told
    assert "**Yasmin Khan**" in told
    assert "Suggestion:" not in told


def test_two_keys_decide_a_contact_and_the_next_one_stands_there(hub_town: Fernhill, open_page: Any) -> None:
    app = press(open_page("queue", OFFICER, home=hub_town.home), "queue_grade_0")
    assert "Your grade: **none** · Suggestion: **" in said(app)
    assert "The reason given is neglect" in said(app)
    app.checkbox(key=f"queue_both_{WAITS}").uncheck().run()
    app = press(app, "queue_decide")
    assert "**1** waiting" in said(app)
    journal = journal_of(home(hub_town.home))
    assert [(row["contact"], row["seen"]) for row in hub.grades(journal)] == [(WAITS, "no")]
    assert [(row["contact"], row["outcome"]) for row in hub.decisions(journal)] == [(WAITS, "NFA")]


def test_whoever_asks_for_the_suggestion_first_has_that_kept(hub_town: Fernhill, open_page: Any) -> None:
    app = press(open_page("queue", OFFICER, home=hub_town.home), "queue_ask")
    assert "**Suggestion: " in said(app)
    press(app, "queue_grade_3")
    assert hub.grades(journal_of(home(hub_town.home)))[0]["seen"] == "asked"


def test_the_same_thing_told_twice_is_decided_at_once(hub_town: Fernhill, open_page: Any) -> None:
    app = press(open_page("queue", OFFICER, home=hub_town.home, queue_chosen=TWIN), "queue_grade_3")
    assert "the same, told twice" in said(app)
    assert "Nothing waits." in said(press(app, "queue_decide"))


def test_a_new_contact_is_in_the_queue_at_once(hub_town: Fernhill, open_page: Any) -> None:
    app = press(open_page("queue", OFFICER, home=hub_town.home), "queue_new")
    app.text_input(key="queue_find").input("Yasmin Khan").run()
    app.multiselect(key="queue_people").select(hub_town["yasmin"])
    app.selectbox(key="queue_agency").select("housing")
    app.selectbox(key="queue_reason").select("physical")
    app.text_area(key="queue_said").input("A <b>mark</b> was seen.")
    told = said(press(app, "queue_submit"))
    assert "**3** waiting" in told
    assert "A <b>mark</b> was seen." in [one.value for one in app.text]


def test_half_a_new_contact_says_what_is_missing(hub_town: Fernhill, open_page: Any) -> None:
    app = press(open_page("queue", OFFICER, home=hub_town.home), "queue_new")
    assert "Say who made contact" in said(press(app, "queue_submit"))


def test_a_second_look_is_recorded_and_told(hub_town: Fernhill, open_page: Any) -> None:
    app = open_page("second-look", SECOND, home=hub_town.home)
    assert "**1 contact** decided with no action or advice" in said(app)
    app.selectbox(key=f"second_verdict_{LOW}").select("ASSESS")
    app.text_input(key=f"second_because_{LOW}").input("Injuries were seen")
    next(one for one in app.button if one.label == "Record").click().run()
    assert "raised to social care assessment" in said(app)
    assert "Nothing to look at again." in said(app)


@pytest.mark.parametrize("page", ["queue", "second-look"])
def test_a_withheld_grader_suggests_nothing_on_screen(page: str, tmp_path: Path, open_page: Any) -> None:
    build_hub(Home(tmp_path / "home"), "withheld")
    app = open_page(page, OFFICER, home=tmp_path / "home")
    if page == "queue":
        app = press(app, "queue_grade_1")
        assert "no suggestion" in said(app)
        assert "Gravest first" not in str(app.get("button_group"))
    assert "The model is withheld. Too few to tell." in said(app)
    assert "Suggestion:" not in said(app)


def test_a_manager_retires_the_grader_on_the_page_models_and_the_queue_suggests_nothing_from_then_on(
    hub_town: Fernhill, open_page: Any
) -> None:
    app = open_page("model", "demo.manager", home=hub_town.home, model_chosen="Contacts with the hub")
    told = said(app)
    assert "too few to tell" in str(app.info[0].value)
    assert "To be reviewed by 1 Apr 2027" in told
    weights = next(frame.value for frame in app.dataframe if "needs" in frame.value)
    assert weights["label"].tolist()[0] == "Reason: sexual harm"
    next(group for group in app.button_group if group.key == "model_act_contact").set_value("retired").run()
    app.text_area(key="model_reason_contact").set_value("The panel of 3 March looked at every figure.")
    app.checkbox(key="model_meant_contact").set_value(True)
    next(button for button in app.button if button.label == "Retire it").click().run()
    assert not app.exception
    assert [(one.model, one.state, one.by) for one in model_decisions(journal_of(home(hub_town.home)))] == [
        ("contact", "retired", "demo.manager")
    ]
    press(app, "model_contact_paper")
    assert "Download" in [one.proto.label for one in app.get("download_button")]
    queued = press(open_page("queue", OFFICER, home=hub_town.home), "queue_grade_1")
    assert "The model is retired. The panel of 3 March" in said(queued)
