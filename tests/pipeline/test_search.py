"""A name gone wrong and one more fact find the person who is meant: the bench's thousand, smaller, on a small city."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.casework.asked import understand
from analytics.casework.search_memory import Memory, memory
from analytics.casework.search_rank import rank
from data.home import home
from data.snapshot.reading import current
from tests.searches import Bearer, searches, served_bearers

FIRST = 5


@pytest.fixture
def people(small_home: Path, monkeypatch: pytest.MonkeyPatch) -> list[Bearer]:
    monkeypatch.setenv("KINSIGHT_HOME", str(small_home))
    return served_bearers()


def _people(index: Memory, text: str) -> list[int]:
    with current(home()) as snapshot:
        return index.people[rank(understand(text), index, snapshot.today).rows].tolist()


def test_the_right_person_is_among_the_first_five(people: list[Bearer]) -> None:
    with current(home()) as snapshot:
        index = memory(snapshot)
    asked = searches(people, 150, seed=3)
    missed = [one for one in asked if one.person not in _people(index, one.text)[:FIRST]]
    assert len(missed) <= 0.03 * len(asked), missed


def test_a_name_alone_finds_everyone_who_bears_it(people: list[Bearer]) -> None:
    with current(home()) as snapshot:
        index = memory(snapshot)
    several = {(one.forename, one.surname) for one in people[:40]}
    for forename, surname in several:
        bear_it = {one.person for one in people if (one.forename, one.surname) == (forename, surname)}
        assert bear_it <= set(_people(index, f"{forename} {surname}"))
