"""The ranked list: highest first, within the area, with reasons; allocating gives a name and a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analytics.casework import heightened, lists, person
from analytics.casework.heightened import MINE, NOTHING, TAKEN, WAITING, Filters
from data.access.reader import AccessRefused
from data.journal import log
from data.journal.casework import steps
from tests.unit.casework.later import BEFORE, THEN

ALL = Filters()


def listed(session, **wanted) -> list[heightened.Listed]:
    return list(heightened.ranked(session, "cse", replace(ALL, **wanted), 300).children)


def test_highest_first_with_reasons_in_words(session_of, town) -> None:
    children = listed(session_of())
    first = children[0]
    assert first.person == town["yasmin"]
    assert first.reasons[0] == "Reported missing 4 times in the last 12 months"
    assert first.services == ("social worker", "early help")
    assert first.worker == "Ruth Osei, North"
    assert [one.place for one in children] == list(range(1, len(children) + 1))


def test_only_the_readers_area(session_of) -> None:
    assert {one.area for one in listed(session_of("demo.central"))} == {"Central"}


@pytest.mark.parametrize(
    ("wanted", "holds"),
    [
        ({"bands": ("heightened",)}, lambda one: one.band == "heightened"),
        ({"wards": ("Horfield",)}, lambda one: one.ward == "Horfield"),
        ({"sexes": ("F",)}, lambda one: one.sex == "F"),
        ({"ages": (14, 15)}, lambda one: date(2010, 10, 2) <= one.birth_date <= date(2012, 10, 1)),
        ({"kinds": ("early_help",)}, lambda one: "early help" in one.services),
        ({"kinds": (NOTHING,)}, lambda one: not one.services),
        ({"kinds": (NOTHING, "early_help")}, lambda one: not one.services or "early help" in one.services),
        ({"new_only": True}, lambda one: one.new),
        ({"allocated": WAITING}, lambda one: one.key_worker is None),
        ({"allocated": TAKEN}, lambda one: one.key_worker is not None),
        ({"allocated": MINE}, lambda one: one.key_worker == "Ruth Osei"),
    ],
)
def test_each_filter_leaves_those_of_whom_it_is_true_in_their_places(session_of, town, wanted, holds) -> None:
    one = session_of()
    everybody = listed(one)
    for child, worker in zip(everybody[:2], ("demo.north", "Jo Bloggs, Barnardo's"), strict=True):
        heightened.allocate(one, child.person, worker, date(2026, 10, 5), "Direct work")
    everybody = listed(one)
    assert listed(one, **wanted) == [child for child in everybody if holds(child)]
    assert listed(one, **wanted)


def test_whoever_sees_the_whole_city_can_choose_an_area(session_of) -> None:
    assert {one.area for one in listed(session_of("demo.manager"), areas=("South",))} == {"South"}


def test_filters_that_leave_nobody_leave_the_counts_of_the_whole(session_of) -> None:
    found = heightened.ranked(session_of(), "cse", replace(ALL, wards=("Nowhere",)))
    assert found.children == ()
    assert found.counts.fits == 0 < found.counts.above


def test_seeing_the_list_is_seeing_each_place_shown_and_no_other(session_of, town) -> None:
    one = session_of()
    seen = heightened.ranked(one, "cse", count=2).children
    entry = log.entries(one.journal, action="see ranked list", person=town["yasmin"])[0]
    assert entry["model"] == "cse"
    assert len(seen) == 2
    unseen = listed(session_of("demo.manager"))[-1]
    assert not log.entries(one.journal, action="see ranked list", person=unseen.person, reader="demo.north")


def test_counting_the_list_shows_nobody(session_of, town) -> None:
    one = session_of()
    told = heightened.counts(one, "cse")
    assert (told.heightened, told.waiting, told.taken) == (5, 5, 0)
    assert not log.entries(one.journal, person=town["yasmin"])


def test_places_are_the_areas_share_of_the_citys_unless_a_manager_said(session_of, later_of) -> None:
    from analytics.casework.allocations import set_places

    assert heightened.counts(session_of(), "cse").told is False
    set_places(session_of("demo.manager"), "North", 24)
    told = heightened.counts(session_of(), "cse")
    assert (told.places, told.told) == (24, True)


def test_a_list_is_compared_with_the_last_one_that_readers_saw(later_of) -> None:
    one = later_of()
    assert lists.since(one, "cse") == lists.Since(THEN, BEFORE)
    before = dict(one.run("SELECT person, band FROM list_before", {}).itertuples(index=False))
    for child in listed(one):
        assert child.band_before == before.get(child.person)
        risen = child.band_before is None or (child.band, child.band_before) == ("heightened", "raised")
        assert child.new == risen


def test_where_no_earlier_list_is_kept_the_quarter_before_stands_for_it(session_of) -> None:
    assert lists.since(session_of(), "cse") == lists.Since(date(2026, 7, 1), None)


def test_an_allocation_names_the_key_worker_and_opens_the_child_to_them(session_of, town) -> None:
    day = date(2026, 10, 5)
    heightened.allocate(session_of("demo.north"), town["yasmin"], "demo.central", day, "Direct work", None, "cse")
    (child,) = [c for c in listed(session_of()) if c.person == town["yasmin"]]
    assert (child.key_worker, child.from_date) == ("Daniel Meyer", day)
    head = person.header(session_of("demo.central"), town["yasmin"])
    assert (head.allocated_to, head.allocated_on) == ("Daniel Meyer", day)
    assert [row["model"] for row in steps(session_of().journal)] == ["cse"]


def test_a_trainer_has_no_list_and_allocates_nobody(session_of, town) -> None:
    with pytest.raises(AccessRefused):
        heightened.ranked(session_of("demo.trainer"), "cse")
    with pytest.raises(AccessRefused):
        heightened.allocate(session_of("demo.trainer"), town["yasmin"], "demo.north", date(2026, 10, 5), "Direct work")
