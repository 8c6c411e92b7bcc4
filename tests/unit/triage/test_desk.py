"""The hub's desk: a contact gets the build's own grade the moment it comes, the officer's view counts first, and
whoever was decided low against the suggestion comes back to somebody else."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analytics.triage import arrived, desk, queue, similar
from analytics.triage.live import NewContact, Suggestion, Withheld, glance, known, levels, suggest
from data.access.gate import Session, serve
from data.access.reader import AccessRefused
from data.access.roles import ROLES, Permission
from data.home import Home
from data.journal import hub
from data.journal.journal import Entry
from data.journal.log import entries
from data.journal.model_decisions import values
from data.journal.tables import MODEL_APPROVAL, RESTRICTION
from data.journal.verification import verify
from tests.unit.casework.conftest import Fernhill
from tests.unit.triage.conftest import Enter
from tests.unit.triage.hub_town import CALM, GRAVE, LOW, RIGHT, TWIN, WAITS, build_hub


def told_of(session: Session) -> list[tuple[NewContact, pd.Series]]:
    """Every contact of two years as it was told, with what the build wrote of it."""
    rows = session.cursor.execute(
        "SELECT c.* REPLACE (s.contact AS contact), s.again, s.taken_up, s.harm, s.needs, s.level, s.ask"
        " FROM contact c JOIN contact_score s USING (contact) ORDER BY contact"
    ).df()
    return [
        (NewContact(row.agency, row.reason, row.narrative, (row.person,), row.received_at, row.contact), row)
        for _, row in rows.iterrows()
    ]


def new(hub_town: Fernhill, said: str = GRAVE, agency: str = "housing", reason: str = "physical") -> NewContact:
    return NewContact(agency, reason, said, (hub_town["yasmin"],))


def one(session: Session, number: str) -> queue.Contact:
    return next(each for each in queue.waiting(session) if each.number == number)


def settle(session: Session, number: str, level: int = 0, outcome: str = "NFA") -> queue.Contact:
    """The contact, graded and decided."""
    found = one(session, number)
    desk.grade(session, found.told, level)
    desk.decide(session, found.told, outcome)
    return found


# The suggestion


def test_a_contact_gets_live_what_the_build_wrote_of_it(enter: Enter) -> None:
    session = enter()
    every = told_of(session)
    assert len(every) > 60
    for told, row in every[::8]:
        said = suggest(session, told)
        assert isinstance(said, Suggestion)
        assert (said.level, said.ask) == (row.level, row.ask)
        assert (said.again, said.taken_up, said.harm, said.needs) == pytest.approx(
            (row.again, row.taken_up, row.harm, row.needs), abs=1e-12
        )
    assert levels(session, [told for told, _ in every]) == {told.number: row.level for told, row in every}


def test_reasons_are_sentences_with_their_direction(enter: Enter, hub_town: Fernhill) -> None:
    said = suggest(enter(), new(hub_town))
    assert isinstance(said, Suggestion)
    assert [(reason.sentence, reason.raises) for reason in said.reasons] == [
        ("The reason given is physical harm", True),
        ("No child protection enquiry in two years", False),
    ]
    assert said.caveat == "For demonstration only: too few to tell. With real records no score would be shown."


def test_a_suggestion_is_in_the_log_before_it_is_shown(enter: Enter, hub_town: Fernhill) -> None:
    session = enter()
    suggest(session, new(hub_town))
    assert entries(session.journal)[0]["action"] == "see a contact"
    assert entries(session.journal)[0]["person"] == hub_town["yasmin"]
    assert GRAVE not in str([dict(row) for row in entries(session.journal)])


@pytest.mark.parametrize(("state", "invented"), [("withheld", True), ("unmeasured", False), ("candidate", False)])
def test_a_grader_that_did_not_earn_it_suggests_nothing_and_the_queue_works(
    state: str, invented: bool, enter: Enter, tmp_path: Path
) -> None:
    people = build_hub(Home(tmp_path / "home"), state, invented)
    session = enter(home=tmp_path / "home")
    waiting = queue.waiting(session)
    assert {each.number for each in waiting} == {WAITS, TWIN}
    assert {each.level for each in waiting} == {None}
    assert isinstance(suggest(session, waiting[0].told), Withheld)
    assert queue.to_look_again(session) == ()
    settle(session, WAITS)
    assert hub.grades(session.journal)[0]["suggested"] is None
    assert glance(known(session, NewContact("school", "neglect", CALM, (people["yasmin"],))))


def decided(session: Session, state: str) -> None:
    """A named person's word on the grader, from this moment on."""
    row = values("contact", "v1", state, "As the panel of 3 March found.")
    session.journal.append(MODEL_APPROVAL, row, Entry("helen", "manager", "approve model", model="contact"))


