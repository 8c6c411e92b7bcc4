"""What becomes of a delivery: people, events, relations, coverage, and rows that could not be taken."""

from __future__ import annotations

from datetime import date, datetime

from tests.unit.ingest.conftest import Deliver

CLIENTS = """client_number,forename,surname,birth_date,sex,former_surname,ethnicity,postcode,uprn,nhs_number,upn,recorded_from,recorded_to
1,Amy,Smith,2010-02-03,F,,WBRI,BS1 4DJ,100,9434765919,,2019-01-01,2020-05-01
1,Amy,Smith,2010-02-03,F,,WBRI,bs2 8aa,200,9434765919,,2020-05-01,
2,Zoë,Smith,1985-07-08,F,Jones,WBRI,BS2 8AA,200,,,2020-05-01,
"""  # noqa: E501 - as systems write it
RELATIONS = """client_number,other_number,relation,from_date,to_date,recorded_on
1,2,Parent,2010-02-03,,2019-01-05
"""


def test_a_person_has_one_record_for_each_way_in_which_they_were_written_down(deliver: Deliver) -> None:
    found = deliver({"social_care/social_care_client.csv": CLIENTS})
    assert found.rows(
        "SELECT local_id, forename, postcode, uprn, seen_from, seen_to FROM staged.person_record ORDER BY line"
    ) == [
        ("1", "Amy", "BS1 4DJ", 100, date(2019, 1, 1), date(2020, 5, 1)),
        ("1", "Amy", "BS2 8AA", 200, date(2020, 5, 1), date(2026, 10, 1)),
        ("2", "Zoë", "BS2 8AA", 200, date(2020, 5, 1), date(2026, 10, 1)),
    ]
    assert found.rows("SELECT count(DISTINCT client) FROM staged.person_record") == [(2,)]


def test_the_client_is_the_hash_of_whose_number_it_is_and_the_number(deliver: Deliver) -> None:
    found = deliver({"social_care/social_care_client.csv": CLIENTS})
    expected = "(md5_number_lower('social_care|' || local_id) >> 1)::BIGINT"
    assert found.rows(f"SELECT count(*), count(*) FILTER (client = {expected}) FROM staged.person_record") == [(3, 3)]


def test_a_relation_says_what_the_other_is_to_the_person(deliver: Deliver) -> None:
    found = deliver({"social_care/social_care_client.csv": CLIENTS, "social_care/social_care_relation.csv": RELATIONS})
    ((one, other, kind, start, end, known),) = found.rows(
        """SELECT a.forename, b.forename, r.kind, r."from", r."to", r.known_on FROM staged.relation r
        JOIN (SELECT DISTINCT client, forename FROM staged.person_record) a ON a.client = r.client
        JOIN (SELECT DISTINCT client, forename FROM staged.person_record) b ON b.client = r.other_client"""
    )
    assert (one, other, kind, start, end, known) == ("Amy", "Zoë", "parent", date(2010, 2, 3), None, date(2019, 1, 5))


def test_the_same_children_are_known_to_all_the_councils_lists_by_one_number(deliver: Deliver) -> None:
    header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,2,03/02/2010,WBRI,,,\n"
    found = deliver({"social_care/social_care_client.csv": CLIENTS, "ssda903/header.csv": header})
    clients = found.rows("SELECT DISTINCT client FROM staged.person_record WHERE local_id = '1'")
    assert len(clients) == 1
    assert found.rows("SELECT sex, birth_date FROM staged.person_record WHERE source = 'ssda903'") == [
        ("F", date(2010, 2, 3))
    ]


MISSING = """nominal,forename,surname,birth_date,sex,ethnicity,postcode,uprn,report_ref,joint_ref,missing_from,found_at,risk_grade,harm_disclosed,return_interview,recorded_on
P1,Amy,Smith,2010-02-03,F,WBRI,BS1 4DJ,100,R1,J1,2024-03-01 20:00:00,2024-03-02 08:00:00,high,1,1,2024-03-02
P2,Bea,Jones,2010-05-06,F,WBRI,BS3 1AA,300,R2,J1,2024-03-01 21:00:00,2024-03-02 09:30:00,medium,0,1,2024-03-03
P3,Cal,Brown,2009-01-01,M,WBRI,,,R3,,soon,,,,,2024-03-03
P4,Dee,Black,2009-01-01,F,WBRI,,,R4,,2024-05-01 10:00:00,2024-05-01 12:00:00,,,,
"""  # noqa: E501 - as systems write it


def test_an_event_carries_the_day_it_happened_and_the_day_it_was_known(deliver: Deliver) -> None:
    found = deliver({"police_missing/police_missing_2024.csv": MISSING})
    assert found.rows(
        "SELECT kind, occurred_on, known_on, value, detail, line FROM staged.event ORDER BY line, kind"
    ) == [
        ("found_harmed", date(2024, 3, 2), date(2024, 3, 6), None, None, 2),
        ("missing", date(2024, 3, 1), date(2024, 3, 2), 12.0, "high", 2),
        ("missing", date(2024, 3, 1), date(2024, 3, 3), 12.5, "medium", 3),
    ]


def test_those_missing_together_are_paired_once(deliver: Deliver) -> None:
    found = deliver({"police_missing/police_missing_2024.csv": MISSING})
    ((kind, start, known, in_order),) = found.rows(
        'SELECT kind, "from", known_on, client < other_client FROM staged.relation'
    )
    assert (kind, start, known, in_order) == ("co_missing", date(2024, 3, 1), date(2024, 3, 3), True)


