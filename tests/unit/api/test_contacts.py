"""A contact handed in is kept, graded and explained in one answer, and in the queue at once; of nobody by a guess."""

from __future__ import annotations

from typing import Any

import pytest

from analytics.triage import desk, queue
from data.access.session import session
from data.access.tokens import DEMONSTRATION
from data.home import Home
from data.journal import hub
from data.journal.journal import detail_of
from data.journal.log import entries
from data.journal.verification import verify
from data.snapshot.reading import current
from tests.unit.api.conftest import Platform
from tests.unit.casework.conftest import Fernhill

HOSTILE = '<script>alert(1)</script> \u202egnirts =HYPERLINK("http://x") ' + "x" * 500


@pytest.fixture
def yasmin(hub_town: Fernhill) -> dict[str, Any]:
    return {"by": "person", "person": hub_town["yasmin"]}


def known_as(town: Fernhill, who: str) -> dict[str, Any]:
    """Somebody by name and date of birth."""
    with current(Home(town.home)) as snapshot, snapshot.cursor() as cursor:
        asked = "SELECT forename || ' ' || surname, birth_date::VARCHAR FROM person WHERE person = $person"
        name, born = cursor.execute(asked, {"person": town[who]}).fetchall()[0]
    return {"by": "name", "name": name, "born": born}


def waiting(town: Fernhill) -> dict[str, queue.Contact]:
    with session(Home(town.home), "demo.hub", "New contact or referral") as opened:
        return {one.number: one for one in queue.waiting(opened)}


def test_a_contact_is_graded_explained_and_in_the_queue_at_once(
    platform: Platform, hub_town: Fernhill, yasmin: dict[str, Any]
) -> None:
    answer = platform.hand_in("M-1", yasmin)
    told = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (201, "/v1/contacts/M-1")
    assert (told["number"], told["state"], told["people"][0]["person"]) == ("M-1", "waiting", hub_town["yasmin"])
    said = told["suggestion"]
    assert {one["raises"] for one in said["reasons"]} == {True, False}
    assert said["caveat"].startswith("For demonstration only")
    assert told["similar"]["contacts"] == sum(one["contacts"] or 0 for one in told["similar"]["decisions"])
    there = waiting(hub_town)["M-1"]
    assert (there.level, there.narrative) == (said["level"], "She was hit and is afraid.")


def test_every_look_is_in_the_log_with_token_and_officer_and_no_word_of_the_contact(
    platform: Platform, hub_town: Fernhill, yasmin: dict[str, Any]
) -> None:
    platform.hand_in("M-1", yasmin)
    mine = entries(platform.journal, reader="hub.platform")
    assert {"take a contact", "see a contact", "count past contacts"} <= {row["action"] for row in mine}
    for row in mine:
        assert detail_of(row)["officer"] == "staff-17"
        assert detail_of(row)["token"] == platform.token.split("_")[1]
        assert row["purpose"] in ("New contact or referral", None)
    assert "afraid" not in str([dict(row) for row in mine])
    assert verify(platform.journal).ok


def test_told_twice_it_is_kept_once_and_told_otherwise_it_is_refused(
    platform: Platform, yasmin: dict[str, Any]
) -> None:
    first, again = platform.hand_in("M-1", yasmin), platform.hand_in("M-1", yasmin)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    other = platform.hand_in("M-1", yasmin, reason="housing")
    assert (other.status_code, other.json()["type"]) == (409, "urn:kinsight:number")
    assert len(hub.contacts(platform.journal)) == 1


def test_of_anothers_contact_and_of_the_feeds_nothing_is_told(platform: Platform, yasmin: dict[str, Any]) -> None:
    platform.hand_in("M-1", yasmin)
    assert platform.get("/v1/contacts/M-1", DEMONSTRATION).status_code == 404
    assert platform.get("/v1/contacts/K9001").status_code == 404
    assert platform.hand_in("K9001", yasmin).json()["type"] == "urn:kinsight:number"


