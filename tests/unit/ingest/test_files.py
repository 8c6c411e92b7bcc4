"""Files as people send them: encodings, delimiters, odd lines; and those that must be refused, with a reason."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from data.ingest.inspection import LARGEST
from data.ingest.recognise import recognise
from data.ingest.refusal import Refused
from tests.unit.ingest.conftest import Deliver

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n101,1,03/02/2010,WBRI,,,\n102,2,04/02/2011,BAFR,,,\n"


@pytest.mark.parametrize(
    "content",
    [
        HEADER.encode(),
        b"\xef\xbb\xbf" + HEADER.encode(),
        HEADER.encode("utf-16"),
        HEADER.encode("utf-16-le"),
        HEADER.replace("\n", "\r\n").encode(),
        HEADER.replace("\n", "\r\n", 1).encode(),
        HEADER.replace(",", ";").encode(),
        HEADER.replace(",", "\t").encode(),
        HEADER.replace("CHILD,SEX", " child , Sex").encode(),
        HEADER.replace("\n", "\n\n").encode(),
        HEADER.rstrip("\n").encode(),
        ("Looked-after children\n\n" + HEADER).encode(),
    ],
    ids=[
        "utf-8",
        "mark",
        "utf-16",
        "utf-16 unmarked",
        "crlf",
        "mixed",
        "semicolons",
        "tabs",
        "headings",
        "blank lines",
        "no last",
        "title",
    ],
)
def test_a_file_may_be_written_in_many_ways(deliver: Deliver, content: bytes) -> None:
    found = deliver({"header.csv": content})
    assert found.told.rows == {"ssda903": 2}
    assert found.rows("SELECT local_id, sex, birth_date, ethnicity FROM staged.person_record ORDER BY local_id") == [
        ("101", "M", date(2010, 2, 3), "WBRI"), ("102", "F", date(2011, 2, 4), "BAFR"),
    ]  # fmt: skip


def test_names_in_windows_letters_keep_their_accents(deliver: Deliver) -> None:
    text = "child_ref,child_forename,child_birth_date,registered_on\n1,Zoë,2020-01-02,2020-02-01\n"
    found = deliver({"registrar_birth.csv": text.encode("cp1252")})
    assert found.rows("SELECT forename FROM staged.person_record") == [("Zoë",)]


def test_lines_are_those_that_an_editor_shows(deliver: Deliver) -> None:
    text = (
        "mash_person,forename,contact_ref,received_at,agency,reason,narrative\n"
        "M1,Amy,C1,2026-01-01 10:00:00,police,missing,short\n"
        'M2,Bea,C2,2026-01-02 10:00:00,police,missing,"one\ntwo\nthree"\n'
        "\n"
        "M3,Cal,C3,never,police,missing,short\n"
    )
    found = deliver({"mash/mash_contact_2026.csv": text})
    assert found.rows("SELECT line FROM staged.event ORDER BY line") == [(2,), (3,)]
    assert found.rows("SELECT line, value FROM staged.rejected_row") == [(7, "never")]


def test_a_row_too_long_is_quarantined_and_one_too_short_is_filled_up(deliver: Deliver) -> None:
    found = deliver({"header.csv": HEADER + "103,1,03/02/2010,WBRI,,,,stray\n104,2,05/02/2012\nstray text\n"})
    assert found.rows('SELECT line, "column", rule FROM staged.rejected_row ORDER BY line') == [
        (4, None, "has more fields than there are columns"), (6, None, "has only one field"),
    ]  # fmt: skip
    assert (found.told.rows, found.told.accepted, found.told.rejected) == (
        {"ssda903": 5},
        {"ssda903": 3},
        {"ssda903": 2},
    )
    assert found.rows("SELECT count(*) FROM staged.person_record WHERE local_id = '104'") == [(1,)]


def test_files_are_known_by_their_columns_where_their_names_say_nothing(tmp_path: Path) -> None:
    path = tmp_path / "export (3).csv"
    path.write_text(HEADER)
    found = recognise(path, path.name)
    assert found.source.name == "ssda903"


def test_a_missing_column_is_told_and_costs_no_child(deliver: Deliver) -> None:
    found = deliver({"header.csv": "CHILD,SEX,DOB,ETHNIC\n101,1,03/02/2010,WBRI\n"})
    assert found.told.accepted == {"ssda903": 1}
    assert found.warnings("header.csv") == {
        "UPN: column is missing": 1,
        "MOTHER: column is missing": 1,
        "MC_DOB: column is missing": 1,
    }


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Sheet1"
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"\0" * (64 << 20))
    return stream.getvalue()


LAUGHS = '<!DOCTYPE Message [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><Message><Child>&b;</Child></Message>'
CENSUS = "<Message>\n<Children>\n<Child><ChildIdentifiers><LAchildID>1</LAchildID></ChildIdentifiers>\n"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("header.csv", b"", "the file is empty"),
        ("notes.csv", b"a,b,c\n1,2,3\n", "line 1: not a file of any declared source"),
        ("notes.docx", b"words", "none has files that end in '.docx'"),
        ("header.csv", b"CHILD,SEX,DOB\n1,\x81\x8d,x\n", "line 2: the bytes are neither"),
        (
            "header.csv",
            "CHILD,SEX,DOB,ETHNIC\nZoë,1,x,\n".encode() + b"Zo\xeb,1,x,\n",
            "line 3: the file is UTF-8 up to here",
        ),
        ("header.csv", b"CHILD,SEX,DOB,ETHNIC\n1,1,\x00\x00,\n", "line 2: the file is not text"),
        (
            "header.csv",
            HEADER.encode() + b'103,"1,03/02/2010,WBRI,,,\n104,1,,,,,\n',
            "line 4: a quotation mark opens here",
        ),
        (
            "header.csv",
            b"SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,,,,,\n",
            "column CHILD: looks like ssda903 header, but lacks",
        ),
        ("header.csv", ",".join(f"c{i}" for i in range(10_000)).encode() + b"\n1\n", "10,000 columns"),
        ("benefits_member.parquet", b"PAR1 but not really", "no readable Parquet"),
        ("cin_census_2024.xml", b"", "the file is empty"),
        ("cin_census_2024.xml", b"not xml", "line 1: the XML can't be read: it does not begin as XML does"),
        (
            "cin_census_2024.xml",
            CENSUS.encode(),
            "line 4: the XML can't be read: it ends before its last element is closed",
        ),
        ("cin_census_2024.xml", b"<Message><Children>Zo\xeb</Children></Message>", "its bytes are not of the encoding"),
        ("cin_census_2024.xml", LAUGHS.encode(), "declares a document type or entities"),
        ("cin_census_2024.xml", LAUGHS.encode("utf-16"), "declares a document type or entities"),
        ("other.xml", b"<Invoice/>", "outermost element is <Invoice>"),
        ("annex_a_2024.xlsx", b"PK but not really", "no readable workbook"),
        ("annex_a_2024.xlsx", bomb(), "the workbook unpacks to"),
        ("annex_a_2024.xlsx", workbook([["Product", "Price"], ["Tea", 3]]), "no sheet of the workbook is a list"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_the_reason(
    deliver: Deliver, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        deliver({name: content})
    assert name in str(refused.value)
    assert said in str(refused.value)


def test_a_file_of_two_gigabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "header.csv"
    with path.open("wb") as stream:
        stream.truncate(2 * LARGEST)
    with pytest.raises(Refused, match="2,147,483,648 bytes"):
        recognise(path, path.name)


def test_a_line_without_end_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "header.csv"
    path.write_bytes(HEADER.encode() + b"x" * (10 << 20))
    with pytest.raises(Refused, match="line 4: the line has more than"):
        recognise(path, path.name)


def test_all_the_files_that_cannot_be_taken_are_told_at_once(deliver: Deliver) -> None:
    with pytest.raises(Refused) as refused:
        deliver({"a.csv": "x,y\n1,2\n", "b.xml": "<a", "header.csv": HEADER})
    assert [problem.file for problem in refused.value.problems] == ["a.csv", "b.xml"]
