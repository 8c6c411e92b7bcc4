"""Allocations followed to their outcome: who is late, who ended how, and that nobody outside the scope is told of."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from analytics.casework import allocations
from analytics.casework.allocations import allocated, by_worker, follow_up
from analytics.casework.heightened import allocate
from data.access.reader import AccessRefused
from data.journal import log

BEGAN = date(2026, 10, 5)


def on(session, day: date):
    session.journal.clock = lambda: datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return session


@pytest.fixture
def given(session_of, town):
    """Yasmin with Ruth Osei since 5 Oct, to be followed up by the 19th; it is the 20th."""
    one = on(session_of(), date(2026, 10, 20))
    allocate(one, town["yasmin"], "demo.north", BEGAN, "Direct work", date(2026, 10, 19), "cse")
    return one


def test_who_has_not_been_followed_up_is_late(given, town) -> None:
    (one,) = allocated(given)
    assert (one.person, one.name, one.key_worker, one.team) == (town["yasmin"], "Yasmin Khan", "Ruth Osei", "North")
    assert one.days_over(allocations.today(given)) == 1
    assert "early help" in one.services


def test_without_a_day_it_is_a_fortnight(session_of, town) -> None:
    one = session_of()
    allocate(one, town["yasmin"], "demo.north", BEGAN, "Direct work")
    assert allocated(one)[0].due == BEGAN + timedelta(14)


def test_it_goes_on_until_it_ends_and_each_step_is_told_with_its_writer(given) -> None:
    (one,) = allocated(given)
    follow_up(given, one, "goes on", date(2026, 10, 20), "met her at school", date(2026, 11, 3))
    (one,) = allocated(given)
    assert (one.due, one.open, one.outcome) == (date(2026, 11, 3), True, None)
    on(given, date(2026, 11, 4))
    follow_up(given, one, "accepted help", date(2026, 11, 4), "a mentor twice a week", None)
    (one,) = allocated(given)
    assert (one.open, one.outcome, one.ended) == (False, "accepted help", date(2026, 11, 4))
    assert [(step.step, step.followed, step.by) for step in one.steps] == [
        ("goes on", "met her at school", "Ruth Osei"),
        ("accepted help", "a mentor twice a week", "Ruth Osei"),
    ]


@pytest.mark.parametrize(
    ("step", "day", "due"),
    [
        ("vanished", date(2026, 10, 20), date(2026, 11, 3)),
        ("goes on", date(2026, 10, 21), date(2026, 11, 3)),
        ("goes on", date(2026, 10, 1), date(2026, 11, 3)),
        ("goes on", date(2026, 10, 20), None),
        ("goes on", date(2026, 10, 20), date(2026, 10, 19)),
    ],
)
def test_a_step_that_cannot_be_is_refused(given, step, day, due) -> None:
    (one,) = allocated(given)
    with pytest.raises(AccessRefused):
        follow_up(given, one, step, day, "", due)
    assert allocated(given)[0].steps == ()


def test_each_worker_in_figures_a_typed_name_too(given, session_of) -> None:
    other = next(one for one in _children(given) if one != allocated(given)[0].person)
    allocate(given, other, "Jo Bloggs, Barnardo's", date(2026, 10, 19), "Direct work", date(2026, 10, 25))
    ruth, jo = by_worker(allocated(given), allocations.today(given))
    assert (ruth.key_worker, ruth.open, ruth.overdue, ruth.soon) == ("Ruth Osei", 1, 1, 0)
    assert (jo.key_worker, jo.team, jo.open, jo.overdue, jo.soon) == ("Jo Bloggs, Barnardo's", None, 1, 0, 1)


def _children(session) -> list[int]:
    from analytics.casework.heightened import ranked

    return [one.person for one in ranked(session, "cse").children]


def test_nobody_outside_the_scope_is_told_of_and_each_look_is_written_down(given, session_of, town) -> None:
    assert allocated(session_of("demo.central")) == ()
    assert len(allocated(session_of("demo.manager"))) == 1
    seen = log.entries(given.journal, action="see allocations", person=town["yasmin"])
    assert [entry["reader"] for entry in seen] == ["demo.manager"]


def test_a_team_has_places_that_only_a_manager_sets(session_of) -> None:
    allocations.set_places(session_of("demo.manager"), "North", 24)
    assert allocations.places(session_of()) == {"North": 24}
    with pytest.raises(AccessRefused):
        allocations.set_places(session_of(), "North", 2)
    with pytest.raises(AccessRefused):
        allocations.set_places(session_of("demo.manager"), "North", -1)
