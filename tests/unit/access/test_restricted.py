"""Processing restricted: stored and not used. In no list by score, no similar case, without a score; still found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.access import gate, policy
from data.access.reader import AccessRefused
from data.access.roles import Permission as P
from data.journal.contests import ABOUT, answer, contest, contests, restricted
from data.journal.journal import Entry
from data.journal.tables import JUDGEMENT, RESTRICTION
from data.journal.verification import verify

Enter = Callable[..., gate.Session]
LISTED = "SELECT person FROM person JOIN visible USING (person) ORDER BY person"
LIKE = "SELECT person, forename FROM person ORDER BY person"
SCORED = "SELECT person, band FROM score WHERE person = $person"
REASON = "The family contests the record"


def restrict(enter: Enter, person: int = 2, on: bool = True) -> None:
    values = {"person": person, "on": on, "reason": REASON}
    gate.act(enter("auditor", "Request of the person concerned"), P.RESTRICT, RESTRICTION, values, people=[person])


def people(session: gate.Session, permission: P, query: str) -> list[int]:
    return gate.serve(session, permission, query, model="cse" if permission is P.SEE_LIST else None)["person"].tolist()


def test_in_no_list_and_among_no_similar_cases_but_still_found(enter: Enter) -> None:
    restrict(enter)
    assert people(enter("north"), P.SEE_LIST, LISTED) == [1, 3]
    assert people(enter("manager"), P.SEE_CASELOAD, LISTED) == [1, 3, 4, 5, 6]
    # Those outside the reader's area have no number there.
    like = gate.serve(enter("north"), P.SEE_SIMILAR, LIKE)
    assert like["person"].dropna().tolist() == [1, 3]
    assert len(like) == 5
    assert people(enter("north"), P.SEARCH, LISTED) == [1, 2, 3]


def test_without_a_score_whoever_has_judged(enter: Enter) -> None:
    restrict(enter)
    session = enter("north")
    values = {"person": 2, "model": "cse", "snapshot": session.snapshot.id, "worry": 1}
    session.journal.append(JUDGEMENT, values, Entry(session.reader_id, "any", "judge", (2,)))
    with pytest.raises(AccessRefused, match=policy.RESTRICTED[:30]):
        gate.serve(session, P.SEE_SCORE, SCORED, people=[2], model="cse")


def test_until_it_is_lifted(enter: Enter) -> None:
    restrict(enter)
    restrict(enter, on=False)
    assert people(enter("north"), P.SEE_LIST, LISTED) == [1, 2, 3]


def test_it_follows_whoever_the_number_became(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.access.session.followed", lambda _, numbers: {3} if numbers == {2} else set())
    restrict(enter)
    assert people(enter("north"), P.SEE_LIST, LISTED) == [1, 2]


def test_only_information_governance_restricts_and_contests(enter: Enter) -> None:
    for who in ("north", "manager", "analyst", "trainer", "quality"):
        with pytest.raises(AccessRefused, match="Your role"):
            restrict(lambda *_, who=who: enter(who))
        with pytest.raises(AccessRefused, match="Your role"):
            gate.checked_entry(enter(who), P.CONTEST, [2])
    assert restricted(enter("auditor").journal) == frozenset()


def test_a_contest_is_kept_with_how_it_went_and_by_whom(enter: Enter) -> None:
    session = enter("auditor", "Request of the person concerned")
    entry = gate.checked_entry(session, P.CONTEST, [2])
    number = contest(session.journal, 2, "record", "Reported missing, 3 Mar 2026", "He was at his aunt's", entry, 17)
    (found,) = contests(session.journal, [2])
    assert (found.number, found.status, found.event, found.by) == (number, "open", 17, "demo.auditor")
    answer(session.journal, number, "upheld", "The police have corrected it", entry)
    (found,) = contests(session.journal, [2])
    assert (found.status, found.answer, found.answered_by) == ("upheld", "The police have corrected it", "demo.auditor")
    assert found.said == "He was at his aunt's"
    assert contests(session.journal, [1]) == ()
    assert verify(session.journal).ok


def test_half_a_contest_or_answer_is_refused(enter: Enter) -> None:
    session = enter("auditor", "Request of the person concerned")
    entry = gate.checked_entry(session, P.CONTEST, [2])
    for about, which, said in (
        ("nothing", "x", "a long reason"),
        ("record", " ", "a long reason"),
        ("record", "x", "short"),
    ):
        with pytest.raises(ValueError, match="contest"):
            contest(session.journal, 2, about, which, said, entry)
    with pytest.raises(KeyError):
        answer(session.journal, 99, "upheld", "a reason in words", entry)
    with pytest.raises(ValueError, match="answer"):
        answer(session.journal, 1, "open", "a reason in words", entry)
    assert set(ABOUT) == {"record", "link", "tie", "score", "other"}