def test_with_real_records_it_suggests_once_a_named_person_approved_it_and_until_it_is_retired(
    enter: Enter, tmp_path: Path
) -> None:
    build_hub(Home(tmp_path / "home"), "candidate", invented=False)
    session = enter(home=tmp_path / "home")
    told = one(session, WAITS).told
    assert "Nobody has approved" in suggest(session, told).why
    decided(session, "approved")
    assert isinstance(suggest(session, told), Suggestion)
    decided(session, "retired")
    assert "retired. As the panel" in suggest(session, told).why
    assert levels(session, [told]) == {}
    assert queue.to_look_again(session) == ()


def test_past_its_review_it_suggests_nothing_though_it_was_approved(enter: Enter, tmp_path: Path) -> None:
    build_hub(Home(tmp_path / "home"), "candidate", review_on=date(2026, 9, 30))
    session = enter(home=tmp_path / "home")
    decided(session, "approved")
    assert "to be reviewed by 30 Sep 2026" in suggest(session, one(session, WAITS).told).why


def test_past_the_veil_no_list_reads_a_suggestion(enter: Enter, tmp_path: Path) -> None:
    build_hub(Home(tmp_path / "home"), "withheld")
    query = "SELECT c.person, s.level FROM contact c JOIN visible USING (person) JOIN contact_score s USING (contact)"
    assert serve(enter(home=tmp_path / "home"), Permission.SEE_QUEUE, query).empty


def test_of_whoever_may_not_be_processed_nothing_is_suggested(enter: Enter, hub_town: Fernhill) -> None:
    session = enter()
    values = {"person": hub_town["yasmin"], "on": True, "reason": "Asked for it"}
    session.journal.append(RESTRICTION, values, Entry("demo.auditor", "auditor", "restrict processing"))
    assert isinstance(suggest(session, new(hub_town)), Withheld)
    assert {each.level for each in queue.waiting(session)} == {None}


def test_lead_professionals_do_not_read_the_queue(enter: Enter, hub_town: Fernhill) -> None:
    session = enter("demo.north")
    for ask in (lambda: queue.waiting(session), lambda: known(session, new(hub_town))):
        with pytest.raises(AccessRefused, match="Your role"):
            ask()


# The queue


def test_the_longest_waits_first_or_the_gravest(enter: Enter, hub_town: Fernhill) -> None:
    session = enter()
    number = desk.submit(session, new(hub_town, reason="sexual"))
    assert [each.number for each in queue.waiting(session)] == [WAITS, TWIN, number]
    assert queue.waiting(session, gravest_first=True)[0].number == number
    assert [each.late for each in queue.waiting(session)] == [True, True, False]


def test_the_same_told_by_two_agencies_is_recognised_and_decided_once(enter: Enter) -> None:
    session = enter()
    first, second = one(session, WAITS), one(session, TWIN)
    assert (first.twins, second.twins) == ((TWIN,), (WAITS,))
    assert queue.earlier(session, second.told)[0].same
    desk.grade(session, first.told, 3)
    desk.decide(session, first.told, "ASSESS", ["school"], "Injuries seen", [second.told])
    assert queue.waiting(session) == ()
    assert [row["reason"] for row in hub.decisions(session.journal)] == ["Injuries seen", f"Tells the same as {WAITS}"]


def test_a_contact_that_came_here_counts_as_an_earlier_one_with_its_outcome(enter: Enter, hub_town: Fernhill) -> None:
    session = enter()
    before = known(session, new(hub_town))
    settle(session, desk.submit(session, new(hub_town)), outcome="ADVICE")
    after = known(session, new(hub_town, CALM))
    assert (after["contacts"], after["low_before"]) == (before["contacts"] + 1, before["low_before"] + 1)


