"""Whose clients became whose, from build to build."""

from __future__ import annotations

import pytest

from analytics.build import moves
from data.home import Home, home
from data.snapshot.engine import ALIAS
from data.snapshot.publish import Draft
from data.snapshot.reading import current
from data.snapshot.tables import PERSON_LINK, PERSON_MOVED

CITY = {"id": "moved", "name": "Moved", "invented": True}


def build(place: Home, links: dict[int, int]) -> list[tuple[int, int, int, int]]:
    """Publish a snapshot in which each client is this person; the rows of what moved."""
    with Draft(place) as draft:
        for table in (PERSON_LINK, PERSON_MOVED):
            draft.connection.execute(table.ddl(ALIAS))
        for client, person in links.items():
            draft.connection.execute(
                f"INSERT INTO {ALIAS}.person_link VALUES (?, 'a', ?, 1, 'alone')", [client, person]
            )
        moves.keep(draft.connection, place, CITY, draft.number)
        draft.manifest |= {"city": CITY, "today": "2026-10-01"}
    with current(place) as snapshot, snapshot.cursor() as cursor:
        return cursor.execute("SELECT person, became, clients, build FROM person_moved ORDER BY ALL").fetchall()


@pytest.fixture
def place(tmp_path) -> Home:
    return home(tmp_path)


def test_nothing_moves_in_the_first_build_or_where_nothing_changed(place: Home) -> None:
    assert build(place, {1: 10, 2: 10, 3: 30}) == []
    assert build(place, {1: 10, 2: 10, 3: 30, 4: 40}) == []


def test_a_split_and_a_merger_are_told_with_the_build_and_carried_on(place: Home) -> None:
    build(place, {1: 10, 2: 10, 3: 30})
    assert build(place, {1: 10, 2: 20, 3: 30}) == [(10, 20, 1, 2)]
    assert build(place, {1: 10, 2: 20, 3: 10}) == [(10, 20, 1, 2), (30, 10, 1, 3)]
    for _ in range(4):
        told = build(place, {1: 10, 2: 20, 3: 10})
    assert told == [(10, 20, 1, 2), (30, 10, 1, 3)]
