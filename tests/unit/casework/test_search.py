"""Search forgives, keeps to the reader's area, and writes down whom it showed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from analytics.casework.asked import understand
from analytics.casework.glass import end, open_record, opened
from analytics.casework.rows import full_name
from analytics.casework.search import search, too_wide
from analytics.casework.search_memory import memory
from analytics.casework.search_rank import NEAR, rank
from data.access.reader import AccessRefused
from data.journal import log
from data.journal.fingerprint import fingerprints
from data.journal.journal import detail_of

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


def test_outside_the_area_only_what_policy_allows_is_told(session_of) -> None:
    one = session_of()
    found = search(one, "chloe robrets 2011")
    assert found.cards == ()
    assert [(each.matched, each.told) for each in found.elsewhere] == [
        (("a name much like it", "year of birth"), ("Central",))
    ]
    entry = log.entries(one.journal, action="match outside the area", person=found.elsewhere[0].person)[0]
    assert entry["reader"] == "demo.north"


def test_who_fits_less_is_shown_where_nobody_fits_wholly_and_stands_apart(session_of) -> None:
    asked = understand("olivai smith lockleaze")
    one = session_of()
    ranked = rank(asked, memory(one.snapshot), one.snapshot.today)
    assert 0 < ranked.near < len(ranked.rows)
    assert ranked.score[ranked.near :].max() < ranked.score[0] - NEAR


def test_of_many_outside_the_area_only_their_number_is_told(session_of) -> None:
    found = search(session_of(), "smith")
    assert found.outside > 5
    assert found.elsewhere == ()


def test_emergency_access_opens_one_for_a_reason_a_time_and_on_record(session_of) -> None:
    one = session_of()
    chloe = search(one, "chloe roberts 2011").elsewhere[0].person
    with pytest.raises(AccessRefused):
        open_record(one, chloe, "because", 8)
    assert opened(one) == ()
    open_record(one, chloe, "Reported missing with a child of mine tonight", 8)
    assert [card.name for card in search(session_of(), "chloe roberts 2011").cards] == ["Chloe Roberts"]
    entry = log.entries(one.journal, action="break glass", person=chloe)[0]
    assert detail_of(entry)["why"] == "Reported missing with a child of mine tonight"
    assert detail_of(entry)["until"] > entry["at"]


def test_emergency_access_is_over_by_itself_and_that_is_told(session_of) -> None:
    one = session_of()
    chloe = search(one, "chloe roberts 2011").elsewhere[0].person
    open_record(one, chloe, "Reported missing with a child of mine tonight", 2)
    assert timedelta(hours=1, minutes=59) < opened(one)[0].left <= timedelta(hours=2)
    clock = one.journal.clock
    try:
        one.journal.clock = lambda: datetime.now(UTC) + timedelta(hours=3)
        assert [each.left for each in opened(one)] == [timedelta()]
        assert search(session_of(), "chloe roberts 2011").cards == ()
        one.journal.clock = lambda: datetime.now(UTC) + timedelta(hours=30)
        assert opened(one) == ()
    finally:
        one.journal.clock = clock


def test_emergency_access_can_be_ended_before_its_time(session_of) -> None:
    one = session_of()
    chloe = search(one, "chloe roberts 2011").elsewhere[0].person
    open_record(one, chloe, "Reported missing with a child of mine tonight", 24)
    end(one, chloe)
    assert search(session_of(), "chloe roberts 2011").cards == ()


def test_the_log_says_what_kinds_were_typed_and_no_word_of_it(session_of) -> None:
    one = session_of()
    search(one, "yasmin khan 2012")
    entry = log.entries(one.journal, action="search people")[0]
    said = detail_of(entry)
    assert said["asked"] == ["2 words", "year of birth"]
    assert (said["matches"], said["outside"]) == (1, 0)
    assert "yasmin" not in str(dict(entry)).lower()
    assert said["words"] == fingerprints(["khan", "yasmin"], one.snapshot.city["id"])
    assert not set(said["words"]) & set(fingerprints(["khan", "yasmin"], "another city"))


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
