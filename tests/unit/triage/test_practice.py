"""What an officer may see: as the hub's practice has it, and in a pilot as the arm has it, by every way there is.

One answer serves pages and interface; here it is asked by each of the ways that lead to a suggestion.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from analytics.triage import desk, pilot, practice, queue, similar
from analytics.triage.live import NewContact, Suggestion, Withheld, levels, suggest
from analytics.triage.pilot_arms import CONTROL, SUGGESTION, arm
from analytics.triage.pilot_facts import of_pilot
from analytics.triage.pilot_figures import evaluation
from data.access.gate import Session
from data.access.reader import AccessRefused
from data.journal import hub
from data.journal.log import entries
from data.journal.pilot import BY_CONTACT, BY_WEEK, GRADE_FIRST, MAY_ASK, MAY_ORDER, SHADOW, pilots, practices
from data.journal.verification import verify
from tests.unit.casework.conftest import Fernhill
from tests.unit.casework.town import TODAY
from tests.unit.triage.conftest import Enter
from tests.unit.triage.hub_town import CALM, GRAVE, LOW, TWIN, WAITS

WHY = "To see what it does"
LAST = TODAY + timedelta(weeks=8)


def manager(enter: Enter) -> Session:
    return enter("demo.hub.manager")


def begin(enter: Enter, kind: str, starts_on: date = TODAY) -> None:
    measure = "agree" if kind == SHADOW else "again"
    pilot.begin(manager(enter), kind, starts_on, LAST, measure, WHY, 3, 1000)


def submitted(session: Session, hub_town: Fernhill, said: str = GRAVE, number: str | None = None) -> NewContact:
    """A contact that came here, as the queue has it."""
    told = NewContact("housing", "neglect", said, (hub_town["yasmin"],), None, number)
    number = desk.submit(session, told)
    return next(one for one in queue.waiting(session) if one.number == number).told


def one_of_each(session: Session, hub_town: Fernhill) -> tuple[NewContact, NewContact]:
    """A contact that fell to *suggestion* and one that fell to *control*."""
    (running,) = pilots(session.journal)
    fell = {arm(running, f"X{n}", TODAY): f"X{n}" for n in range(40)}
    return tuple(submitted(session, hub_town, number=fell[each]) for each in (SUGGESTION, CONTROL))  # type: ignore


def reveals(session: Session, told: NewContact, decided: bool = False) -> set[str]:
    """By which ways anything of the suggestion on ``told`` is told."""
    waiting = {one.number: one for one in queue.waiting(session, gravest_first=True)}
    mine = waiting.get(told.number or "")
    ways = {
        "suggestion": isinstance(suggest(session, told, decided), Suggestion),
        "level": told.number in levels(session, [told]),
        "similar": similar.alike(session, told, decided) is not None,
        "queue": mine is not None and mine.level is not None,
        "second look": told.number in {one.number for one in queue.to_look_again(session)},
    }
    return {way for way, open_ in ways.items() if open_}


# Outside a pilot


def test_until_somebody_says_otherwise_officers_ask_and_order_and_the_last_word_stands(enter: Enter) -> None:
    officer, boss = enter(), manager(enter)
    assert practice.practice(officer) == MAY_ORDER
    assert practice.may_order(officer)
    for said in (GRADE_FIRST, MAY_ASK):
        pilot.set_practice(boss, said, WHY)
        assert practice.practice(officer) == said
        assert not practice.may_order(officer)
    assert [(one.practice, one.by, one.reason) for one in practices(boss.journal)] == [
        (GRADE_FIRST, "demo.hub.manager", WHY), (MAY_ASK, "demo.hub.manager", WHY),
    ]  # fmt: skip
    assert entries(boss.journal)[0]["action"] == "set the hub's practice"
    assert verify(boss.journal).ok


def test_where_the_officer_grades_first_nothing_is_told_before_and_everything_after(
    enter: Enter, hub_town: Fernhill
) -> None:
    pilot.set_practice(manager(enter), GRADE_FIRST, WHY)
    session = enter()
    told = submitted(session, hub_town)
    assert reveals(session, told) == set()
    said = suggest(session, told)
    assert isinstance(said, Withheld)
    assert said.why == practice.GRADE_IT
    assert {one.level for one in queue.waiting(session)} == {None}
    desk.grade(session, told, 1)
    assert isinstance(suggest(session, told), Suggestion)
    # What the feed decided has no grade to wait for: its second look tells why it came back.
    (low,) = queue.to_look_again(session)
    assert isinstance(suggest(session, low.told, decided=True), Suggestion)


# Shadow


def test_in_shadow_nothing_is_told_of_any_contact_by_any_way_and_what_was_suggested_is_kept(
    enter: Enter, hub_town: Fernhill
) -> None:
    session = enter()
    begin(enter, SHADOW)
    told = submitted(session, hub_town)
    for each in [told, *(one.told for one in queue.waiting(session))]:
        assert reveals(session, each) == set()
        assert isinstance(suggest(session, each), Withheld)
    desk.grade(session, told, 0)
    desk.decide(session, told, "NFA")
    assert reveals(session, told, decided=True) == set()
    assert hub.grades(session.journal)[0]["suggested"] >= 3
    assert queue.to_look_again(session) == ()
    # Not even the feed's own, from before it began: in shadow the suggestion is nowhere.
    assert LOW not in {one.number for one in queue.to_look_again(session)}


def test_whoever_was_kept_back_comes_back_the_moment_it_is_over(enter: Enter, hub_town: Fernhill) -> None:
    session = enter()
    begin(enter, SHADOW)
    told = submitted(session, hub_town)
    desk.grade(session, told, 0)
    desk.decide(session, told, "NFA")
    (running,) = pilots(session.journal)
    found = evaluation(of_pilot(manager(enter), running))
    assert found.arms == {SHADOW: 1}
    assert found.kept_back == (1, 0)
    pilot.stop(manager(enter), "Enough was seen")
    assert {told.number, LOW} == {one.number for one in queue.to_look_again(session)}


# Lots


def test_by_contact_one_arm_is_told_and_the_other_is_not_by_any_way(enter: Enter, hub_town: Fernhill) -> None:
    session = enter()
    begin(enter, BY_CONTACT)
    shown, control = one_of_each(session, hub_town)
    assert reveals(session, shown) == {"suggestion", "level", "similar", "queue"}
    assert reveals(session, control) == set()
    for each in (shown, control):
        desk.grade(session, each, 0)
        desk.decide(session, each, "NFA")
    assert reveals(session, control, decided=True) == set()
    assert {one.number for one in queue.to_look_again(session)} == {shown.number, LOW}
    assert [row["suggested"] for row in hub.grades(session.journal)] == [3, 3]
    (running,) = pilots(session.journal)
    rows = of_pilot(manager(enter), running).rows.set_index("contact")
    assert rows["arm"].to_dict() == {shown.number: SUGGESTION, control.number: CONTROL}
    assert rows["level"].tolist() == [0, 0]
    assert rows["suggested"].tolist() == [3, 3]


def test_what_came_before_it_is_in_no_arm_and_no_list_is_in_the_order_of_the_suggestion(
    enter: Enter, hub_town: Fernhill
) -> None:
    session = enter()
    early = submitted(session, hub_town)
    begin(enter, BY_CONTACT)
    for told in (early, *(one.told for one in queue.waiting(session))):
        view = practice.view(session, told.number, told.moment)
        assert (view.arm, view.why, view.first) == (None, None, True)
    submitted(session, hub_town, GRAVE + " Unconscious, taken to hospital.")
    order = [one.number for one in queue.waiting(session, gravest_first=True)]
    assert order[:2] == [WAITS, TWIN]
    assert not practice.may_order(session)


def test_a_contact_that_has_no_number_yet_has_no_arm_to_try_for(enter: Enter, hub_town: Fernhill) -> None:
    session = enter()
    begin(enter, BY_CONTACT)
    said = suggest(session, NewContact("housing", "neglect", GRAVE, (hub_town["yasmin"],)))
    assert isinstance(said, Withheld)
    assert said.why == practice.NOT_YET


def test_by_week_every_contact_of_a_week_is_dealt_with_alike(enter: Enter, hub_town: Fernhill) -> None:
    session = enter()
    begin(enter, BY_WEEK)
    told = [submitted(session, hub_town, CALM + str(n)) for n in range(3)]
    seen = {practice.view(session, one.number, one.moment).arm for one in told}
    assert len(seen) == 1
    assert seen <= {SUGGESTION, CONTROL}
    assert {bool(reveals(session, one)) for one in told} == {seen == {SUGGESTION}}


def test_nobody_chooses_an_arm_by_the_time_that_they_write_down(enter: Enter, hub_town: Fernhill) -> None:
    session = enter()
    begin(enter, BY_CONTACT)
    now = queue.waiting(session)[0].received_at
    told = NewContact("housing", "neglect", GRAVE, (hub_town["yasmin"],), now - timedelta(days=40), "Y1")
    desk.submit(session, told)
    assert practice.view(session, "Y1", told.moment).arm in {SUGGESTION, CONTROL}


# Who may say so


def test_officers_set_nothing_and_begin_nothing(enter: Enter) -> None:
    for who in ("demo.hub", "demo.manager", "demo.analyst"):
        session = enter(who)
        for attempt in (
            lambda s=session: pilot.set_practice(s, GRADE_FIRST, WHY),
            lambda s=session: pilot.begin(s, BY_CONTACT, TODAY, LAST, "again", WHY),
        ):
            with pytest.raises(AccessRefused, match="Your role"):
                attempt()
    begin(enter, SHADOW)
    with pytest.raises(AccessRefused, match="Your role"):
        pilot.stop(enter(), WHY)


def test_what_officers_see_does_not_change_in_the_midst_of_a_pilot(enter: Enter) -> None:
    begin(enter, BY_CONTACT)
    with pytest.raises(AccessRefused, match="Stop the pilot first"):
        pilot.set_practice(manager(enter), GRADE_FIRST, WHY)
    with pytest.raises(AccessRefused, match="one at a time"):
        begin(enter, SHADOW)
    pilot.stop(manager(enter), "Enough was seen")
    pilot.set_practice(manager(enter), GRADE_FIRST, WHY)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"kind": "coin"}, "what kind"), ({"measure": "agree"}, "which figure"),
        ({"measure": "looked"}, "which figure"),
        ({"ends_on": TODAY}, "ends after that"), ({"starts_on": TODAY - timedelta(days=1)}, "today or later"),
        ({"ends_on": TODAY + timedelta(weeks=60)}, "within a year"), ({"reason": "x"}, "Say why"),
    ],
)  # fmt: skip
def test_half_a_pilot_is_not_begun(changed: dict[str, object], why: str, enter: Enter) -> None:
    asked = {"kind": BY_CONTACT, "starts_on": TODAY, "ends_on": LAST, "measure": "again", "reason": WHY} | changed
    with pytest.raises(AccessRefused, match=why):
        pilot.begin(manager(enter), **asked)  # type: ignore[arg-type]
    assert pilots(manager(enter).journal) == ()


def test_one_that_is_to_begin_later_changes_nothing_till_then(enter: Enter, hub_town: Fernhill) -> None:
    session = enter()
    begin(enter, SHADOW, TODAY + timedelta(days=7))
    assert isinstance(suggest(session, submitted(session, hub_town)), Suggestion)
    assert pilot.current(session) is not None
    assert practice.running(session) is None


def test_the_seed_is_in_the_journal_alone(enter: Enter) -> None:
    begin(enter, BY_CONTACT)
    session = manager(enter)
    (one,) = pilots(session.journal)
    assert len(bytes.fromhex(one.seed)) == 32
    assert one.seed not in str([dict(row) for row in entries(session.journal)])
    assert entries(session.journal)[0]["action"] == "start or stop a pilot"
