"""The score comes after the reader's own judgement, with its reasons, and says what it lacked."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.casework import evidence, heightened, score
from analytics.casework.peers import commonness
from analytics.features.catalogue import CATALOGUE
from data.access.reader import AccessRefused
from data.journal.journal import Entry
from data.journal.tables import MODEL_APPROVAL

TODAY = date(2026, 10, 1)


def test_no_score_before_a_judgement(session_of, town) -> None:
    with pytest.raises(AccessRefused, match="how worried you are"):
        score.score(session_of(), town["yasmin"], "cse")


def test_a_judgement_or_a_recorded_skip_opens_it(session_of, town) -> None:
    score.judge(session_of(), town["yasmin"], "cse", 3, "missing overnight")
    assert score.judged(session_of(), town["yasmin"], "cse")["reason"] == "missing overnight"
    told = score.score(session_of(), town["yasmin"], "cse")
    assert told.band == "heightened"
    assert told.parts[0].sentence == "Reported missing 4 times in the last 12 months"


def test_the_parts_and_the_rest_make_up_the_score(session_of, town) -> None:
    one = session_of()
    score.judge(one, town["yasmin"], "cse", None, "")
    told = score.score(one, town["yasmin"], "cse")
    raw = float(told.history["raw"].iloc[-1])
    assert sum(part.points for part in told.parts) + told.rest == pytest.approx(10 * (raw + 3), abs=len(told.parts))


def test_it_says_what_it_lacked_and_how_often_it_is_right(session_of, town) -> None:
    one = session_of()
    score.judge(one, town["yasmin"], "cse", None, "")
    told = score.score(one, town["yasmin"], "cse")
    assert told.lacked == ("Mental health and substance services",)
    assert told.frequency is not None
    assert 0.2 < told.frequency.low < told.frequency.found < told.frequency.high


def test_a_model_that_is_retired_shows_no_number_and_says_why(session_of, town) -> None:
    one = session_of()
    values = {"model": "cse", "version": "fernhill0001", "state": "retired", "reason": "too often wrong"}
    one.journal.append(MODEL_APPROVAL, values, Entry("demo.manager", "manager", "approve model"))
    note = score.model_note(one, "cse")
    assert note is not None
    assert note.withheld is not None
    assert "retired" in note.withheld
    assert "Too often wrong." in note.withheld


def test_a_decision_is_kept_with_who_made_it(session_of, town) -> None:
    one = session_of()
    score.judge(one, town["yasmin"], "cse", 1, "")
    score.decide(one, town["yasmin"], "cse", "disagree", "she was on holiday", "raised", "No change")
    (row,) = score.decided(one, town["yasmin"])
    assert (row["name"], row["view"], row["override"]) == ("Ruth Osei", "disagree", "raised")


def test_whoever_met_the_child_on_the_list_is_told_apart(session_of, town) -> None:
    assert not score.seen_before(session_of(), town["yasmin"], "cse")
    heightened.ranked(session_of(), "cse")
    assert score.seen_before(session_of(), town["yasmin"], "cse")


def test_how_common_it_is_needs_enough_children(session_of, town) -> None:
    part = score.part("missing_12m", 4.0, 25, {})
    assert commonness(session_of(), "cse", TODAY, 14, [part]) == {}


BEHIND = {
    "missing_12m": 4,
    "attendance_12m": 1,
    "suspensions_12m": 1,
    "siblings_in_care": 1,
    "co_missing_known": 1,
    "youth_club_12m": 1,
}


@pytest.mark.parametrize("indicator", BEHIND)
def test_behind_each_figure_stand_its_rows(indicator: str, session_of, town) -> None:
    rows = evidence.rows(session_of(), town["yasmin"], indicator, TODAY)
    assert len(rows) == BEHIND[indicator]
    assert (rows["known_on"].dt.date < TODAY).all()


def test_what_was_not_known_yet_is_not_behind_it(session_of, town) -> None:
    before = evidence.rows(session_of(), town["yasmin"], "missing_12m", date(2026, 5, 10))
    assert len(before) == 2, "the report of 9 May was known on the 12th"


def test_others_are_not_named_but_relatives(session_of, town) -> None:
    assert evidence.rows(session_of(), town["yasmin"], "siblings_in_care", TODAY)["who"].iloc[0] == "Adam: "
    assert (
        evidence.rows(session_of(), town["yasmin"], "co_missing_known", TODAY)["who"].iloc[0]
        == "somebody seen with the child: "
    )


def test_every_indicator_can_be_looked_behind(session_of, town) -> None:
    one = session_of()
    for indicator in CATALOGUE:
        rows = evidence.rows(one, town["yasmin"], indicator, TODAY)
        assert rows.empty or rows["said"].str.len().min() > 0, indicator
