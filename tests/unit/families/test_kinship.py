"""Kin by birth, by half and by step, and since when it could be known: each rule on a family of a few people."""

from __future__ import annotations

from typing import Any

import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data.families.find import find
from tests.unit.families.conftest import City as Small

City = Any  # the helper class of conftest.py, which pytest imports by path


def couple(city: City) -> City:
    """Rosa and Ben Hill with Ava, at one address from 2012."""
    city.person("Rosa Hill", "1985-02-01").person("Ben Hill", "1983-05-05", "M").person("Ava Hill", "2012-06-01")
    for name in ("Rosa Hill", "Ben Hill", "Ava Hill"):
        city.lives(name, 101, "2012-07-01")
    return city


def stepfamily(city: City) -> City:
    """Rosa with Ava, whose father is Ben; from 2019 with Omar Ali and his Zara, of whom Jo Ali is the mother."""
    city.person("Rosa Hill", "1985-02-01").person("Ava Hill", "2012-06-01")
    city.person("Omar Ali", "1984-01-01", "M").person("Zara Ali", "2013-03-03").person("Ben Hill", "1983-05-05", "M")
    for name in ("Rosa Hill", "Ava Hill"):
        city.lives(name, 101, "2012-07-01")
    for name in ("Omar Ali", "Zara Ali"):
        city.lives(name, 101, "2019-01-01")
    city.said("Ava Hill", "parent", "Rosa Hill", "2012-06-01").said("Ava Hill", "parent", "Ben Hill", "2012-06-01")
    city.said("Zara Ali", "parent", "Omar Ali", "2013-03-03")
    # An agency names the household: living at one address may be chance.
    for one in ("Rosa Hill", "Ava Hill"):
        for other in ("Omar Ali", "Zara Ali"):
            city.said(one, "household", other, "2019-02-01")
    return city


def manner(city: City, one: str, other: str, kind: str) -> set[object]:
    rows = city.con.execute(
        "SELECT DISTINCT manner FROM relationship WHERE person = ? AND other = ? AND kind = ?",
        [city.number[one], city.number[other], kind],
    ).fetchall()
    return {row[0] for row in rows}


def test_a_new_partner_of_the_mother_is_a_stepfather_and_no_father(city: City) -> None:
    find(stepfamily(city).con)
    assert manner(city, "Ava Hill", "Omar Ali", "parent") == {"step"}
    assert manner(city, "Omar Ali", "Ava Hill", "child") == {"step"}
    assert manner(city, "Ava Hill", "Ben Hill", "parent") == {"birth"}


def test_children_of_two_who_came_to_live_together_are_step_siblings(city: City) -> None:
    find(stepfamily(city).con)
    assert manner(city, "Ava Hill", "Zara Ali", "sibling") == {"step"}
    assert manner(city, "Zara Ali", "Ava Hill", "sibling") == {"step"}


def test_a_couple_is_one_while_they_share_a_home(city: City) -> None:
    find(stepfamily(city).con)
    assert ("Rosa Hill", "Omar Ali") in city.ties("partner")
    assert ("Rosa Hill", "Ben Hill") not in city.ties("partner")


def test_a_man_of_another_name_without_a_parent_in_the_home_is_no_stepfather(city: City) -> None:
    city.person("Omar Ali", "1984-01-01", "M").person("Ava Hill", "2012-06-01")
    city.lives("Omar Ali", 101, "2019-01-01").lives("Ava Hill", 101, "2019-01-01")
    find(city.said("Ava Hill", "household", "Omar Ali", "2019-02-01").con)
    assert city.ties("parent") == set()


def test_one_parent_shared_and_the_others_known_to_differ_makes_half_siblings(city: City) -> None:
    couple(city).person("Jo Cox", "1990-03-03").person("Mia Cox", "2016-03-03")
    for child, parents in (("Ava Hill", ("Rosa Hill", "Ben Hill")), ("Mia Cox", ("Jo Cox", "Ben Hill"))):
        for parent in parents:
            city.said(child, "parent", parent, "2016-03-03" if child == "Mia Cox" else "2012-06-01")
    find(city.con)
    assert manner(city, "Ava Hill", "Mia Cox", "sibling") == {"half"}


