"""Lists of earlier builds: carried on under the numbers of now, thinned with age, without whoever was erased."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from analytics.build import lists, moves
from data.home import Home
from data.snapshot.publish import Draft
from data.snapshot.reading import current
from data.snapshot.tables import LIST_BEFORE, PERSON, PERSON_LINK, PERSON_MOVED, SCORE

CITY = {"id": "small", "name": "Smallham", "invented": True}
FIRST = date(2026, 10, 1)


def publish(
    home: Home, links: Mapping[int, int], on: date, bands: Mapping[int, str], erased: tuple[int, ...] = ()
) -> None:
    """A build on a day: whose each client is, and in which band each person stands."""
    with Draft(home) as draft:
        run = draft.connection.execute
        for table in (PERSON, PERSON_LINK, PERSON_MOVED, SCORE, LIST_BEFORE):
            run(table.ddl())
        for person in sorted(set(links.values())):
            run("INSERT INTO person (person) VALUES (?)", [person])
            row = [person, on, bands.get(person, "lower")]
            run("INSERT INTO score (person, model, version, as_of, band, rank) VALUES (?, 'cse', 'v', ?, ?, 1)", row)
        for client, person in links.items():
            run("INSERT INTO person_link VALUES (?, 'school', ?, 1, 'alone')", [client, person])
        moves.keep(draft.connection, home, CITY, draft.number)
        lists.keep(draft.connection, home, CITY, draft.number, on, erased)
        draft.manifest |= {"city": CITY, "today": str(on), "recorded_until": str(on)}


def kept(home: Home, columns: str = "person, band, build") -> list[tuple]:
    with current(home) as snapshot, snapshot.cursor() as cursor:
        return cursor.execute(f"SELECT DISTINCT {columns} FROM list_before ORDER BY ALL").fetchall()


@pytest.fixture
def home(tmp_path) -> Home:
    return Home(tmp_path)


def test_those_above_the_line_are_remembered_and_the_rest_are_not(home: Home) -> None:
    links = {10: 1, 20: 2, 30: 3}
    publish(home, links, FIRST, {1: "heightened", 2: "raised"})
    assert kept(home) == []
    publish(home, links, FIRST + timedelta(7), {3: "raised"})
    assert kept(home) == [(1, "heightened", 1), (2, "raised", 1)]
    publish(home, links, FIRST + timedelta(14), {})
    assert kept(home) == [(1, "heightened", 1), (2, "raised", 1), (3, "raised", 2)]


def test_whoever_was_joined_with_another_is_listed_under_the_number_of_now(home: Home) -> None:
    publish(home, {10: 1, 20: 2}, FIRST, {1: "heightened"})
    publish(home, {10: 2, 20: 2}, FIRST + timedelta(7), {})
    assert kept(home) == [(2, "heightened", 1)]


def test_whoever_is_gone_or_was_erased_in_part_is_in_no_earlier_list(home: Home) -> None:
    bands = {1: "heightened", 2: "heightened", 3: "raised"}
    publish(home, {10: 1, 20: 2, 21: 2, 30: 3}, FIRST, bands)
    publish(home, {20: 2, 30: 3}, FIRST + timedelta(7), {}, erased=(10, 21))
    assert kept(home) == [(3, "raised", 1)]


def test_a_fortnight_is_kept_whole_and_before_it_one_list_a_week(home: Home) -> None:
    for n in range(30):
        publish(home, {10: 1}, FIRST + timedelta(n), {1: "heightened"})
    days = [day for (day,) in kept(home, "until")]
    last = FIRST + timedelta(29)
    assert [day for day in days if day > last - timedelta(14)] == [last - timedelta(n) for n in range(13, 0, -1)]
    older = [day for day in days if day <= last - timedelta(14)]
    assert len(older) == len({day.isocalendar()[:2] for day in older}) >= 2


def test_another_citys_lists_are_not_taken_over(home: Home, tmp_path) -> None:
    publish(home, {10: 1}, FIRST, {1: "heightened"})
    other = CITY | {"id": "other"}
    with Draft(Home(tmp_path / "other")) as draft:
        for table in (PERSON, PERSON_LINK, PERSON_MOVED, SCORE, LIST_BEFORE):
            draft.connection.execute(table.ddl())
        assert lists.keep(draft.connection, home, other, draft.number, FIRST) == 0
        draft.manifest |= {"city": other, "today": str(FIRST)}
