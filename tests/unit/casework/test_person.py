"""One person: what the agencies know, what is new, what protects, who may be named."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from analytics.casework import kin, person
from analytics.casework.last_seen import Look
from data.access.reader import AccessRefused
from data.journal import log

TODAY = date(2026, 10, 1)


def seen(day: str, known_to: date) -> Look:
    return Look(datetime.fromisoformat(f"{day}T09:00:00+00:00"), 0, known_to)


def test_the_header_says_who_and_what_is_open(session_of, town) -> None:
    head = person.header(session_of(), town["yasmin"])
    assert (head.name, head.ward, head.area) == ("Yasmin Khan", "Lockleaze", "North")
    assert head.services == ("social worker", "early help")
    assert head.allocated_to is None


def test_somebody_elses_child_is_refused_and_the_refusal_is_on_record(session_of, town) -> None:
    one = session_of("demo.central")
    with pytest.raises(AccessRefused):
        person.header(one, town["yasmin"])
    assert any(entry["action"].startswith("refused") for entry in log.entries(one.journal))


def test_a_number_that_is_nobody_is_refused_like_a_stranger(session_of) -> None:
    with pytest.raises(AccessRefused, match="outside your area"):
        person.events(session_of(), 12345)


def test_events_come_latest_first_with_source_and_row(session_of, town) -> None:
    events = person.events(session_of(), town["yasmin"])
    assert events["occurred_on"].is_monotonic_decreasing
    latest = events.iloc[0]
    assert latest["said"] == "Reported missing, away for 12 hours"
    assert latest["file_name"].startswith("police_missing/")
    assert latest["line"] > 0


def test_news_are_what_became_known_since_the_last_look(session_of, town) -> None:
    events = person.events(session_of(), town["yasmin"])
    assert person.news(events, None, TODAY).last_looked is None
    assert "reported missing" in " ".join(person.news(events, None, TODAY).phrases)
    assert person.news(events, seen("2026-09-20", date(2026, 9, 1)), TODAY).phrases == ()
    assert "reported missing twice" in person.news(events, seen("2026-05-10", date(2026, 5, 10)), TODAY).phrases


def test_news_are_what_the_snapshot_seen_did_not_hold_however_late_it_was_looked_at(session_of, town) -> None:
    """A record of May that came in after the build is news to whoever looked at that build in September."""
    events = person.events(session_of(), town["yasmin"])
    late = person.news(events, seen("2026-09-20", date(2026, 5, 10)), TODAY)
    assert late.last_looked == datetime(2026, 9, 20, 9, tzinfo=UTC)
    assert "reported missing twice" in late.phrases


def test_the_last_look_is_the_readers_own(session_of, town) -> None:
    person.header(session_of("demo.north"), town["yasmin"])
    assert person.last_looked(session_of("demo.north"), town["yasmin"]) is not None
    assert person.last_looked(session_of("demo.central"), town["yasmin"]) is None


def test_strengths_are_protective_events(session_of, town) -> None:
    good = person.strengths(person.events(session_of(), town["yasmin"]), TODAY)
    assert set(good["kind"]) == {"youth_club", "kept_appointment"}


def test_each_agency_says_its_latest_and_what_is_open(session_of, town) -> None:
    rows = person.agencies(person.events(session_of(), town["yasmin"])).set_index("agency")
    assert rows.loc["Police: missing people", "events"] == 4
    assert rows.loc["Early help", "open_now"] == ["Early help for the family: going missing"]


def test_family_is_named_with_their_tie(session_of, town) -> None:
    family = kin.family(session_of(), town["yasmin"]).set_index("name")["tie"].to_dict()
    assert family == {
        "Saima Khan": "mother",
        "Gareth Davies": "father",
        "Adam Khan": "brother",
        "Leo Davies": "half-brother",
    }


def test_people_met_elsewhere_are_named_only_within_the_area(session_of, town) -> None:
    friends = kin.associates(session_of("demo.north"), town["yasmin"])
    assert list(friends["name"]) == ["somebody outside your area"]
    assert friends["person"].isna().all()
    assert bool(friends["known_case"].iloc[0])


def test_looks_are_told_by_visit(session_of, town) -> None:
    one = session_of()
    person.header(one, town["yasmin"])
    kin.family(one, town["yasmin"])
    rows = person.looks(one, town["yasmin"])
    assert list(rows["name"]) == ["Ruth Osei"]
    assert rows["did"].iloc[0] == "opened the page; family and friends; record of views"