def test_by_name_and_date_of_birth_only_one_who_fits_wholly_is_meant(platform: Platform, hub_town: Fernhill) -> None:
    named = known_as(hub_town, "yasmin")
    assert platform.hand_in("M-1", named).json()["people"][0]["person"] == hub_town["yasmin"]
    unsure = platform.hand_in("M-2", named | {"born": "2001-02-03"})
    assert (unsure.status_code, unsure.json()["type"]) == (409, "urn:kinsight:people")
    offered = unsure.json()["people"][0]["candidates"]
    assert hub_town["yasmin"] in {one["person"] for one in offered}
    assert all(one["fits"] for one in offered)
    assert [row["contact"] for row in hub.contacts(platform.journal)] == ["M-1"]
    assert platform.hand_in("M-2", {"by": "person", "person": offered[0]["person"]}).status_code == 201


def test_whoever_nobody_knows_is_left_out_only_where_that_was_asked_for(
    platform: Platform, yasmin: dict[str, Any]
) -> None:
    stranger = {"by": "name", "name": "Zzyx Qwortle", "born": "2011-01-01"}
    assert platform.hand_in("M-1", yasmin, stranger).status_code == 409
    taken = platform.hand_in("M-1", yasmin, stranger, if_unsure="take_known")
    assert taken.status_code == 201
    assert [one["person"] is not None for one in taken.json()["people"]] == [True, False]
    assert platform.hand_in("M-2", stranger, if_unsure="take_known").status_code == 409


def test_a_time_that_cannot_be_right_does_not_hide_a_contact(platform: Platform, yasmin: dict[str, Any]) -> None:
    for number, at in (("M-1", "0001-01-01T00:00:00+14:00"), ("M-2", "9999-12-31T23:59:59-12:00")):
        told = platform.hand_in(number, yasmin, received_at=at).json()
        assert told["notes"] == ["The time it was received can't be right: it was taken as of now."]
    told = platform.hand_in("M-3", yasmin, received_at=platform.journal.now())
    assert told.json()["notes"] == []


def test_hostile_words_come_back_as_data_only(platform: Platform, hub_town: Fernhill, yasmin: dict[str, Any]) -> None:
    answer = platform.hand_in("M-1", yasmin, narrative=HOSTILE)
    assert answer.status_code == 201
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "script" not in answer.text
    assert waiting(hub_town)["M-1"].narrative == HOSTILE


def test_what_the_officer_did_is_told(platform: Platform, hub_town: Fernhill, yasmin: dict[str, Any]) -> None:
    platform.hand_in("M-1", yasmin)
    assert platform.get("/v1/contacts/M-1").json()["grade"] is None
    one = waiting(hub_town)["M-1"]
    with session(Home(hub_town.home), "demo.hub", "New contact or referral") as opened:
        desk.grade(opened, one.told, 1)
        desk.decide(opened, one.told, "ADVICE", ["school", "health"])
    with session(Home(hub_town.home), "demo.hub.second", "New contact or referral") as opened:
        desk.second_look(opened, one.told, desk.RAISED, "Was hit", "ASSESS")
    told = platform.get("/v1/contacts/M-1").json()
    assert (told["state"], told["grade"]["level"], told["grade"]["suggestion_seen"]) == ("decided", 1, "platform")
    assert (told["decision"]["outcome"], told["decision"]["agencies_asked"]) == ("ADVICE", ["school", "health"])
    assert (told["second_look"]["verdict"], told["second_look"]["outcome"]) == ("raised", "ASSESS")
    assert "demo.hub" not in str(told)
    assert platform.hand_in("M-1", yasmin).json()["state"] == "decided"
    assert platform.get("/v1/contacts/M-1/suggestion").json()["suggestion"]["level"] >= 0


def test_code_lists_are_those_declared(platform: Platform) -> None:
    assert {"code": "neglect", "words": "neglect"} in platform.get("/v1/reasons").json()["codes"]
    assert len(platform.get("/v1/agencies").json()["codes"]) == 8
    assert [one["code"] for one in platform.get("/v1/levels").json()["codes"]] == list("01234")
    assert platform.get("/v1/outcomes").json()["codes"][0] == {"code": "NFA", "words": "no further action"}
