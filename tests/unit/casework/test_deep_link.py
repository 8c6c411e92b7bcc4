"""A link to a person goes on meaning them: itself, whom the number became, both if records were parted, or nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analytics.casework import deep_link
from data.access.gate import Session
from data.access.successors import FOLLOWED
from data.journal.log import entries
from tests.unit.casework.conftest import Fernhill

SessionOf = Callable[..., Session]
OLD, OLDER = 11, 12


@pytest.fixture
def moved(town: Fernhill, session_of: SessionOf, monkeypatch: pytest.MonkeyPatch) -> Session:
    """OLDER became OLD, which became Yasmin; the number of the half-brother's was parted from hers before that."""
    yasmin, half = town["yasmin"], town["half"]
    values = f"({OLDER}, {OLD}, 1, 2), ({OLD}, {yasmin}, 2, 3), ({OLD}, {half}, 1, 3)"
    rows = f"SELECT * FROM (VALUES {values}) t(person, became, clients, build)"
    query = deep_link._NOW.replace(FOLLOWED, FOLLOWED.replace("JOIN person_moved m", f"JOIN ({rows}) m"))
    monkeypatch.setattr(deep_link, "_NOW", query)
    return session_of()


def test_the_number_of_a_person_is_that_person_and_the_log_has_it(town: Fernhill, session_of: SessionOf) -> None:
    session = session_of()
    assert deep_link.whom(session, town["yasmin"]) == (town["yasmin"],)
    assert entries(session.journal, person=town["yasmin"])[0]["action"] == "search people"


def test_outside_the_readers_area_and_unknown_are_the_same(town: Fernhill, session_of: SessionOf) -> None:
    assert deep_link.whom(session_of("demo.central"), town["yasmin"]) == ()
    assert deep_link.whom(session_of("demo.central"), 5) == ()


def test_an_old_number_is_followed_within_the_readers_area(town: Fernhill, moved: Session) -> None:
    assert deep_link.whom(moved, OLD) == (town["yasmin"],)
    assert deep_link.whom(moved, OLDER) == (town["yasmin"],)
