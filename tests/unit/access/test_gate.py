"""Who gets to see what, and what the log says of it."""

from __future__ import annotations

import pytest

from data.access import gate
from data.access.reader import AccessRefused
from data.access.roles import PURPOSES
from data.access.roles import Permission as P
from data.home import Home
from data.journal.log import entries

NAMES = "SELECT person, forename FROM person JOIN visible USING (person) ORDER BY person"


def logged(session: gate.Session) -> list[tuple[str, str, int | None]]:
    rows = entries(session.journal)
    return [(row["reader"], row["action"], row["person"]) for row in rows if row["reader"] != "system"]


def test_a_lead_professional_finds_only_people_of_their_own_wards(north: gate.Session) -> None:
    found = gate.serve(north, P.SEARCH, NAMES)
    assert found["person"].tolist() == [1, 2, 3]


def test_a_person_of_their_ward_is_shown_and_the_view_is_in_the_log(north: gate.Session) -> None:
    rows = gate.serve(north, P.SEE_PERSON, "SELECT * FROM person WHERE person = $person", people=[1])
    assert rows["forename"].tolist() == ["Ada"]
    assert logged(north) == [("demo.north", "see person", 1)]


def test_a_person_of_another_ward_is_refused_and_the_refusal_is_in_the_log(north: gate.Session) -> None:
    with pytest.raises(AccessRefused, match="outside your area"):
        gate.serve(north, P.SEE_PERSON, "SELECT * FROM person WHERE person = $person", people=[4])
    assert logged(north) == [("demo.north", "refused: see person", 4)]


def test_without_a_reason_for_access_nothing_is_shown(place: Home) -> None:
    with gate.session(place, "demo.north") as session, pytest.raises(AccessRefused, match="reason for access"):
        gate.serve(session, P.SEARCH, NAMES)
    assert PURPOSES
