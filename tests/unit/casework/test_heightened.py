"""The ranked list: highest first, within the area, with reasons; allocating gives a name and a date."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.casework import heightened, person
from data.access.reader import AccessRefused
from data.journal import log


def test_highest_first_with_reasons_in_words(session_of, town) -> None:
    listed = heightened.ranked(session_of(), "cse")
    first = listed.children[0]
    assert first.person == town["yasmin"]
    assert first.reasons[0] == "Reported missing 4 times in the last 12 months"
    assert first.services == ("social worker", "early help")
    assert [one.place for one in listed.children] == list(range(1, len(listed.children) + 1))


def test_only_the_readers_area(session_of) -> None:
    assert {one.area for one in heightened.ranked(session_of("demo.central"), "cse").children} == {"Central"}


def test_levels_can_be_chosen(session_of) -> None:
    assert {one.band for one in heightened.ranked(session_of(), "cse", ["heightened"]).children} == {"heightened"}


def test_seeing_the_list_is_seeing_each_place_on_it(session_of, town) -> None:
    one = session_of()
    heightened.ranked(one, "cse")
    entry = log.entries(one.journal, action="see ranked list", person=town["yasmin"])[0]
    assert entry["model"] == "cse"


def test_an_allocation_names_the_key_worker_and_opens_the_child_to_them(session_of, town) -> None:
    heightened.allocate(session_of("demo.north"), town["yasmin"], "demo.central", date(2026, 10, 5), "Direct work")
    (child,) = [c for c in heightened.ranked(session_of(), "cse").children if c.person == town["yasmin"]]
    assert child.key_worker == "Daniel Meyer"
    head = person.header(session_of("demo.central"), town["yasmin"])
    assert (head.allocated_to, head.allocated_on) == ("Daniel Meyer", date(2026, 10, 5))


def test_a_trainer_has_no_list_and_allocates_nobody(session_of, town) -> None:
    with pytest.raises(AccessRefused):
        heightened.ranked(session_of("demo.trainer"), "cse")
    with pytest.raises(AccessRefused):
        heightened.allocate(session_of("demo.trainer"), town["yasmin"], "demo.north", date(2026, 10, 5), "Direct work")
