"""What stands: the latest row for a key, as of now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from data.journal import casework
from data.journal.accounts import Account, account, accounts, save_account
from data.journal.journal import Entry, Journal, OtherCity
from data.journal.log import entries, last_snapshots, shown
from data.journal.model_decisions import last_on, model_decisions
from data.journal.tables import BREAK_GLASS, JUDGEMENT, MODEL_APPROVAL, TEAM_CAPACITY, WATCH
from data.journal.verification import verify

CITY = {"id": "abc", "name": "Testham", "invented": True}


def entry(reader: str = "ruth", *people: int) -> Entry:
    return Entry(reader, "lead_professional", "test", people)


def test_the_journal_of_one_city_refuses_another(journal: Journal) -> None:
    journal.bind(CITY)
    journal.bind(CITY)
    with pytest.raises(OtherCity, match="another city"):
        journal.bind(CITY | {"id": "other"})
    assert verify(journal).entries == 1


def test_the_last_word_on_an_account_stands(journal: Journal) -> None:
    first = Account("ruth", "Ruth", "lead_professional", "North", frozenset({"N1", "N2"}))
    save_account(journal, first, by="admin")
    save_account(journal, Account("helen", "Helen", "manager"), by="admin")
    assert account(journal, "ruth") == first
    assert [one.id for one in accounts(journal)] == ["helen", "ruth"]
    save_account(journal, Account("ruth", "Ruth", "manager", active=False), by="admin")
    assert account(journal, "ruth") is None
    assert [one.id for one in accounts(journal)] == ["helen"]


def test_an_allocation_gives_sight_until_it_is_closed(journal: Journal) -> None:
    number = casework.allocate(journal, 7, "ruth", "2026-10-01", "assessment", entry("helen", 7))
    assert casework.allocated_people(journal, "ruth") == {7}
    casework.move_allocation(journal, number, "in progress", None, entry("ruth", 7))
    assert casework.allocated_people(journal, "ruth") == {7}
    assert casework.allocated_people(journal, "daniel") == frozenset()
    casework.move_allocation(journal, number, "closed", "safety plan", entry("ruth", 7))
    assert casework.allocated_people(journal, "ruth") == frozenset()
    assert [(row["status"], row["outcome"]) for row in casework.allocations(journal)] == [("closed", "safety plan")]
    with pytest.raises(KeyError):
        casework.move_allocation(journal, 99, "closed", None, entry())
    with pytest.raises(ValueError, match="status"):
        casework.move_allocation(journal, number, "lost", None, entry())


def test_a_follow_up_goes_on_or_ends_and_each_step_stays(journal: Journal) -> None:
    number = casework.allocate(journal, 7, "ruth", "2026-10-01", "assessment", entry("helen", 7), "2026-10-15", "cse")
    casework.follow_up(journal, number, "goes on", "2026-10-12", "met her at school", "2026-11-01", entry("ruth", 7))
    assert [row["status"] for row in casework.allocations(journal)] == ["in progress"]
    casework.follow_up(journal, number, "accepted help", "2026-10-30", "a mentor", None, entry("ruth", 7))
    told = [(row["step"], row["on_date"], row["followed"], row["due"], row["model"]) for row in casework.steps(journal)]
    assert told == [
        ("allocated", "2026-10-01", None, "2026-10-15", "cse"),
        ("goes on", "2026-10-12", "met her at school", "2026-11-01", None),
        ("accepted help", "2026-10-30", "a mentor", None, None),
    ]
    (now,) = casework.allocations(journal)
    assert (now["status"], now["outcome"]) == ("closed", "accepted help")
    assert casework.allocated_people(journal, "ruth") == frozenset()
    with pytest.raises(ValueError, match="step"):
        casework.follow_up(journal, number, "vanished", "2026-10-30", "", None, entry())
    assert verify(journal).ok


def test_a_watch_has_a_reason_and_ends_by_itself(journal: Journal) -> None:
    journal.clock = lambda: datetime(2026, 11, 20, tzinfo=UTC)
    casework.watch(journal, 3, "until the strategy meeting", "2026-12-01", entry())
    assert casework.watched(journal, "ruth") == {3}
    (one,) = casework.watches(journal, "ruth")
    assert (one.reason, one.until) == ("until the strategy meeting", "2026-12-01")
    journal.clock = lambda: datetime(2026, 12, 2, tzinfo=UTC)
    assert casework.watched(journal, "ruth") == frozenset()
    assert verify(journal).ok


def test_the_last_word_on_a_teams_places_stands(journal: Journal) -> None:
    for places in (20, 24):
        journal.append(TEAM_CAPACITY, {"team": "North", "places": places}, entry("helen"))
    assert casework.team_places(journal) == {"North": 24}


def test_broken_glass_mends_itself_in_time(journal: Journal) -> None:
    until = (datetime.now(UTC) + timedelta(hours=1)).isoformat(timespec="microseconds")
    values = {"reason": "found at a known address", "until": until}
    journal.append(BREAK_GLASS, values | {"person": 4}, entry())
    journal.append(BREAK_GLASS, values | {"ward": "C1"}, entry())
    stood = casework.glass(journal, "ruth", journal.now())
    assert [(one.person, one.ward) for one in stood] == [(None, "C1"), (4, None)]
    assert casework.glass(journal, "daniel", journal.now()) == ()
    journal.clock = lambda: datetime.now(UTC) + timedelta(hours=2)
    assert casework.glass(journal, "ruth", journal.now()) == ()


def test_watches_verdicts_and_approvals_can_be_taken_back_but_not_erased(journal: Journal) -> None:
    for on in (True, False, True):
        journal.append(WATCH, {"person": 3, "on": on}, entry())
    journal.append(WATCH, {"person": 4, "on": True}, entry())
    journal.append(WATCH, {"person": 4, "on": False}, entry())
    assert casework.watched(journal, "ruth") == {3}
    assert last_on(model_decisions(journal), "cse") is None
    for state in ("approved", "retired"):
        values = {"model": "cse", "version": "v1", "state": state, "reason": "as reviewed"}
        journal.append(MODEL_APPROVAL, values, entry())
    standing = last_on(model_decisions(journal), "cse", "v1")
    assert standing
    assert (standing.state, standing.reason, standing.by) == ("retired", "as reviewed", "ruth")
    assert last_on(model_decisions(journal), "cse", "v2") is None
    assert verify(journal).entries == 7


def test_a_judgement_counts_for_its_reader_model_and_snapshot_only(journal: Journal) -> None:
    values = {"person": 5, "model": "cse", "snapshot": "abc-1", "worry": None, "reason": None}
    journal.append(JUDGEMENT, values, entry("ruth", 5))
    found = casework.judgement(journal, "ruth", 5, "cse", "abc-1")
    assert found is not None
    assert found["worry"] is None
    for other in (("daniel", 5, "cse", "abc-1"), ("ruth", 6, "cse", "abc-1"), ("ruth", 5, "neet", "abc-1")):
        assert casework.judgement(journal, *other) is None
    assert casework.judgement(journal, "ruth", 5, "cse", "abc-2") is None


def test_the_log_answers_who_looked_at_a_child_and_who_saw_a_models_scores(journal: Journal) -> None:
    for reader, action, people in (
        ("ruth", "see person", (1,)),
        ("helen", "see ranked list", (1, 2, 3)),
        ("ruth", "see score", (2,)),
        ("ruth", "see person", (2,)),
    ):
        journal.record(Entry(reader, "any", action, people, model="cse" if "score" in action else None))
    assert [(row["reader"], row["action"]) for row in entries(journal, person=1)] == [
        ("helen", "see ranked list"),
        ("ruth", "see person"),
    ]
    assert [row["seq"] for row in entries(journal, reader="ruth", action="see person")] == [4, 1]
    assert [(row["person"], row["reader"]) for row in shown(journal, "cse", "see score")] == [(2, "ruth")]
    first = entries(journal, person=1)[1]
    assert last_snapshots(journal, "ruth", [1], ["see person"]) == {1: (first["at"], first["snapshot"])}
    assert last_snapshots(journal, "ruth", [1], ["see person"], before=first["at"]) == {}
    assert last_snapshots(journal, "daniel", [1], ["see person"]) == {}
