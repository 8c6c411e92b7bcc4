"""What the hub's desk has about somebody: in the pack of their request, without others; and after they are erased."""

from __future__ import annotations

import pytest

from analytics.subject_access.contacts import INFORMANT, OTHERS
from analytics.subject_access.held import Pack, pack
from analytics.subject_access.take import printed
from analytics.triage import desk, queue
from analytics.triage.live import NewContact, known
from data.access.gate import Session
from data.access.session import session
from data.home import Home
from data.journal.journal import Entry
from data.journal.tables import HUB_CONTACT
from data.retention import copies
from tests.unit.casework.conftest import Fernhill
from tests.unit.triage.conftest import Enter
from tests.unit.triage.hub_town import GRAVE, RIGHT, WAITS
from tests.unit.triage.test_desk import one

ALONE, BOTH, GONE = "Yasmin told her teacher of a bruise.", "Yasmin hit her neighbour.", 987_654_321


def asked(enter: Enter, town: Fernhill, who: str) -> Pack:
    """The pack as information governance makes it."""
    officer = enter("demo.hub")
    with session(Home(town.home), "demo.auditor", "Request of the person concerned") as answering:
        assert answering.journal is officer.journal
        return pack(answering, town[who])


def submitted(officer: Session, town: Fernhill, said: str, *about: str, agency: str = "school") -> str:
    """A contact put in by an officer, graded and decided."""
    people = tuple(town[name] for name in about)
    number = desk.submit(officer, NewContact(agency, "physical", said, people))
    told = one(officer, number).told
    desk.grade(officer, told, 3)
    desk.decide(officer, told, "ASSESS", ["health"], f"Because of {said}")
    return number


def everything(made: Pack) -> str:
    return "\n".join(each.rows.to_csv() for each in made.tables)


def test_a_contact_put_in_here_is_in_the_pack_with_all_that_was_made_of_it(enter: Enter, hub_town: Fernhill) -> None:
    number = submitted(enter("demo.hub"), hub_town, ALONE, "yasmin")
    made = asked(enter, hub_town, "yasmin")
    (told,) = made.table("contacts-told-here").to_dict("records")
    assert (told["number"], told["what was said"], told["outcome"]) == (number, ALONE, "social care assessment")
    assert told["to be checked before release"] == "yes"
    done = made.table("contacts-handled").set_index("what")
    assert (done["contact"] == number).all()
    assert done.loc["graded", "said"] == "an assessment or enquiry"
    assert "version v1" in done.loc["graded", "suggestion"]
    assert (done.loc["decided", "agencies asked"], done.loc["decided", "because"]) == ("health", f"Because of {ALONE}")
    assert printed(made, "Invented").startswith(b"%PDF")


def test_words_that_are_about_others_too_are_withheld_and_the_rule_stands_there(
    enter: Enter, hub_town: Fernhill
) -> None:
    submitted(enter("demo.hub"), hub_town, BOTH, "yasmin", "other")
    for who in ("yasmin", "other"):
        made = asked(enter, hub_town, who)
        assert made.table("contacts-told-here")["what was said"].tolist() == [OTHERS]
        assert OTHERS in set(made.table("contacts-handled")["because"])
        assert BOTH not in everything(made)
    assert made.table("contacts-told-here")["number"].size == 1


def test_a_private_persons_words_are_withheld(enter: Enter, hub_town: Fernhill) -> None:
    submitted(enter("demo.hub"), hub_town, ALONE, "yasmin", agency="family or public")
    told = asked(enter, hub_town, "yasmin").table("contacts-told-here")
    assert told["what was said"].tolist() == [INFORMANT]


def test_contacts_of_the_feed_say_what_was_said_and_what_officers_made_of_them_here(
    enter: Enter, hub_town: Fernhill
) -> None:
    officer = enter("demo.hub")
    told = one(officer, WAITS).told
    desk.grade(officer, told, 4)
    made = asked(enter, hub_town, "yasmin")
    assert made.table("contacts").set_index("number").loc[WAITS, "what was said"] == GRAVE
    assert made.table("contacts-handled")["contact"].tolist() == [WAITS]
    assert RIGHT not in everything(made), "somebody else's contact"


@pytest.fixture
def erased(enter: Enter, hub_town: Fernhill) -> Session:
    """Two contacts were put in about somebody who has been erased since: one of them about Yasmin too."""
    officer = enter("demo.hub")
    for number, people in (("N1", f"[{GONE}]"), ("N2", f"[{hub_town['yasmin']}, {GONE}]")):
        values = {
            "contact": number, "received_at": "2026-09-30T10:00:00", "agency": "school", "reason": "physical",
            "narrative": ALONE, "people": people,
        }  # fmt: skip
        officer.journal.append(HUB_CONTACT, values, Entry("demo.hub", "mash_officer", "take a contact"))
    return officer


def test_whoever_was_erased_is_in_no_contact_of_the_queue(erased: Session, hub_town: Fernhill) -> None:
    waiting = {each.number: each for each in queue.waiting(erased)}
    assert "N1" not in waiting
    assert [person.person for person in waiting["N2"].people] == [hub_town["yasmin"]]
    told = waiting[WAITS].told
    assert "N1" not in {each.number for each in queue.earlier(erased, told)}
    assert known(erased, waiting["N2"].told)["people"] == 1


def test_what_stays_of_them_in_the_journal_is_told(erased: Session) -> None:
    (found,) = copies.told_here(erased.journal, [GONE])
    assert found.where == "journal: N1, N2"
    assert "17(3)(b)" in found.kept
    assert copies.told_here(erased.journal, [1]) == []