def test_one_parent_shared_says_nothing_of_the_other(city: City) -> None:
    city.person("Rosa Hill", "1985-02-01").person("Ava Hill", "2012-06-01").person("Leo Hill", "2014-06-01", "M")
    for child in ("Ava Hill", "Leo Hill"):
        city.said(child, "parent", "Rosa Hill", "2014-06-01")
    find(city.con)
    assert manner(city, "Ava Hill", "Leo Hill", "sibling") == {None}


def test_twins_are_full_siblings_though_only_the_mother_is_known(city: City) -> None:
    city.person("Rosa Hill", "1985-02-01").person("Ava Hill", "2012-06-01").person("Leo Hill", "2012-06-02", "M")
    for child in ("Ava Hill", "Leo Hill"):
        city.said(child, "parent", "Rosa Hill", "2012-06-01")
    find(city.con)
    assert manner(city, "Ava Hill", "Leo Hill", "sibling") == {"full"}


def test_parents_who_part_stay_parents_and_are_a_couple_no_more(city: City) -> None:
    couple(city).lives("Ben Hill", 202, "2020-01-01").lives("Ben Hill", 202, "2020-02-01")
    city.con.execute("UPDATE staged.person_record SET seen_to = '2020-01-01' WHERE client = 2 AND uprn = 101")
    find(city.con)
    assert ("Ava Hill", "Ben Hill") in city.ties("parent")
    ended = "SELECT max(\"to\")::VARCHAR FROM relationship WHERE kind = 'partner' GROUP BY ALL"
    assert city.rows(ended) == [("2020-01-01",)]
    assert city.rows("SELECT count(*) FROM relationship WHERE kind = 'parent' AND \"to\" IS NOT NULL") == [(0,)]


def test_carers_of_a_placement_are_no_family_and_the_home_is_marked(city: City) -> None:
    couple(city).person("Ann Hill", "1970-01-01").lives("Ann Hill", 303, "2015-01-01").lives(
        "Ava Hill", 303, "2022-02-01"
    )
    city.event("Ava Hill", "placement", "2022-02-01", detail="U1")
    city.said("Ava Hill", "parent", "Rosa Hill", "2012-06-01")
    find(city.con)
    assert manner(city, "Ava Hill", "Ann Hill", "household") == {"placement"}
    assert ("Ava Hill", "Ann Hill") not in city.ties("parent")
    assert not any({"Ava Hill", "Ann Hill"} <= family for family in city.families())


def test_what_was_put_together_is_known_once_the_records_were_and_not_from_its_first_day(city: City) -> None:
    couple(city)
    find(city.con)
    known = "SELECT DISTINCT known_on::VARCHAR FROM relationship WHERE kind = 'parent'"
    # Two months together from 1 July 2012, when the records of both had come.
    assert city.rows(known) == [("2012-08-30",)]


def test_a_parent_whom_a_source_names_later_is_put_together_until_then(city: City) -> None:
    find(couple(city).said("Ava Hill", "parent", "Rosa Hill", "2012-06-01", known="2021-05-05").con)
    rows = city.con.execute(
        "SELECT source, known_on::VARCHAR FROM relationship"
        " WHERE person = ? AND other = ? AND kind = 'parent' ORDER BY known_on",
        [city.number["Ava Hill"], city.number["Rosa Hill"]],
    ).fetchall()
    assert rows == [("derived", "2012-08-30"), ("care", "2021-05-05")]


