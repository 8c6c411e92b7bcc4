"""What a grading reads of a contact is what was known the moment it came, and nothing that came after."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pytest

from analytics.triage import harm, history, remembered
from tests.handmade import Store

PEOPLE = """
person | born
Ann    | 2012-03-01
Ben    | 2015-03-01
Cara   | 1985-03-01
"""
TIES = """
person | other | kind    | from       | known
Ann    | Ben   | sibling | 2015-03-01 | 2016-01-01
Ben    | Ann   | sibling | 2015-03-01 | 2016-01-01
Ann    | Cara  | parent  | 2012-03-01 | 2016-01-01
"""


def store(events: str = "") -> Store:
    return Store(PEOPLE, events=events, ties=TIES)


def tell(
    one: Store, number: str, name: str, at: str, outcome: str = "NFA", closed: str = "", agency: str = "school"
) -> None:
    one.con.execute(
        "INSERT INTO contact (contact, person, received_at, agency, outcome, closed_at) VALUES (?, ?, ?, ?, ?, ?)",
        [number, one.ids[name], at, agency, outcome, closed or at],
    )


def known(one: Store, *about: str, at: str = "2025-06-10 10:00") -> dict[str, float]:
    """The indicators of a contact about these people, as the query and the memory both have them."""
    people = [one.ids[name] for name in about]
    asked = pd.DataFrame({"contact": "now", "person": people, "moment": pd.Timestamp(at)})
    found: dict[str, float] = history.known(one.con, asked).iloc[0].drop("contact").to_dict()
    assert remembered.read(one.con).known("now", people, datetime.fromisoformat(at), []) == pytest.approx(found)
    return found


@pytest.mark.parametrize(
    ("happened", "known_on", "seen"),
    [("2025-06-01", "2025-06-09", 1), ("2025-06-01", "2025-06-10", 0), ("2023-06-01", "2023-06-02", 0)],
)
def test_an_enquiry_counts_if_it_was_known_the_day_before_and_lies_within_two_years(
    happened: str, known_on: str, seen: int
) -> None:
    one = store(f"person | kind | happened | known\nAnn | section47 | {happened} | {known_on}")
    assert known(one, "Ann")["enquiries"] == seen


def test_a_plan_that_ended_is_remembered_and_no_longer_stands() -> None:
    one = store("person | kind | happened | ended\nAnn | protection_plan | 2021-01-01 | 2021-09-01")
    told = known(one, "Ann")
    assert (told["plan"], told["plan_ever"]) == (0, 1)
    assert known(one, "Ann", at="2021-05-01 09:00")["plan"] == 1


def test_what_a_brother_lived_through_is_his_and_told_as_such() -> None:
    one = store("person | kind | happened\nBen | section47 | 2025-01-01\nCara | crime_suspect | 2025-01-01")
    told = known(one, "Ann")
    assert (told["enquiries"], told["sibling_enquiries"], told["parent_crime"]) == (0, 1, 1)
    both = known(one, "Ann", "Ben")
    assert (both["enquiries"], both["sibling_enquiries"]) == (1, 0)
    assert both["people"] == 2


def test_a_tie_that_nobody_knew_of_yet_brings_nothing() -> None:
    one = store("person | kind | happened\nBen | section47 | 2015-05-01")
    assert known(one, "Ann", at="2015-12-01 10:00")["sibling_enquiries"] == 0


def test_earlier_contacts_count_with_what_had_been_decided_by_then() -> None:
    one = store()
    tell(one, "K1", "Ann", "2025-05-20 09:00")
    tell(one, "K2", "Ann", "2025-06-08 09:00", outcome="ASSESS", closed="2025-06-12 09:00", agency="police")
    tell(one, "K3", "Ann", "2025-06-20 09:00")
    told = known(one, "Ann")
    assert (told["contacts"], told["month"], told["tellers"]) == (2, 2, 2)
    assert (told["low_before"], told["high_before"]) == (1, 0)


def test_the_youngest_and_whether_it_is_about_a_grown_up() -> None:
    one = store()
    assert known(one, "Ann", "Ben")["youngest"] == pytest.approx(10.3, abs=0.1)
    assert known(one, "Ann", "Ben")["adult"] == 0
    assert known(one, "Cara")["adult"] == 1


def test_harm_that_the_decision_itself_brings_about_is_not_what_followed() -> None:
    one = store("person | kind | happened\nAnn | section47 | 2025-06-12\nBen | section47 | 2025-09-01")
    asked = pd.DataFrame(
        {"contact": ["a", "b"], "person": [one.ids["Ann"], one.ids["Ben"]], "moment": pd.Timestamp("2025-06-10 10:00")}
    )
    history.known(one.con, asked)
    assert harm.followed(one.con)["followed"].tolist() == [harm.NOTHING, harm.HARM]


def test_a_later_contact_that_was_taken_up_is_more_than_one_that_was_not() -> None:
    one = store()
    tell(one, "K1", "Ann", "2025-09-01 09:00")
    tell(one, "K2", "Ben", "2025-09-01 09:00", outcome="ASSESS")
    tell(one, "K3", "Cara", "2026-09-01 09:00", outcome="ADULT")
    asked = pd.DataFrame({"contact": list("abc"), "person": [1, 2, 3], "moment": pd.Timestamp("2025-06-10 10:00")})
    history.known(one.con, asked)
    assert harm.followed(one.con)["followed"].tolist() == [harm.AGAIN, harm.TAKEN_UP, harm.NOTHING]