def test_a_row_without_what_it_needs_is_quarantined_with_line_column_rule_and_value(deliver: Deliver) -> None:
    found = deliver({"police_missing/police_missing_2024.csv": MISSING})
    assert found.rows('SELECT line, "column", rule, value FROM staged.rejected_row ORDER BY line') == [
        (4, "missing_from", "is not a date and time from 1900 to 2099", "soon"),
        (5, "recorded_on", "is empty", None),
    ]
    assert (found.told.rows, found.told.accepted, found.told.rejected) == (
        {"police_missing": 4}, {"police_missing": 2}, {"police_missing": 2},
    )  # fmt: skip


PUPILS = """pupilonrolltableid,NativeId,dob,surname,forename,middlenames,preferredsurname,formersurname,upn,formerupn,sex,entrydate,termlysessionspossible,termlysessionsauthorised,termlysessionsunauthorised,senprovision,ncyearactual,enrolstatus,language
k1,S1,2010-Feb-03 00:00:00,Smith,Amy,,,,5ff4489b-998,,F,2021-Sep-01 00:00:00,100.0,4.0,6.0,K,9,C,ENG
k2,S1,2011-Feb-03 00:00:00,Jones,Bea,,,,,,F,2022-Sep-01 00:00:00,,,,N,8,C,ENG
"""  # noqa: E501 - as systems write it
EXCLUSIONS = """pupilonrolltableid,NativeId,termlyexclusionsonrolltableid,startdate,sessions,reason1,reason2,reason3,category,senprovision
k1,S1,a,2024-Jun-03 00:00:00,4.0,PP,,,FIXD,
k9,S1,b,2024-Jun-04 00:00:00,4.0,PP,,,FIXD,
"""  # noqa: E501 - as systems write it


def test_a_school_census_speaks_of_the_term_before_and_keys_lead_to_pupils(deliver: Deliver) -> None:
    folder = "school_census/2024_autumn_"
    found = deliver({f"{folder}pupilonroll.csv": PUPILS, f"{folder}termlyexclusionsonroll.csv": EXCLUSIONS})
    amy = "SELECT client FROM staged.person_record WHERE forename = 'Amy'"
    assert found.rows(
        f"SELECT kind, occurred_on, ended_on, known_on, value FROM staged.event WHERE client = ({amy}) ORDER BY kind"
    ) == [
        ("attendance_term", date(2024, 4, 15), date(2024, 7, 20), date(2024, 11, 1), 90.0),
        ("enrolment", date(2021, 9, 1), None, date(2024, 11, 1), None),
        ("sen_support", date(2024, 4, 15), date(2024, 7, 20), date(2024, 11, 1), None),
        ("suspension", date(2024, 6, 3), None, date(2024, 11, 1), 4.0),
    ]
    assert found.warnings(f"{folder}termlyexclusionsonroll.csv") == {
        "pupilonrolltableid: is not in pupilonroll of the same delivery": 1
    }


def test_a_pupil_with_an_odd_pupil_number_or_none_is_no_lost_child(deliver: Deliver) -> None:
    found = deliver({"school_census/2024_autumn_pupilonroll.csv": PUPILS})
    assert found.rows("SELECT forename, upn, left(local_id, 1) = 'x' FROM staged.person_record ORDER BY line") == [
        ("Amy", None, False), ("Bea", None, True),
    ]  # fmt: skip
    assert found.warnings("school_census/2024_autumn_pupilonroll.csv") == {"upn: is not a valid unique pupil number": 1}


def test_coverage_is_kept_of_sources_that_know_only_those_on_their_books(deliver: Deliver) -> None:
    found = deliver(
        {"school_census/2024_autumn_pupilonroll.csv": PUPILS, "police_missing/police_missing_2024.csv": MISSING}
    )
    assert found.rows('SELECT source, "from", "to", count(*) FROM staged.coverage GROUP BY ALL') == [
        ("school_census", date(2024, 4, 15), date(2025, 3, 31), 2)
    ]


def test_the_same_enrolment_told_each_term_is_one_event_known_from_the_first(deliver: Deliver) -> None:
    found = deliver(
        {f"school_census/{term}_pupilonroll.csv": PUPILS for term in ("2024_autumn", "2025_spring", "2025_summer")}
    )
    assert found.rows("SELECT count(*), min(known_on) FROM staged.event WHERE kind = 'enrolment'") == [
        (2, date(2024, 11, 1))
    ]
    assert found.rows("SELECT count(*) FROM staged.event WHERE kind = 'attendance_term'") == [(3,)]


def test_contacts_and_known_cases_reach_tables_of_their_own(deliver: Deliver) -> None:
    contact = (
        "mash_person,forename,surname,birth_date,sex,postcode,uprn,contact_ref,received_at,agency,reason,narrative,outcome,worker,team,shared_with,closed_at\n"
        'M1,Amy,Smith,2010-02-03,F,,,C1,2026-09-30 10:15:00,police,missing,"Said she\nwould not go home",,,,,\n'
    )
    case = (
        "service_id,forename,surname,birth_date,sex,ethnicity,postcode,uprn,form,referred_by,identified_on,accepted_on,closed_on,closing_view\n"
        "E1,Amy,Smith,2010-02-03,F,WBRI,,,CSE,police,2025-01-02,2025-01-20,,\n"
    )
    found = deliver({"mash/mash_contact_2026.csv": contact, "exploitation_service/exploitation_service.csv": case})
    assert found.rows("SELECT contact, received_at, agency, reason, outcome FROM staged.contact") == [
        ("C1", datetime(2026, 9, 30, 10, 15), "police", "missing", None)
    ]
    assert found.rows("SELECT profile, identified_on, source FROM staged.known_case") == [
        ("cse", date(2025, 1, 2), "exploitation_service")
    ]
