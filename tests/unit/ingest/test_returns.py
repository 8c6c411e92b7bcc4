"""Statutory returns as XML and workbooks: what they nest, and what vendors and people make of them."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl

from tests.unit.ingest.conftest import Deliver

CENSUS = """<?xml version="1.0" encoding="utf-8"?>
<Message>
<Header><CollectionDetails><Collection>CIN</Collection><Year>2024</Year><ReferenceDate>2024-03-31</ReferenceDate></CollectionDetails></Header>
<Children>
<Child>
<ChildIdentifiers><LAchildID>7</LAchildID><UPNunknown>UN3</UPNunknown>stray text<PersonBirthDate>2010-02-03</PersonBirthDate><GenderCurrent>2</GenderCurrent></ChildIdentifiers>
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>NONE</Disability><Disability>AUT</Disability></Disabilities></ChildCharacteristics>
<CINdetails>
<CINreferralDate>2023-05-01</CINreferralDate><ReferralSource>6</ReferralSource><DateOfInitialCPC>2023-06-01</DateOfInitialCPC>
<Assessments><AssessmentActualStartDate>2023-05-02</AssessmentActualStartDate><AssessmentAuthorisationDate>2023-06-10</AssessmentAuthorisationDate>
<FactorsIdentifiedAtAssessment><AssessmentFactors>11A</AssessmentFactors><AssessmentFactors>ZZ</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>
<Section47><S47ActualStartDate>2023-05-20</S47ActualStartDate></Section47>
<ChildProtectionPlans><CPPstartDate>2023-06-01</CPPstartDate><InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse><Reviews><CPPreviewDate>2023-09-01</CPPreviewDate></Reviews></ChildProtectionPlans>
<ReferralNFA>false</ReferralNFA>
</CINdetails>
</Child>
</Children>
</Message>
"""  # noqa: E501 - as systems write it

NAMED_SPACE = CENSUS.replace("<Message>", '<Message xmlns="http://example.org/cin">')


def test_a_census_child_is_read_with_all_that_nests_within(deliver: Deliver) -> None:
    found = deliver({"cin.xml": CENSUS})
    assert found.rows("SELECT local_id, birth_date, sex, ethnicity FROM staged.person_record") == [
        ("7", date(2010, 2, 3), "F", "WBRI")
    ]
    assert found.rows(
        "SELECT kind, occurred_on, ended_on, known_on, detail, line FROM staged.event ORDER BY occurred_on, kind"
    ) == [
        ("in_need", date(2023, 5, 1), None, date(2023, 5, 6), None, 8),
        ("referral", date(2023, 5, 1), None, date(2023, 5, 6), "6", 8),
        ("assessment", date(2023, 5, 2), date(2023, 6, 10), date(2023, 5, 7), None, 10),
        ("section47", date(2023, 5, 20), None, date(2023, 5, 25), None, 12),
        ("protection_plan", date(2023, 6, 1), None, date(2023, 6, 6), "NEG", 13),
        ("factor_cse", date(2023, 6, 10), None, date(2023, 6, 15), "11A", 11),
    ]
    parts = {delivery.sheet.part.name: delivery.rows for delivery in found.told.deliveries}
    assert parts == {
        "child": 1, "disability": 2, "episode": 1, "assessment": 1, "factor": 2, "section47": 1, "protection_plan": 1,
        "plan_review": 1,
    }  # fmt: skip
    assert found.warnings("cin.xml")["AssessmentFactors: is not a code for assessment factor"] == 1
    assert found.rows("SELECT DISTINCT delivered FROM staged.source_file") == [(date(2024, 7, 1),)]


def test_a_conference_of_the_episode_is_not_taken_for_that_of_an_enquiry(deliver: Deliver) -> None:
    found = deliver({"cin.xml": CENSUS})
    section47 = next(delivery for delivery in found.told.deliveries if delivery.sheet.part.name == "section47")
    assert section47.sheet.tables["cin_census section47"]["DateOfInitialCPC"].to_pylist() == [None]


def test_a_namespace_changes_nothing(deliver: Deliver) -> None:
    found = deliver({"cin.xml": NAMED_SPACE})
    assert found.rows("SELECT count(*) FROM staged.event") == [(6,)]


def test_lines_beyond_the_65535th_are_told_right(deliver: Deliver) -> None:
    found = deliver({"cin.xml": CENSUS.replace("<Children>", "<Children>" + "\n" * 70_000)})
    assert found.rows("SELECT line FROM staged.event WHERE kind = 'section47'") == [(70_012,)]


def test_an_episode_told_in_two_years_is_one_event_known_from_the_first_ended_by_the_last(deliver: Deliver) -> None:
    later = CENSUS.replace("2024", "2025").replace(
        "</CINdetails>", "<CINclosureDate>2024-08-01</CINclosureDate></CINdetails>"
    )
    found = deliver({"cin_census_2024.xml": CENSUS, "cin_census_2025.xml": later})
    assert found.rows("SELECT occurred_on, ended_on, known_on FROM staged.event WHERE kind = 'in_need'") == [
        (date(2023, 5, 1), date(2024, 8, 1), date(2023, 5, 6))
    ]


LOOKED_AFTER = """<SSDA903>
<CHILD>
<HEADER><CHILDID>7</CHILDID><SEX>2</SEX><DOB>03/02/2010</DOB><ETHNIC>WBRI</ETHNIC>
<AREVIEW><REVIEW>01/09/2023</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
<AMISSING><MISSING>M</MISSING><MIS_START>02/09/2023</MIS_START><MIS_END>04/09/2023</MIS_END></AMISSING>
<OC2><SDQ_SCORE>17</SDQ_SCORE><HEALTH_ASSESSMENT>1</HEALTH_ASSESSMENT></OC2></HEADER>
<EPISODE><DECOM>01/05/2023</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U6</PL></EPISODE>
</CHILD>
</SSDA903>
"""


def test_the_looked_after_return_may_come_as_one_xml_file(deliver: Deliver) -> None:
    found = deliver({"ssda903_2024.xml": LOOKED_AFTER})
    assert found.rows("SELECT kind, occurred_on, value, detail, line FROM staged.event ORDER BY occurred_on, kind") == [
        ("looked_after", date(2023, 5, 1), None, "C2", 7),
        ("placement", date(2023, 5, 1), None, "U6", 7),
        ("care_review", date(2023, 9, 1), None, "PN1", 4),
        ("care_missing", date(2023, 9, 2), None, "M", 5),
        ("health_check", date(2024, 3, 31), None, None, 6),
        ("sdq", date(2024, 3, 31), 17.0, None, 6),
    ]
    assert found.rows("SELECT DISTINCT local_id, sex, birth_date FROM staged.person_record") == [
        ("7", "F", date(2010, 2, 3))
    ]


def annex(*rows: list[object], title: str = "List 3") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


REFERRALS = [
    "Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age", "Date of Referral", "Referral Source",
    "Referral NFA?", "Number of Referrals in Last 12 Months", "Allocated Team", "Allocated Worker",
]  # fmt: skip


def test_a_workbook_is_read_as_people_fill_it_in(deliver: Deliver) -> None:
    content = annex(
        ["Referrals, six months to March"],
        REFERRALS,
        [
            101,
            "b) Female",
            "k) APKN",
            datetime(2010, 2, 3),
            13.6,
            datetime(2023, 9, 16),
            "q) 6: Police",
            "b) No",
            2,
            "Team\xa01",
            "#N/A",
        ],
        [None] * 11,
        ["102", "a) Male", "", None, None, "=F3+5", "s) 8: Other", "Yes", 0, None, None],
    )
    found = deliver({"annex_a_2023.xlsx": content})
    assert found.rows("SELECT local_id, sex, ethnicity, birth_date, line FROM staged.person_record") == [
        ("101", "F", "APKN", date(2010, 2, 3), 3), ("102", "M", None, None, 5),
    ]  # fmt: skip
    assert found.rows("SELECT kind, occurred_on, detail FROM staged.event ORDER BY kind") == [
        ("referral", date(2023, 9, 16), "6"), ("worker", date(2023, 12, 31), "Team 1"),
    ]  # fmt: skip
    # A formula that was never worked out has no value to read: the child is kept, and no event made.
    assert found.warnings("annex_a_2023.xlsx")["referral: has no date"] == 1
    assert found.rows("SELECT * FROM staged.rejected_row") == []


def test_a_list_is_known_by_its_columns_whatever_its_sheet_is_called(deliver: Deliver) -> None:
    content = annex(
        REFERRALS, [101, "F", "WBRI", None, None, "16/09/2023", "6", "No", 1, None, None], title="Referrals"
    )
    found = deliver({"annex_a_2023.xlsx": content})
    assert [delivery.sheet.part.name for delivery in found.told.deliveries] == ["list_3"]


def test_annex_a_and_the_census_tell_one_referral_once(deliver: Deliver) -> None:
    content = annex(
        REFERRALS, [7, "F", "WBRI", datetime(2010, 2, 3), 13, datetime(2023, 5, 1), "6", "No", 1, None, None]
    )
    found = deliver({"annex_a_2023.xlsx": content, "cin.xml": CENSUS})
    assert found.rows("SELECT count(*) FROM staged.event WHERE kind = 'referral'") == [(1,)]
