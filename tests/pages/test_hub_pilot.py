"""The page Pilot: set, begun, planned, read and taken along by the manager; and a contact without a suggestion."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from analytics.triage import desk, pilot
from analytics.triage.live import NewContact
from analytics.triage.pilot_arms import CONTROL, SUGGESTION, arm
from analytics.triage.queue import waiting
from data.access.session import session
from data.home import Home, home
from data.journal import hub
from data.journal.journal import journal_of
from data.journal.log import entries
from data.journal.pilot import BY_CONTACT, GRADE_FIRST, SHADOW, pilots, practices
from pages.hub import pilot_planning
from tests.unit.casework.conftest import Fernhill
from tests.unit.casework.town import TODAY
from tests.unit.triage.hub_town import GRAVE, build_hub

OFFICER, MANAGER = "demo.hub", "demo.hub.manager"
WHY = "To see what it does"


@pytest.fixture(scope="module")
def hub_town(tmp_path_factory: pytest.TempPathFactory) -> Fernhill:
    where = tmp_path_factory.mktemp("hub")
    return Fernhill(where, build_hub(Home(where)))


def said(app: Any) -> str:
    told = [*app.markdown, *app.caption, *app.warning, *app.text]
    tables = [frame.value.to_csv() for frame in app.dataframe]
    return "\n".join([*(str(one.value) for one in told), *tables]).replace("\\", "")


def press(app: Any, key: str) -> Any:
    return app.button(key=key).click().run()


def view(app: Any, key: str, name: str) -> Any:
    app.session_state[key] = name
    return app.run()


def begun(town: Fernhill, open_page: Any, kind: str) -> None:
    """A pilot, begun once the accounts are there."""
    open_page("pilot", MANAGER, home=town.home)
    with session(home(town.home), MANAGER) as boss:
        measure = "agree" if kind == SHADOW else "again"
        pilot.begin(boss, kind, TODAY, TODAY + timedelta(weeks=8), measure, WHY)


def falls(town: Fernhill, which: str) -> str:
    """A contact that came here and fell to ``which``."""
    (running,) = pilots(journal_of(home(town.home)))
    number = next(f"X{n}" for n in range(60) if arm(running, f"X{n}", TODAY) == which)
    with session(home(town.home), OFFICER, "New contact or referral") as officer:
        desk.submit(officer, NewContact("housing", "neglect", GRAVE, (town["yasmin"],), None, number))
    return number


def test_officers_do_not_open_it(hub_town: Fernhill, open_page: Any) -> None:
    told = said(open_page("pilot", OFFICER, home=hub_town.home))
    assert "This page is for the hub's manager." in told
    assert "No pilot runs" not in told


def test_how_officers_work_is_set_with_a_reason_and_holds_on_the_queue(hub_town: Fernhill, open_page: Any) -> None:
    app = open_page("pilot", MANAGER, home=hub_town.home)
    assert "**No pilot runs.**" in said(app)
    app.radio(key="pilot_practice").set_value(GRADE_FIRST)
    keep = next(one for one in app.button if one.label == "Keep this setting")
    assert "Say why" in said(keep.click().run())
    app.text_input(key="pilot_practice_why").input(WHY)
    app = next(one for one in app.button if one.label == "Keep this setting").click().run()
    assert "The officer grades first; the suggestion follows" in said(app)
    assert [(one.practice, one.reason) for one in practices(journal_of(home(hub_town.home)))] == [(GRADE_FIRST, WHY)]
    queue = open_page("queue", OFFICER, home=hub_town.home)
    assert "the suggestion follows your own grade" in said(queue)
    assert "queue_ask" not in {one.key for one in queue.button}
    assert "queue_order" not in {one.key for one in queue.get("button_group")}
    assert "Suggestion: **" in said(press(queue, "queue_grade_0"))


def test_a_pilot_is_begun_and_stopped_and_both_are_told(hub_town: Fernhill, open_page: Any) -> None:
    app = open_page("pilot", MANAGER, home=hub_town.home)
    app = app.radio(key="pilot_kind").set_value(BY_CONTACT).run()
    app.text_input(key="pilot_why").input(WHY)
    app = press(app, "pilot_begin")
    assert "**Lots by contact**" in said(app)
    (one,) = pilots(journal_of(home(hub_town.home)))
    assert (one.kind, one.measure, one.reason, one.by) == (BY_CONTACT, "unshared", WHY, MANAGER)
    assert one.seed not in said(app)
    assert "Say why" in said(press(app, "pilot_stop"))
    app.text_input(key="pilot_stop_why").input("Enough was seen")
    assert "**No pilot runs.**" in said(press(app, "pilot_stop"))
    assert f"Pilot {one.number} stopped" in said(app)


def test_a_contact_of_present_practice_shows_nothing_on_any_page_and_one_with_a_suggestion_does(
    hub_town: Fernhill, open_page: Any
) -> None:
    begun(hub_town, open_page, BY_CONTACT)
    control, shown = falls(hub_town, CONTROL), falls(hub_town, SUGGESTION)
    queue = open_page("queue", OFFICER, home=hub_town.home, queue_chosen=control)
    assert "dealt with by present practice" in said(queue)
    assert "queue_ask" not in {one.key for one in queue.button}
    assert "queue_order" not in {one.key for one in queue.get("button_group")}
    told = said(press(queue, "queue_grade_0"))
    assert "Your grade: **none** · no suggestion" in told
    for word in ("Suggestion:", "raises it", "Ask other agencies", "Grave words", "past contacts like this"):
        assert word not in told, word
    press(queue, "queue_decide")
    second = said(open_page("second-look", "demo.hub.second", home=hub_town.home))
    assert control not in second
    other = press(open_page("queue", OFFICER, home=hub_town.home, queue_chosen=shown), "queue_grade_0")
    assert "· Suggestion: **" in said(other)
    kept = {row["contact"]: row["suggested"] for row in hub.grades(journal_of(home(hub_town.home)))}
    assert kept == {control: 3, shown: 3}


def test_in_shadow_the_queue_says_why_nothing_is_suggested_and_nothing_comes_back(
    hub_town: Fernhill, open_page: Any
) -> None:
    begun(hub_town, open_page, SHADOW)
    told = said(press(open_page("queue", OFFICER, home=hub_town.home), "queue_grade_0"))
    assert "Suggestions are being tried in the background" in told
    assert "Suggestion:" not in told
    assert "No contact comes back meanwhile." in said(open_page("second-look", OFFICER, home=hub_town.home))


def test_what_a_pilot_came_to_is_read_and_taken_along_and_the_log_says_so(hub_town: Fernhill, open_page: Any) -> None:
    begun(hub_town, open_page, BY_CONTACT)
    app = open_page("pilot", MANAGER, home=hub_town.home, pilot_view="Results")
    assert "No contact has come since it began." in said(app)
    for which in (CONTROL, SUGGESTION):
        number = falls(hub_town, which)
        with session(home(hub_town.home), OFFICER, "New contact or referral") as officer:
            one = next(each for each in waiting(officer) if each.number == number)
            desk.grade(officer, one.told, 0)
            desk.decide(officer, one.told, "NFA")
    app = app.run()
    assert "Contacts so far: **1** with suggestion, **1** present practice" in said(app)
    assert "The figure chosen before the start: **another contact within 90 days**. It cannot be told yet" in said(app)
    assert "2 are younger than 90 days" in said(app)
    (one,) = pilots(journal_of(home(hub_town.home)))
    for part in ("Agreement", "Second looks", "The draw"):
        assert one.seed not in said(view(app, "pilot_part", part))
    assert "**Families with contacts in both arms: 1** (2 contacts)" in said(app)
    app = press(app, f"pilot_prepare_{one.number}")
    assert {each.label for each in app.get("download_button")} == {"Download the report", "Figures as CSV"}
    log = entries(journal_of(home(hub_town.home)))
    assert "take a pilot's report" in {entry["action"] for entry in log[:3]}


def test_a_year_past_is_compared_and_called_what_it_is(hub_town: Fernhill, open_page: Any) -> None:
    app = open_page("pilot", MANAGER, home=hub_town.home, pilot_view="Try it on a year past")
    assert "**This is no pilot.** Nobody was in a pilot then." in said(app)
    assert "Decided with no action or advice though more was suggested" in said(app)
    app = view(app, "pilot_part_past", "Agreement")
    assert "All contacts: weighted kappa" in said(app)
    app = press(app, "pilot_prepare_year-past")
    assert len(app.get("download_button")) == 2


def test_how_many_contacts_it_takes_is_told_from_what_the_hub_measured(
    hub_town: Fernhill, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page("pilot", MANAGER, home=hub_town.home, pilot_view="How many contacts")
    assert "The year past has too few contacts to measure by." in said(app)
    monkeypatch.setattr(pilot_planning, "_FEWEST", 10)
    app = app.run()
    assert "of 100** contacts here, of about **1** a week" in said(app)
    table = {row["kind"]: row for row in app.dataframe[0].value.to_dict("records")}
    assert set(table) == {"Lots by contact", "Lots by week"}
    fewer = int(table["Lots by contact"]["contacts"].replace(",", ""))
    app = app.number_input(key="pilot_smallest").set_value(6.0).run()
    table = {row["kind"]: row for row in app.dataframe[0].value.to_dict("records")}
    assert int(table["Lots by contact"]["contacts"].replace(",", "")) < fewer / 2


def test_a_withheld_grader_is_nothing_to_try_out(tmp_path: Path, open_page: Any) -> None:
    build_hub(Home(tmp_path / "home"), "withheld")
    app = open_page("pilot", MANAGER, home=tmp_path / "home")
    app.text_input(key="pilot_why").input(WHY)
    assert "There is nothing to try out" in said(press(app, "pilot_begin"))
