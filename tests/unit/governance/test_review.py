"""Which uncertain pair is asked, what is said of it, and what a verdict does to what is asked next."""

from __future__ import annotations

from typing import Any

import pytest

from analytics.governance import review, review_past, review_records, review_split
from analytics.governance.review_past import Effect
from data.access.gate import Session
from data.access.reader import AccessRefused
from data.journal.link_reviews import Verdict, reviews
from data.journal.log import entries
from data.journal.verification import verify


def questions(session: Session) -> list[review.Asked]:
    """Every question, in the order in which they are asked."""
    found: list[review.Asked] = []
    while asked := review.next_question(session, [one.clients for one in found]):
        found.append(asked)
    return found


def test_whom_somebody_works_with_comes_first_then_what_is_nearest_the_line(reviewer: Any, mixham: Any) -> None:
    asked = questions(reviewer())
    assert [one.people[0] in (mixham["isla"], mixham["other_isla"]) for one in asked] == [True, False, False]
    assert [one.use for one in asked] == [2, 0, 0]
    away = [abs(one.waterfall.weight - 2.0) for one in asked[1:]]
    assert away == sorted(away)
    assert review.waiting(reviewer()) == review.Waiting(total=3, linked=1, apart=2)


def test_what_is_kept_apart_against_its_weight_is_told(reviewer: Any, mixham: Any) -> None:
    against = {one.people[0] in (mixham["isla"], mixham["other_isla"]): one.against for one in questions(reviewer())}
    assert against == {True: True, False: False}, "Isla's two records weigh +3, Poppy's +1.5, and Maja's are one person"


def test_a_pair_inside_a_surely_held_person_is_no_question(reviewer: Any, mixham: Any) -> None:
    linked = [one for one in questions(reviewer()) if one.linked]
    assert [set(one.clients) for one in linked] == [{mixham["maja_school_census"], mixham["maja_hospital"]}]


def test_both_people_of_a_question_are_written_down_as_seen(reviewer: Any, mixham: Any) -> None:
    session = reviewer()
    asked = review.next_question(session)
    assert asked is not None
    for person in asked.people:
        assert [row["action"] for row in entries(session.journal, person=person)] == ["review links"]
    assert not entries(session.journal, person=mixham["maja"]), "nobody else was shown"


def test_the_waterfall_adds_up_and_says_what_was_found(reviewer: Any) -> None:
    told = next(one.waterfall for one in questions(reviewer()) if one.linked)
    assert told.start + sum(part.weight for part in told.parts) == pytest.approx(told.weight)
    assert told.start == pytest.approx(-12.0)
    assert [(part.said, part.weight) for part in told.speaking_for] == [
        ("Same surname", 7.4), ("Birth date one slip apart", 4.6), ("Short or similar form", 4.2),
    ]  # fmt: skip
    assert [part.said for part in told.speaking_against] == ["Never the same address"]
    assert [part.field for part in told.silent] == ["Sex"]


@pytest.mark.parametrize("verdict", [Verdict.SAME, Verdict.DIFFERENT])
def test_what_is_decided_is_not_asked_again_until_it_is_taken_back(reviewer: Any, verdict: Verdict) -> None:
    session = reviewer()
    asked = review.next_question(session)
    assert asked is not None
    review.answer(session, asked, verdict, "both parents say so")
    assert asked.clients not in [one.clients for one in questions(reviewer("second"))]
    assert review.waiting(session).total == 2
    review.record(session, [asked.clients], Verdict.WITHDRAWN)
    again = review.next_question(reviewer("second"))
    assert again is not None
    assert again.clients == asked.clients
    assert [act.verdict for act in again.earlier] == [verdict, Verdict.WITHDRAWN]
    assert verify(session.journal).ok


def test_who_is_not_sure_leaves_it_to_somebody_else(reviewer: Any) -> None:
    session = reviewer()
    asked = review.next_question(session)
    assert asked is not None
    review.answer(session, asked, Verdict.UNSURE)
    assert asked.clients not in [one.clients for one in questions(session)]
    assert asked.clients in [one.clients for one in questions(reviewer("second"))]


def test_the_two_sides_are_compared_field_by_field(reviewer: Any, mixham: Any) -> None:
    rows = review_records.records(reviewer(), [mixham["maja"]])
    left, right = (rows[rows["client"] == mixham[name]] for name in ("maja_gp_registration", "maja_hospital"))
    told = {row.label: row.agreement for row in review_records.compare(left, right)}
    assert told["Forename"] == "differ"
    assert told["Surname"] == "same"
    assert told["NHS number"] == "one"
    assert "NI number" not in told, "what neither gives is left out"


