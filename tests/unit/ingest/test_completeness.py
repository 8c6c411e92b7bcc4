"""Month by month: how many rows, which fields are filled, which codes they hold; when a source was last heard of."""

from __future__ import annotations

from datetime import date

from data.ingest.completeness import day_sql
from data.sources import SOURCES

MISSING = """nominal,forename,surname,birth_date,sex,report_ref,missing_from,found_at,harm_disclosed,recorded_on
1,Ann,Lee,2010-01-01,F,A,2025-03-01 20:00,2025-03-02 08:00,no,2025-03-02
2,Bo,,2011-01-01,M,B,2025-03-09 20:00,,yes,2025-03-10
3,Cy,Day,2012-01-01,x,C,2025-05-01 20:00,,no,2025-05-02
4,Di,Fox,2012-01-01,F,D,next week,,no,2025-05-03
5,Ed,Gee,2012-01-01,M,E,2025-05-20 20:00,,no,
"""
FILE = "police_missing/police_missing_2025.csv"


def test_rows_are_counted_by_the_month_they_speak_of_with_those_rejected(deliver) -> None:
    told = deliver({FILE: MISSING})
    rows = told.rows('SELECT part, month, "rows", rejected FROM staged.source_month ORDER BY month')
    # A row whose day can't be read is counted where its file begins.
    assert rows == [
        ("episode", date(2025, 1, 1), 1, 1),
        ("episode", date(2025, 3, 1), 2, 0),
        ("episode", date(2025, 5, 1), 2, 1),
    ]


def test_a_field_is_filled_empty_or_unreadable(deliver) -> None:
    told = deliver({FILE: MISSING})
    query = 'SELECT "rows", filled, broken FROM staged.field_month WHERE field = ? AND month = ?'
    assert told.rows(query, "surname", date(2025, 3, 1)) == [(2, 1, 0)]
    assert told.rows(query, "sex", date(2025, 5, 1)) == [(2, 1, 1)]
    assert told.rows(query, "missing_from", date(2025, 1, 1)) == [(1, 0, 1)]
    assert told.rows(query, "recorded_on", date(2025, 5, 1)) == [(2, 1, 0)]


def test_codes_are_counted_by_month(deliver) -> None:
    told = deliver({FILE: MISSING})
    rows = told.rows("SELECT month, code, \"rows\" FROM staged.code_month WHERE field = 'sex' ORDER BY month, code")
    months = date(2025, 1, 1), date(2025, 3, 1), date(2025, 5, 1)
    assert rows == [(months[0], "F", 1), (months[1], "F", 1), (months[1], "M", 1), (months[2], "M", 1)]


def test_a_value_set_aside_is_told_with_its_line(deliver) -> None:
    told = deliver({FILE: MISSING})
    assert told.rows('SELECT line, "column" FROM staged.field_aside') == [(4, "sex")]


def test_whom_a_rejected_row_was_about_is_kept(deliver) -> None:
    told = deliver({FILE: MISSING})
    rejected = told.rows("SELECT line, client FROM staged.rejected_client ORDER BY line")
    clients = dict(told.rows("SELECT local_id, client FROM staged.person_record"))
    assert [line for line, _ in rejected] == [5, 6]
    assert not {client for _, client in rejected} & set(clients.values())
    again = deliver({"police_missing/police_missing_2024.csv": MISSING.replace("next week", "2024-05-03 10:00")})
    kept = again.rows("SELECT client FROM staged.person_record WHERE local_id = '4'")
    assert (5, kept[0][0]) in rejected


def test_a_source_was_heard_of_when_its_agency_knew_and_silence_is_what_is_usual(deliver) -> None:
    told = deliver({FILE: MISSING})
    assert told.rows("SELECT * FROM staged.source_heard") == [("police_missing", date(2025, 5, 2), 53)]


def test_a_file_that_says_no_day_is_no_sign_of_life(deliver) -> None:
    told = deliver({"hospital/hospital_patient.csv": "hospital_no,forename,surname,birth_date\n1,Ann,Lee,2010-01-01\n"})
    assert not told.rows("SELECT * FROM staged.source_heard")
    assert told.rows('SELECT month, "rows" FROM staged.source_month') == [(date(2026, 10, 1), 1)]


def test_a_death_does_not_date_the_others_and_a_census_speaks_of_its_term() -> None:
    assert "PersonDeathDate" not in day_sql(SOURCES["cin_census"].part("child"))
    assert "entrydate" not in day_sql(SOURCES["school_census"].part("pupilonroll"))
    assert '"missing_from"' in day_sql(SOURCES["police_missing"].part("episode"))
