"""Allocations, Watching, Step-down and what is new on Home: their states, as their readers get them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from data.home import Home
from data.journal.casework import allocate, follow_up, watch
from data.journal.journal import Entry, journal_of
from tests.unit.casework.conftest import Fernhill
from tests.unit.casework.later import SNAPSHOT, later

TODAY = datetime.now(UTC).date()


def _said(app: Any) -> str:
    told = [*app.markdown, *app.caption, *app.warning, *app.subheader]
    return "\n".join(element.value for element in told).replace("\\", "")


@pytest.fixture(scope="module")
def after(town: Fernhill, tmp_path_factory: pytest.TempPathFactory) -> Fernhill:
    return later(town, tmp_path_factory.mktemp("after"))


def _entry(person: int, action: str = "allocate") -> Entry:
    return Entry("demo.north", "lead_professional", action, (person,), snapshot=SNAPSHOT)


def _given(home: Any, person: int, days_ago: int = 20, worker: str = "demo.north") -> int:
    """Somebody allocated some days ago, to be followed up a fortnight after."""
    begun = TODAY - timedelta(days_ago)
    due = (begun + timedelta(14)).isoformat()
    return allocate(
        journal_of(Home(home)), person, worker, begun.isoformat(), "Direct work", _entry(person), due, "cse"
    )


def _watched(home: Any, person: int, until: date = TODAY + timedelta(30)) -> None:
    watch(journal_of(Home(home)), person, "three reports in a month", until.isoformat(), _entry(person, "watch"))


def test_before_anybody_is_allocated_the_page_says_how_that_comes_about(town, open_page) -> None:
    assert "Nobody is allocated yet." in _said(open_page("allocations", home=town.home))


def test_whoever_is_overdue_is_told_and_an_outcome_ends_it(town, open_page) -> None:
    open_page("", home=town.home)
    number = _given(town.home, town["yasmin"])
    app = open_page("allocations", home=town.home)
    assert "overdue by 6 days" in _said(app)
    key = f"follow_up_{number}"
    app.radio(key=f"{key}_step").set_value("accepted help")
    app.text_area(key=f"{key}_followed").set_value("a mentor <b>twice</b> a week")
    next(b for b in app.button if b.label == "Write down").click().run()
    assert "was allocated has ended" in _said(app)
    app.segmented_control(key="allocations_view").set_value("Ended").run()
    said = _said(app)
    assert "1 accepted help" in said
    assert "a mentor &lt;b&gt;twice" in said or "a mentor <b>twice</b>" in said


def test_a_team_is_seen_worker_by_worker_and_a_manager_says_how_many_places_it_has(town, open_page) -> None:
    open_page("", home=town.home)
    _given(town.home, town["yasmin"])
    app = open_page("allocations", "demo.manager", home=town.home)
    assert "How many it can take on has not been said" in _said(app)
    app.number_input(key="allocations_places").set_value(3)
    next(b for b in app.button if b.label == "Set").click().run()
    assert "Capacity **3** · **1** allocated · **2** free" in _said(app)
    app.segmented_control(key="allocations_view").set_value("By worker").run()
    assert app.dataframe[0].value[["worker", "open", "overdue"]].values.tolist() == [["Ruth Osei", 1, 1]]


def test_a_watch_needs_a_reason_and_then_stands_on_the_page_of_those_watched(town, open_page) -> None:
    person = town["yasmin"]
    assert "You watch nobody." in _said(open_page("watching", home=town.home))
    app = open_page("person", home=town.home, person=person)
    next(b for b in app.button if b.label == "Watch").click().run()
    assert "Say in a few words why you watch." in [one.value for one in app.warning]
    app.text_input(key=f"watch_reason_{person}").set_value("three reports in a month")
    next(b for b in app.button if b.label == "Watch").click().run()
    assert "three reports in a month" in _said(app)
    said = _said(open_page("watching", home=town.home))
    assert "You watch **1 person**: nothing new about any of them" in said


def test_news_about_somebody_watched_is_there_and_on_home_until_they_are_looked_at(after, open_page) -> None:
    person = after["yasmin"]
    open_page("", home=after.home)
    _watched(after.home, person)
    home = _said(open_page("", home=after.home))
    assert "**Yasmin Khan:**" in home
    assert "**1** of them with news" in _said(open_page("watching", home=after.home))
    open_page("person", home=after.home, person=person)
    assert "nothing new about any of them" in _said(open_page("watching", home=after.home))
    assert "Nothing new about the 1 person you watch." in _said(open_page("", home=after.home))


def test_a_watch_that_ran_out_can_go_on_or_end(town, open_page) -> None:
    open_page("", home=town.home)
    _watched(town.home, town["yasmin"], TODAY - timedelta(1))
    app = open_page("watching", home=town.home)
    assert "Watches that have run out" in _said(app)
    app.button(key=f"watching_again_{town['yasmin']}").click().run()
    assert "You watch **1 person**" in _said(app)


def test_home_tells_what_is_due_and_what_is_new_above_the_line(after, open_page) -> None:
    app = open_page("", home=after.home)
    assert "No follow-up is due today." in _said(app)
    _given(after.home, after["yasmin"])
    said = _said(open_page("", home=after.home))
    assert "**Yasmin Khan:** overdue by 6 days" in said
    assert "Child sexual exploitation: **5**" in said
    assert "since 1 Jul 2026" in said


@pytest.mark.parametrize("account", ["demo.trainer", "demo.analyst", "demo.auditor"])
def test_home_of_others_has_nothing_new(account: str, town, open_page) -> None:
    assert "New for you" not in _said(open_page("", account, home=town.home))


def test_step_down_lists_nobody_where_nobody_fell(town, open_page) -> None:
    open_page("", home=town.home)
    number = _given(town.home, town["yasmin"])
    assert "Nobody's level has fallen." in _said(open_page("step-down", home=town.home))
    follow_up(journal_of(Home(town.home)), number, "moved away", str(TODAY), "", None, _entry(town["yasmin"]))
    assert "Nobody's level has fallen." in _said(open_page("step-down", "demo.manager", home=town.home))


def test_step_down_tells_whose_level_fell_and_what_might_close(town, open_page) -> None:
    from data.snapshot.reading import current

    open_page("", home=town.home)
    with current(Home(town.home)) as snapshot, snapshot.cursor() as cursor:
        (person,) = cursor.execute(
            """SELECT n.person FROM score n JOIN score b USING (person, model) JOIN person p USING (person)
            WHERE n.as_of = DATE '2026-10-01' AND b.as_of = DATE '2026-07-01' AND n.band = 'lower'
              AND b.band <> 'lower' AND p.ward IN ('W01', 'W02') ORDER BY person LIMIT 1"""
        ).fetchone()
    _given(town.home, person)
    said = _said(open_page("step-down", home=town.home))
    assert "last above this level on 1 Jul 2026" in said
    assert "With Ruth Osei" in said