def test_a_contact_of_the_journal_that_the_feed_brings_decided_waits_no_more(enter: Enter, tmp_path: Path) -> None:
    people = build_hub(Home(tmp_path / "home"))
    session = enter(home=tmp_path / "home")
    about = (people["yasmin"],)
    for number in (RIGHT, "N-OPEN"):
        row = {"contact": number, "received_at": "2025-06-01T10:00:00", "agency": "school", "reason": "neglect"}
        row |= {"narrative": CALM, "people": json.dumps(about)}
        assert hub.take(session.journal, row, Entry("demo.hub", "mash_officer", "take a contact", about))
    assert {each.number for each in queue.waiting(session)} == {WAITS, TWIN, "N-OPEN"}
    assert [row["contact"] for row, _ in arrived.submitted(session)] == [RIGHT, "N-OPEN"]
    assert [row["contact"] for row, _ in arrived.unclosed(session)] == ["N-OPEN"]


@pytest.mark.parametrize(
    ("changed", "why"),
    [({"agency": "nobody"}, "who made contact"), ({"said": " "}, "what was told"), ({"reason": "x"}, "reason")],
)
def test_half_a_contact_is_not_taken(changed: dict[str, str], why: str, enter: Enter, hub_town: Fernhill) -> None:
    with pytest.raises(AccessRefused, match=why):
        desk.submit(enter(), new(hub_town, **changed))


# Grade, decide, look again


def test_the_officers_own_grade_comes_first_and_what_they_had_seen_is_kept(enter: Enter) -> None:
    session = enter()
    found = one(session, WAITS)
    with pytest.raises(AccessRefused, match="Grade it first"):
        desk.decide(session, found.told, "NFA")
    desk.grade(session, found.told, 1, desk.ASKED)
    (row,) = hub.grades(session.journal)
    assert (row["level"], row["seen"], row["suggested"], row["version"]) == (1, "asked", found.level, "v1")
    desk.decide(session, found.told, "ADVICE")
    with pytest.raises(AccessRefused, match="meanwhile"):
        desk.decide(session, found.told, "NFA")
    assert verify(session.journal).ok


def test_decided_low_against_the_suggestion_it_comes_back_to_somebody_else(enter: Enter) -> None:
    session = enter()
    assert [each.number for each in queue.to_look_again(session)] == [LOW]
    found = settle(session, WAITS)
    assert {each.number for each in queue.to_look_again(session)} == {WAITS, LOW}
    assert RIGHT not in {each.number for each in queue.to_look_again(session)}
    with pytest.raises(AccessRefused, match="somebody else"):
        desk.second_look(session, found.told, desk.STANDS, "Seen")
    other = enter("demo.hub.second")
    desk.second_look(other, found.told, desk.RAISED, "Injuries were seen", "ASSESS")
    assert [each.number for each in queue.to_look_again(other)] == [LOW]
    assert queue.outcomes(other)[WAITS] == "ASSESS"


@pytest.mark.parametrize(
    ("verdict", "outcome", "reason"), [("stands", "NFA", "x"), ("raised", None, "x"), ("stands", None, " ")]
)
def test_half_a_second_look_is_not_kept(verdict: str, outcome: str | None, reason: str, enter: Enter) -> None:
    session = enter("demo.hub.second")
    (found,) = queue.to_look_again(session)
    with pytest.raises(AccessRefused, match="Say"):
        desk.second_look(session, found.told, verdict, reason, outcome)


# Past contacts


def test_past_contacts_like_one_are_figures_that_tell_of_nobody(enter: Enter, hub_town: Fernhill) -> None:
    found = similar.alike(enter(), new(hub_town, GRAVE, reason="neglect"))
    assert found is not None
    counts = found.counts["decided"].dropna()
    assert found.size >= similar.FEWEST
    assert not counts.between(1, 4).any()
    assert set(found.counts.index) <= {"NFA", "ADVICE", "ASSESS"}


def test_whoever_may_count_past_contacts_has_the_whole_city_in_scope() -> None:
    counting = [role for role in ROLES.values() if Permission.COUNT_CONTACTS in role.permissions]
    assert counting
    assert all(role.whole_city for role in counting)


def test_where_few_are_on_record_nothing_is_told(enter: Enter, hub_town: Fernhill) -> None:
    assert similar.alike(enter(), new(hub_town, reason="sexual")) is None


def test_a_contact_keeps_its_people_and_words_out_of_the_log(enter: Enter, hub_town: Fernhill) -> None:
    session = enter()
    desk.submit(session, new(hub_town))
    assert json.loads(hub.contacts(session.journal)[0]["people"]) == [hub_town["yasmin"]]
    assert "injured" not in str([dict(row) for row in entries(session.journal)])
