"""Search forgives, keeps to the reader's area, and writes down whom it showed."""

from __future__ import annotations

import pytest

from analytics.casework.rows import full_name
from analytics.casework.search import open_outside, search, too_wide
from data.access.reader import AccessRefused
from data.journal import log

WAYS_TO_YASMIN = (
    "yasmin khan",
    "Khan Yasmin",
    "jasmin kahn",
    "yasmine kahn 2012",
    "yasmin davies",
    "khan 3 mar 2012",
    "03/03/2012",
    "khan 2012 lockleaze",
    "P-77123",
    "p77123",
    "943 476 5919",
    "9434765919",
    "A801200115001",
    "AV7 2BD",
    "yasmin av7",
    "y khan",
    "khan 03/30/2012",
)


@pytest.mark.parametrize("typed", WAYS_TO_YASMIN)
def test_yasmin_is_found_first_by(typed: str, session_of, town) -> None:
    assert search(session_of(), typed).cards[0].person == town["yasmin"]


def test_the_card_says_who_she_is_and_how_she_was_found(session_of) -> None:
    card = search(session_of(), "jasmin kahn 2012").cards[0]
    assert (card.name, card.ward, card.family) == ("Yasmin Khan", "Lockleaze", "Khan / Davies")
    assert card.services == ("social worker", "early help")
    assert ("Jasmin Kahn", ("school_census",)) in card.aliases
    assert card.matched == ("name", "year of birth")


def test_a_name_finds_everybody_who_bears_it(session_of) -> None:
    found = search(session_of(), "khan", limit=50)
    assert {"Yasmin Khan", "Adam Khan", "Saima Khan"} <= {card.name for card in found.cards}
    assert found.total == len(found.cards)


def test_outside_the_area_only_their_number_is_told(session_of) -> None:
    found = search(session_of(), "chloe roberts")
    assert found.cards == ()
    assert found.outside >= 1


def test_emergency_access_opens_them_for_a_reason_and_is_on_record(session_of) -> None:
    one = session_of()
    with pytest.raises(AccessRefused):
        open_outside(one, "chloe roberts 2011", "", 8)
    open_outside(one, "chloe roberts 2011", "Reported missing with a child of mine tonight", 8)
    assert [card.name for card in search(session_of(), "chloe roberts 2011").cards] == ["Chloe Roberts"]
    assert any(entry["action"] == "break glass" for entry in log.entries(one.journal))


def test_emergency_access_is_not_for_everybody_of_a_name(session_of) -> None:
    with pytest.raises(AccessRefused, match="Say more"):
        open_outside(session_of(), "smith", "I want to see them all now please", 8)


@pytest.mark.parametrize("typed", ["2012", "mar 2012", "av7", "k"])
def test_what_would_list_half_the_city_finds_nobody(typed: str, session_of) -> None:
    found = search(session_of(), typed)
    assert found.cards == ()
    assert too_wide(found) or found.total == 0


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", "'; DROP TABLE person; --", "%", "_____", "x" * 500, "\u202eabc"]
)
def test_odd_text_is_only_text(typed: str, session_of) -> None:
    assert search(session_of(), typed).total == 0


def test_everyone_shown_is_written_down_before(session_of, town) -> None:
    one = session_of()
    search(one, "yasmin khan 2012")
    entry = log.entries(one.journal, action="search people", person=town["yasmin"])[0]
    assert (entry["reader"], entry["purpose"]) == ("demo.north", "Allocated case")


def test_a_manager_has_no_search(session_of) -> None:
    with pytest.raises(AccessRefused):
        search(session_of("demo.manager"), "khan")


def test_a_name_that_is_not_recorded_is_said_to_be() -> None:
    assert full_name(None, " ") == "Name not recorded"
    assert full_name("Yasmin", None) == "Yasmin"