def test_an_old_address_that_one_agency_still_holds_does_not_outweigh_those_that_know_the_new_one(city: City) -> None:
    city.person("Ava Hill", "2012-06-01").lives("Ava Hill", 101, "2012-07-01")
    for client, day in ((11, "2020-01-01"), (12, "2020-03-01")):
        city.con.execute("INSERT INTO person_link (client, source, person) VALUES (?, 'gp', 1)", [client])
        city.con.execute(
            "INSERT INTO staged.person_record (client, source, uprn, seen_from) VALUES (?, 'gp', 202, ?)", [client, day]
        )
    find(city.con)
    stays = city.rows('SELECT uprn, "from"::VARCHAR, "to"::VARCHAR FROM home_stay ORDER BY 2')
    assert stays == [(101, "2012-07-01", "2020-01-01"), (202, "2020-01-01", None)]


def test_a_family_keeps_the_number_of_the_last_snapshot_though_its_eldest_child_is_found_later(city: City) -> None:
    couple(city)
    before = pd.DataFrame({"family": [777, 777, 888], "person": [1, 3, 999]})
    find(city.con, previous=before)
    assert city.rows("SELECT DISTINCT family FROM family_member") == [(777,)]


def test_of_two_families_that_came_of_one_only_the_larger_part_keeps_its_number(city: City) -> None:
    couple(city).person("Mia Cox", "2014-03-03").person("Jo Cox", "1990-03-03")
    city.lives("Mia Cox", 202, "2019-01-01").lives("Jo Cox", 202, "2019-01-01")
    find(city.con, previous=pd.DataFrame({"family": [777] * 5, "person": [1, 2, 3, 4, 5]}))
    kept = city.rows("SELECT person FROM family_member WHERE family = 777 ORDER BY person")
    assert kept == [(1,), (2,), (3,)]
    assert city.rows("SELECT count(DISTINCT family) FROM family") == [(2,)]


NAMES = ("Rosa Hill", "Ben Hill", "Ava Hill", "Leo Hill", "Omar Ali", "Zara Ali")
BORN = {"Rosa Hill": "1985-02-01", "Ben Hill": "1983-05-05", "Ava Hill": "2012-06-01", "Leo Hill": "2015-09-09",
        "Omar Ali": "1984-01-01", "Zara Ali": "2013-03-03"}  # fmt: skip
MEN = ("Ben Hill", "Leo Hill", "Omar Ali")
STAYS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from((101, 202, 303)), st.integers(2012, 2024), st.integers(0, 6)),
    min_size=1, max_size=14,
)  # fmt: skip


@settings(max_examples=12, deadline=None)
# Two who live together and have not parted: nobody knows of an end.
@example(stays=[("Rosa Hill", 101, 2012, 0), ("Ben Hill", 101, 2012, 0), ("Ava Hill", 101, 2012, 0)])
@given(stays=STAYS)
def test_ties_hold_both_ways_and_have_their_dates_whoever_lived_where(stays: list[tuple[str, int, int, int]]) -> None:
    city = Small()
    for name in NAMES:
        city.person(name, BORN[name], "M" if name in MEN else "F")
    for name, uprn, year, length in stays:
        city.lives(name, uprn, f"{year}-03-01", f"{year + length}-09-01" if length else None)
    find(city.con)
    back = {"parent": "child", "child": "parent"}
    for kind in ("parent", "child", "sibling", "partner", "household"):
        assert {(other, one) for one, other in city.ties(kind)} == city.ties(back.get(kind, kind))
    undated = 'known_on IS NULL OR "from" IS NULL OR known_on < "from" OR ("to" IS NULL) <> (end_known_on IS NULL)'
    assert city.rows(f'SELECT count(*) FROM relationship WHERE {undated} OR end_known_on < "to"') == [(0,)]
    assert city.rows("SELECT count(*) FROM family_member WHERE role = 'child' AND \"from\" IS NULL") == [(0,)]
    both = "SELECT count(*) FROM family_member GROUP BY family, person HAVING count(*) > 1"
    assert city.rows(both) == []
    grown = "SELECT count(*) FROM relationship r JOIN person p USING (person) JOIN person o ON o.person = r.other"
    assert city.rows(f"{grown} WHERE r.kind = 'parent' AND o.birth_date > p.birth_date") == [(0,)]
