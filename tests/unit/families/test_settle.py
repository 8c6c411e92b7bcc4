"""What was staged for an agency's client becomes the person's."""

from __future__ import annotations

from typing import Any

from data.families.settle import settle

City = Any  # the helper class of conftest.py, which pytest imports by path


VERSIONS = "SELECT known_on::VARCHAR, corrected_on::VARCHAR, ended_on::VARCHAR FROM event ORDER BY known_on"


def test_an_event_told_twice_is_one_known_from_the_first_telling(city: City) -> None:
    city.person("Ava Hill", "2010-06-01")
    for known in ("2020-10-05", "2022-10-05"):
        city.event("Ava Hill", "enrolment", "2020-09-01", "2022-07-20", known=known, detail="City School")
    settle(city.con)
    assert city.rows(VERSIONS) == [("2020-10-05", None, "2022-07-20")]


def test_one_that_ends_otherwise_under_a_second_number_takes_the_place_of_the_first_once_it_is_known(
    city: City,
) -> None:
    city.person("Ava Hill", "2010-06-01")
    for until, known in ((None, "2020-10-05"), ("2022-07-20", "2022-10-05")):
        city.event("Ava Hill", "enrolment", "2020-09-01", until, known=known, detail="City School")
    settle(city.con)
    assert city.rows(VERSIONS) == [("2020-10-05", "2022-10-05", None), ("2022-10-05", None, "2022-07-20")]


def test_what_one_number_corrects_stands_while_the_other_says_it_still(city: City) -> None:
    city.person("Ava Hill", "2010-06-01")
    city.event("Ava Hill", "enrolment", "2020-09-01", known="2020-10-05", detail="City School", corrected="2021-02-01")
    city.event("Ava Hill", "enrolment", "2020-09-01", known="2020-12-01", detail="City School")
    settle(city.con)
    assert city.rows(VERSIONS) == [("2020-10-05", None, None)]


def test_two_events_of_one_day_that_differ_are_two(city: City) -> None:
    city.person("Ava Hill", "2010-06-01")
    city.event("Ava Hill", "missing", "2024-01-01", detail="a").event("Ava Hill", "missing", "2024-01-01", detail="b")
    assert settle(city.con).rows["event"] == 2


def test_an_event_of_a_client_nobody_described_is_left_out_and_counted(city: City) -> None:
    city.number["Some Stranger"] = 99
    city.event("Some Stranger", "missing", "2024-01-01")
    settled = settle(city.con)
    assert settled.rows["event"] == 0
    assert settled.unlinked["event"] == 1


def test_spells_of_cover_that_touch_are_one(city: City) -> None:
    city.person("Ava Hill", "2010-06-01")
    for since, until in (("2020-01-01", "2020-06-30"), ("2020-07-01", "2021-01-01"), ("2022-01-01", None)):
        city.con.execute("INSERT INTO staged.coverage VALUES (1, 'gp', ?, ?)", [since, until])
    settle(city.con)
    spells = city.rows('SELECT "from"::VARCHAR, "to"::VARCHAR FROM coverage')
    assert spells == [("2020-01-01", "2021-01-01"), ("2022-01-01", None)]


def test_a_person_known_to_two_services_was_identified_when_the_first_said_so(city: City) -> None:
    city.person("Ava Hill", "2010-06-01")
    for day, source in (("2024-05-01", "police"), ("2024-02-01", "care")):
        city.con.execute("INSERT INTO staged.known_case VALUES (1, 'cse', ?, ?, ?)", [day, day, source])
    settle(city.con)
    assert city.rows("SELECT identified_on::VARCHAR, source FROM known_case") == [("2024-02-01", "care")]
