"""Agreement: of those who had judged for themselves before they saw what a model said."""

from __future__ import annotations

from analytics.casework import score
from analytics.casework.agreement import agreement
from data.access.roles import Permission
from data.journal.journal import Entry


def _met_on_the_list(session, person: int, model: str) -> None:
    session.journal.record(
        Entry(session.reader_id, "lead_professional", Permission.SEE_LIST.value, (person,), model, session.snapshot.id)
    )


def test_a_view_after_an_own_judgement_counts(session_of, town) -> None:
    one = session_of()
    score.judge(one, town["yasmin"], "cse", 2, "")
    score.decide(one, town["yasmin"], "cse", "agree", "", None, None)
    assert (agreement(one, "cse").agree, agreement(one, "cse").counted) == (1, 1)


def test_a_skip_is_left_out(session_of, town) -> None:
    one = session_of()
    score.judge(one, town["yasmin"], "cse", None, "")
    score.decide(one, town["yasmin"], "cse", "agree", "", None, None)
    assert (agreement(one, "cse").counted, agreement(one, "cse").skipped) == (0, 1)


def test_who_met_the_child_on_the_ranked_list_is_left_out(session_of, town) -> None:
    one = session_of()
    _met_on_the_list(one, town["yasmin"], "cse")
    assert score.seen_before(one, town["yasmin"], "cse")
    score.judge(one, town["yasmin"], "cse", 2, "")
    score.decide(one, town["yasmin"], "cse", "disagree", "", "raised", None)
    assert (agreement(one, "cse").counted, agreement(one, "cse").seen_first) == (0, 1)


def test_meeting_them_there_afterwards_changes_nothing(session_of, town) -> None:
    one = session_of()
    score.judge(one, town["yasmin"], "cse", 2, "")
    _met_on_the_list(one, town["yasmin"], "cse")
    score.decide(one, town["yasmin"], "cse", "unsure", "", None, None)
    assert agreement(one, "cse").unsure == 1
    assert not score.seen_before(one, town["yasmin"], "cse")


def test_the_list_of_another_model_is_no_hint(session_of, town) -> None:
    one = session_of()
    _met_on_the_list(one, town["yasmin"], "neet")
    assert not score.seen_before(one, town["yasmin"], "cse")
