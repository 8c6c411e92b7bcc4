"""Homes, kin and families, as a social worker would expect them."""

from __future__ import annotations

from typing import Any

from data.families.find import find

City = Any  # the helper class of conftest.py, which pytest imports by path


def household(city: City) -> City:
    city.person("Rosa Hill", "1985-02-01").person("Ben Hill", "1983-05-05", "M")
    city.person("Ava Hill", "2010-06-01").person("Leo Hill", "2013-09-09", "M")
    for name in ("Rosa Hill", "Ben Hill", "Ava Hill", "Leo Hill"):
        city.lives(name, 101, "2019-01-01")
    return city


def test_those_who_share_a_home_are_a_household_both_ways(city: City) -> None:
    find(household(city).con)
    assert ("Ava Hill", "Leo Hill") in city.ties("household")
    assert ("Leo Hill", "Ava Hill") in city.ties("household")


def test_grown_ups_who_bring_up_a_child_are_taken_for_parents_and_the_children_for_siblings(city: City) -> None:
    find(household(city).con)
    assert ("Ava Hill", "Rosa Hill") in city.ties("parent")
    assert ("Rosa Hill", "Ava Hill") in city.ties("child")
    assert ("Ava Hill", "Leo Hill") in city.ties("sibling")
    assert city.families() == {frozenset(city.number)}


def test_the_tenant_before_is_no_household(city: City) -> None:
    household(city).person("Omar Ali", "1990-01-01", "M").lives("Omar Ali", 101, "2015-01-01", "2019-01-20")
    find(city.con)
    assert not any("Omar Ali" in pair for pair in city.ties("household"))


def test_a_stale_address_makes_no_kin(city: City) -> None:
    household(city).person("Omar Ali", "1990-01-01", "M").lives("Omar Ali", 101, "2015-01-01")
    find(city.con)
    assert not any("Omar Ali" in pair for pair in city.ties("parent"))
    assert city.families() == {frozenset(set(city.number) - {"Omar Ali"}), frozenset({"Omar Ali"})}


def test_a_hostel_is_no_household(city: City) -> None:
    for i in range(14):
        city.person(f"Guest N{chr(97 + i)}", f"19{60 + i}-01-01").lives(f"Guest N{chr(97 + i)}", 900, "2020-01-01")
    find(city.con)
    assert city.ties("household") == set()


def test_half_siblings_who_never_shared_a_home_are_siblings_of_two_families(city: City) -> None:
    household(city).person("Mia Cox", "2016-03-03").person("Jo Cox", "1990-03-03")
    city.lives("Mia Cox", 202, "2019-01-01").lives("Jo Cox", 202, "2019-01-01")
    city.said("Mia Cox", "parent", "Ben Hill", "2016-03-03").said("Ava Hill", "parent", "Ben Hill", "2010-06-01")
    find(city.con)
    assert ("Mia Cox", "Ava Hill") in city.ties("sibling")
    assert ("Mia Cox", "Leo Hill") in city.ties("sibling")
    assert city.families() == {
        frozenset({"Rosa Hill", "Ben Hill", "Ava Hill", "Leo Hill"}),
        frozenset({"Mia Cox", "Jo Cox", "Ben Hill"}),
    }


def test_a_looked_after_child_belongs_to_the_birth_family(city: City) -> None:
    household(city).person("Ann Ward", "1970-01-01").person("Sam Ward", "2011-01-01", "M")
    city.lives("Ann Ward", 303, "2015-01-01").lives("Sam Ward", 303, "2015-01-01").lives("Leo Hill", 303, "2022-02-01")
    city.said("Leo Hill", "parent", "Rosa Hill", "2013-09-09")
    city.event("Leo Hill", "placement", "2022-02-01", detail="U1")
    find(city.con)
    assert frozenset({"Rosa Hill", "Ben Hill", "Ava Hill", "Leo Hill"}) in city.families()
    assert frozenset({"Ann Ward", "Sam Ward"}) in city.families()


def test_a_stated_tie_is_kept_with_its_date_and_told_both_ways(city: City) -> None:
    household(city).said("Ava Hill", "parent", "Rosa Hill", "2010-06-01", known="2010-07-15")
    find(city.con)
    told = "SELECT person, kind, other, known_on::VARCHAR FROM relationship WHERE source = 'care' ORDER BY ALL"
    rows = city.rows(told)
    rosa, ava = city.number["Rosa Hill"], city.number["Ava Hill"]
    assert rows == [(rosa, "child", ava, "2010-07-15"), (ava, "parent", rosa, "2010-07-15")]


def test_going_missing_together_is_a_row_each_time(city: City) -> None:
    for day in ("2024-01-01", "2024-02-01"):
        (city if city.number else household(city)).said("Ava Hill", "co_missing", "Leo Hill", day)
    find(city.con)
    assert city.rows("SELECT count(*) FROM relationship WHERE kind = 'co_missing'") == [(4,)]


def test_nobody_is_kin_to_themselves(city: City) -> None:
    household(city).said("Ava Hill", "sibling", "Ava Hill", "2024-01-01")
    find(city.con)
    assert city.rows("SELECT count(*) FROM relationship WHERE person = other") == [(0,)]


def test_a_familys_number_stays_when_a_baby_is_born(city: City) -> None:
    find(household(city).con)
    before = city.rows("SELECT family FROM family")
    city.person("Ivy Hill", "2024-01-01").lives("Ivy Hill", 101, "2024-01-10")
    find(city.con)
    assert city.rows("SELECT family FROM family") == before
    assert city.families() == {frozenset(city.number)}
