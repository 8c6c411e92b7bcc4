"""When a score may be shown, and when emergency access opens a record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from data.access import gate, policy
from data.access.policy import score_allowed
from data.access.reader import AccessRefused
from data.access.roles import PURPOSES
from data.access.roles import Permission as P
from data.home import Home
from data.journal.accounts import Account, save_account
from data.journal.journal import Entry, detail_of, journal_of
from data.journal.log import entries, shown
from data.journal.tables import JUDGEMENT, MODEL_APPROVAL
from data.snapshot.reading import current

SCORE = "SELECT person, band FROM score WHERE person = $person"
LIST = "SELECT person, band FROM score JOIN visible USING (person) ORDER BY person"
ONE = "SELECT * FROM person WHERE person = $person"


def judge(session: gate.Session, person: int, worry: int | None, model: str = "cse") -> None:
    values = {"person": person, "model": model, "snapshot": session.snapshot.id, "worry": worry}
    gate.act(session, P.JUDGE, JUDGEMENT, values)


@pytest.mark.parametrize("worry", [0, 3, None])
def test_the_score_is_shown_after_ones_own_judgement_or_a_recorded_skip(north: gate.Session, worry: int | None) -> None:
    with pytest.raises(AccessRefused, match="how worried"):
        gate.serve(north, P.SEE_SCORE, SCORE, people=[1], model="cse")
    judge(north, 1, worry)
    assert gate.serve(north, P.SEE_SCORE, SCORE, people=[1], model="cse")["band"].tolist() == ["raised"]
    with pytest.raises(AccessRefused, match="how worried"):
        gate.serve(north, P.SEE_SCORE, SCORE, people=[2], model="cse")


def test_whose_score_was_shown_to_whom_can_be_recalled(north: gate.Session) -> None:
    judge(north, 1, 2)
    gate.serve(north, P.SEE_SCORE, SCORE, people=[1], model="cse")
    found = shown(north.journal, "cse", P.SEE_SCORE.value)
    assert [(row["person"], row["reader"], row["snapshot"]) for row in found] == [(1, "demo.north", north.snapshot.id)]
    assert detail_of(found[0]) == {"version": "v1", "shown": [[1, None, "raised", None, None]]}


def test_a_withheld_model_shows_no_number_anywhere(north: gate.Session) -> None:
    judge(north, 1, 2, "neet")
    with pytest.raises(AccessRefused, match=r"withheld\. It was too often wrong"):
        gate.serve(north, P.SEE_SCORE, SCORE, people=[1], model="neet")
    with pytest.raises(AccessRefused, match="withheld"):
        gate.serve(north, P.SEE_LIST, LIST, model="neet")
    with pytest.raises(AccessRefused, match="no such model"):
        gate.serve(north, P.SEE_LIST, LIST, model="other")


def test_a_model_that_nobody_could_measure_is_shown_only_where_nobody_is_real(north: gate.Session, real: Home) -> None:
    assert policy.why_withheld(north.journal, north.snapshot, "cce") is None
    assert "With real records no score would be shown" in (policy.caveat("unmeasured", "Only 3 were found.") or "")
    assert policy.caveat("candidate", "It was right.") is None
    with current(real) as snapshot:
        assert "withheld" in (policy.why_withheld(journal_of(real), snapshot, "cce") or "")


def state(session: gate.Session, name: str) -> None:
    values = {"model": "cse", "version": "v1", "state": name, "reason": "As the panel found."}
    session.journal.append(MODEL_APPROVAL, values, Entry("helen", "manager", "approve model"))


def test_a_retired_model_shows_nothing_from_that_moment(north: gate.Session) -> None:
    assert not gate.serve(north, P.SEE_LIST, LIST, model="cse").empty
    state(north, "retired")
    with pytest.raises(AccessRefused, match=r"retired\. As the panel found"):
        gate.serve(north, P.SEE_LIST, LIST, model="cse")


def test_with_real_people_a_named_person_approves_first(real: Home) -> None:
    ruth = Account("ruth", "Ruth", "lead_professional", "North", frozenset({"N1"}))
    save_account(journal_of(real), ruth, by="admin")
    with gate.session(real, "ruth", PURPOSES[0]) as session:
        assert not score_allowed(session.journal, session.snapshot, "cse")
        with pytest.raises(AccessRefused, match="nobody has approved"):
            gate.serve(session, P.SEE_LIST, LIST, model="cse")
        state(session, "approved")
        assert gate.serve(session, P.SEE_LIST, LIST, model="cse")["person"].tolist() == [1, 2]


def test_emergency_access_opens_one_person_for_a_while_and_is_logged(north: gate.Session) -> None:
    gate.break_glass(north, "Found at a known address tonight", person=4, hours=4)
    assert gate.serve(north, P.SEE_PERSON, ONE, people=[4])["forename"].tolist() == ["Dee"]
    with pytest.raises(AccessRefused):
        gate.serve(north, P.SEE_PERSON, ONE, people=[5])
    actions = [row["action"] for row in entries(north.journal, person=4)]
    assert actions == ["see person", "break glass"]
    clock = north.journal.clock
    try:
        north.journal.clock = lambda: datetime.now(UTC) + timedelta(hours=5)
        with pytest.raises(AccessRefused, match="outside your area"):
            gate.serve(north, P.SEE_PERSON, ONE, people=[4])
    finally:
        north.journal.clock = clock
    assert gate.serve(north, P.SEE_PERSON, ONE, people=[4])["forename"].tolist() == ["Dee"]
    gate.mend_glass(north, 4)
    with pytest.raises(AccessRefused, match="outside your area"):
        gate.serve(north, P.SEE_PERSON, ONE, people=[4])


def test_emergency_access_to_a_ward_opens_its_people(north: gate.Session) -> None:
    gate.break_glass(north, "Covering the Central team tonight", ward="C1")
    found = gate.serve(north, P.SEARCH, "SELECT person FROM visible ORDER BY person")
    assert found["person"].tolist() == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "asked",
    [
        {"reason": "because", "person": 4},
        {"reason": "Found at a known address", "person": 4, "hours": 100},
        {"reason": "Found at a known address", "person": 4, "hours": 0},
        {"reason": "Found at a known address"},
        {"reason": "Found at a known address", "person": 4, "ward": "C1"},
    ],
)
def test_emergency_access_needs_a_reason_an_end_and_one_thing(north: gate.Session, asked: dict[str, object]) -> None:
    with pytest.raises(AccessRefused, match="Emergency access needs"):
        gate.break_glass(north, **asked)  # type: ignore[arg-type]


def test_emergency_access_is_for_casework_alone(place: Home) -> None:
    with gate.session(place, "demo.analyst", PURPOSES[0]) as session, pytest.raises(AccessRefused, match="Your role"):
        gate.break_glass(session, "I would like to have a look", person=4)


def test_a_score_that_was_not_asked_for_is_blank_whatever_it_is_called(north: gate.Session) -> None:
    """No entry names the model then, so that nobody could recall what was seen."""
    hidden = "SELECT person, band AS level, reasons AS why FROM score WHERE person = $person AND model = 'cse'"
    rows = gate.serve(north, P.SEE_PERSON, hidden, people=[1])
    assert rows["level"].isna().all()
    listed = "SELECT person, band AS level FROM score JOIN visible USING (person) ORDER BY person"
    assert gate.serve(north, P.SEARCH, listed)["level"].isna().all()
    asked = gate.serve(north, P.SEE_LIST, listed, model="cse")
    assert asked["level"].tolist() == ["raised"] * len(asked)


def test_whoever_is_on_a_list_is_written_down_with_the_score_that_was_shown(north: gate.Session) -> None:
    rows = gate.serve(north, P.SEE_LIST, LIST, model="cse")
    entry = entries(north.journal, action=P.SEE_LIST.value)[0]
    told = detail_of(entry)
    assert told["version"] == "v1"
    assert {each[0]: each[2] for each in told["shown"]} == dict.fromkeys(rows["person"].tolist(), "raised")