def test_two_who_were_both_written_down_before_they_had_a_name_do_not_agree_by_it(reviewer: Any, mixham: Any) -> None:
    rows = review_records.records(reviewer(), [mixham["maja"]])
    left, right = (rows.head(1).assign(forename=name) for name in ("Unborn", "Maja"))
    told = {row.label: row.agreement for row in review_records.compare(left, left.assign(forename="unborn"))}
    assert told["Forename"] == "one"
    assert {row.label: row.agreement for row in review_records.compare(right, right)}["Forename"] == "same"


def test_a_sister_born_on_the_same_day_is_pointed_out(reviewer: Any, mixham: Any) -> None:
    session = reviewer()
    name, family = review_records.relatives(session, [mixham["maja"]])[mixham["maja"]]
    born = review_records.born(review_records.records(session, [mixham["maja"]]))
    assert name == "Nowak"
    assert [one.name for one in review_records.twins(born, family)] == ["Zuzanna Nowak"]
    assert entries(session.journal, person=mixham["twin"]), "she was shown, so it is written down"


def test_a_person_is_found_and_a_record_split_off_from_each_of_the_others(reviewer: Any, mixham: Any) -> None:
    session = reviewer()
    found = review_split.find(session, "maja nowack")
    assert [one.person for one in found][:1] == [mixham["maja"]]
    made_of = review_records.clients(review_records.records(session, [mixham["maja"]]))
    off, rest = mixham["maja_hospital"], {one.client for one in made_of} - {mixham["maja_hospital"]}
    review_split.split(session, [off], rest, "her sister's visit")
    act = reviews(session.journal)[-1]
    assert {frozenset(pair) for pair in act.pairs} == {frozenset((off, other)) for other in rest}
    assert review_past.next_build(session) == review_past.NextBuild(splits=1, joins=0)
    assert not [one for one in questions(session) if one.linked], "what will be split is no question"
    (told,) = review_past.past(session)
    assert (told.effect, told.names, told.by) == (Effect.SPLITS, ("Maja Nowak",), "Samina Rafiq")
    assert review_past.pending(session, [off]) == [act]


@pytest.mark.parametrize("reason", ["", "  no  "])
def test_a_split_needs_its_reason(reviewer: Any, mixham: Any, reason: str) -> None:
    with pytest.raises(AccessRefused, match="how you know"):
        review_split.split(reviewer(), [mixham["maja_hospital"]], [mixham["maja_school_census"]], reason)


def test_a_split_leaves_something_on_either_side(reviewer: Any, mixham: Any) -> None:
    with pytest.raises(AccessRefused, match="at least one"):
        review_split.split(reviewer(), [mixham["maja_hospital"]], [], "her sister's visit")


def test_reviewers_who_differ_are_told_and_the_last_word_counts(reviewer: Any, mixham: Any) -> None:
    session, pair = reviewer(), (mixham["isla_gp"], mixham["other_isla_gp"])
    review.record(session, [pair], Verdict.SAME, "she married")
    review.record(reviewer("second"), [pair], Verdict.DIFFERENT, "cousins")
    (differing,) = review_past.disagreements(session)
    assert [(one.by, one.act.verdict) for one in differing.words] == [
        ("Samina Rafiq", "same"),
        ("Tom Bell", "different"),
    ]
    later, earlier = review_past.past(session)
    assert (later.effect, earlier.effect) == (Effect.TWO, Effect.OVERTAKEN)
    review_past.withdraw(reviewer("second"), later.act)
    assert review_past.disagreements(session) == []


def test_records_that_are_not_there_cannot_be_judged(reviewer: Any, mixham: Any) -> None:
    with pytest.raises(AccessRefused, match="no longer"):
        review.record(reviewer(), [(mixham["isla_gp"], 17)], Verdict.SAME)


@pytest.mark.parametrize("account", ["demo.north", "demo.manager", "demo.analyst", "demo.auditor"])
def test_review_is_for_data_quality_alone(reviewer: Any, mixham: Any, account: str) -> None:
    session = reviewer(account)
    with pytest.raises(AccessRefused, match="Your role"):
        review.next_question(session)
    with pytest.raises(AccessRefused, match="Your role"):
        review.record(session, [(mixham["isla_gp"], mixham["other_isla_gp"])], Verdict.SAME)
    assert reviews(session.journal) == []
