"""Files spoilt in every way that files are: rows are taken and told, or the file is refused by name; no child lost."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.ingest.command import check
from data.ingest.recognise import recognise
from data.ingest.refusal import Refused
from data.ingest.sheet import Sheet
from tests.unit.ingest import layouts
from tests.unit.ingest.conftest import STILL, TODAY
from tests.unit.ingest.layouts import CHILDREN

PAYLOAD = {
    "la_code": 801,
    "Children": [
        {
            "la_child_id": who,
            "child_details": {"first_name": "Amy", "date_of_birth": "2010-02-03", "sex": "F", "disabilities": ["AUT"]},
            "health_and_wellbeing": {"sdq_assessments": [{"date": "2024-05-01", "score": 20}]},
            "social_care_episodes": [
                {
                    "referral_date": "2023-05-01", "referral_source": "6",
                    "child_and_family_assessments": [{"start_date": "2023-05-02", "factors": ["4B", "11A"]}],
                    "child_looked_after_placements": [{"start_date": "2023-07-01", "start_reason": "S"}],
                }
            ],
        }
        for who in CHILDREN
    ],
}  # fmt: skip
LISTS = {f"{name}.csv": layouts.written(*table) for name, table in layouts.looked_after(2025).items()}
TABLES = {
    f"2024_spring_{name}.csv": layouts.written(*table) for name, table in layouts.school_census(2024, "spring").items()
}
CENSUS, RETURN = layouts.census(2024), layouts.looked_after_xml(2025)
WORKBOOK = layouts.annex_a("List {}".format)
VALID: dict[str, bytes] = LISTS | TABLES | {
    "cin_census_2024.xml": CENSUS.encode(),
    "ssda903_2025.xml": RETURN.encode(),
    "annex_a_2024.xlsx": WORKBOOK,
    "statutory_daily_2026.json": json.dumps(PAYLOAD, indent=1).encode(),
}  # fmt: skip
NAMES = sorted(VALID)
#: Nothing is kept in it: what is read is asked for by a cursor of its own.
DATABASE = duckdb.connect(config={"threads": 1})
STRAY = (
    b'=HYPERLINK("http://example.org","x")', b'"', b"\n", b"\r", b"\0", b"<", b"&", b"]]>", b"<!DOCTYPE x>", b"{", b"[",
    b"9" * 5000, b"-1e999", b"\xff\xfe", "\u202eé".encode(), b";" * 50, b"31/02/2020", b"<Child>", b"</CHILD>", b"<!--",
    b"<![CDATA[", b"\\ud800", b"\x1a",
)  # fmt: skip
ENCODINGS = ("utf-16", "utf-16-be", "utf-16-le", "utf-32", "cp500", "cp1252", "utf-7", "utf-8-sig")


def read(name: str, content: bytes) -> list[tuple[Sheet, list[tuple[Any, ...]]]]:
    """The rows of each sheet as they were found, before any rule is held against them. Raises `Refused` alone."""
    with TemporaryDirectory() as folder, DATABASE.cursor() as con:
        path = Path(folder) / name
        path.write_bytes(content)
        return [(sheet, _rows(con, sheet)) for sheet in recognise(path, name).read(con.cursor(), Path(folder))]


def _rows(con: duckdb.DuckDBPyConnection, sheet: Sheet) -> list[tuple[Any, ...]]:
    for label, table in sheet.tables.items():
        con.register(label, table)
    return con.execute(f"SELECT * FROM {sheet.relation}", list(sheet.values)).fetchall()


def read_or_refused(name: str, content: bytes) -> None:
    try:
        read(name, content)
    except Refused as error:
        problems = error.problems
    else:
        problems = ()
    assert all(problem.file == name and problem.rule for problem in problems)


@given(st.sampled_from(NAMES), st.floats(0, 1))
@settings(STILL, max_examples=60)
def test_a_file_cut_short_anywhere_is_read_or_refused(name: str, share: float) -> None:
    content = VALID[name]
    read_or_refused(name, content[: int(len(content) * share)])


@given(st.sampled_from(NAMES), st.floats(0, 1), st.one_of(st.sampled_from(STRAY), st.binary(min_size=1, max_size=20)))
@settings(STILL, max_examples=100)
def test_stray_text_anywhere_is_read_or_refused(name: str, share: float, stray: bytes) -> None:
    content = VALID[name]
    at = int(len(content) * share)
    read_or_refused(name, content[:at] + stray + content[at:])


@given(st.sampled_from(NAMES), st.randoms(use_true_random=False), st.sampled_from(["shuffle", "drop", "double"]))
@settings(STILL, max_examples=60)
def test_lines_moved_or_gone_are_read_or_refused(name: str, chance: Any, how: str) -> None:
    lines = VALID[name].split(b"\n")
    if how == "shuffle":
        chance.shuffle(lines)
    else:
        at = chance.randrange(len(lines))
        lines[at : at + 1] = [] if how == "drop" else [lines[at]] * 2
    read_or_refused(name, b"\n".join(lines))


@given(st.sampled_from(NAMES), st.sampled_from(ENCODINGS))
@settings(STILL, max_examples=40)
def test_another_encoding_is_read_or_refused(name: str, encoding: str) -> None:
    if not name.endswith(".xlsx"):
        read_or_refused(name, VALID[name].decode().encode(encoding))


@given(st.integers(0, 30), st.floats(0, 1), st.sampled_from(STRAY))
@settings(STILL, max_examples=25)
def test_a_workbook_spoilt_within_is_read_or_refused(which: int, share: float, stray: bytes) -> None:
    packed, stream = zipfile.ZipFile(io.BytesIO(WORKBOOK)), io.BytesIO()
    names = packed.namelist()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as again:
        for at, each in enumerate(names):
            held = packed.read(each)
            cut = int(len(held) * share)
            again.writestr(each, held[:cut] + stray + held[cut:] if at == which % len(names) else held)
    read_or_refused("annex_a_2024.xlsx", stream.getvalue())


# What is spoilt, and what must still be there.

Told = dict[str, Any]


@pytest.fixture
def told(tmp_path: Path) -> Callable[[str, str | bytes], Told]:
    """What ``check`` tells of a file of this name and content."""

    def run(name: str, content: str | bytes) -> Told:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return check(path, name, TODAY)

    return run


Tell = Callable[[str, str | bytes], Told]
HEADER = LISTS["header.csv"].decode()
EVERYONE = len(re.findall("<Child>", CENSUS))


def whole(found: Told, children: int) -> bool:
    """Nothing refused or rejected, and every child there."""
    assert found.get("error") is None
    assert found["rows"] == found["accepted"] + found["rejected"]
    return found["rejected"] == 0 and found["children"] == children


@pytest.mark.parametrize(
    "spoilt",
    [
        HEADER.replace(",", ";"),
        HEADER.replace("\r\n", "\r"),
        HEADER.replace("\r\n", "\n\n"),
        "sep=,\r\n" + HEADER,
        HEADER + ",,,,,,\r\n" * 3,
        "\ufeff" + HEADER,
        HEADER.encode("utf-16"),
        HEADER.replace("03/02/2008", "31/02/2008"),
        HEADER.replace("03/02/2008", "=TODAY()"),
        HEADER.replace("CHILD", "Child ").replace("ETHNIC", "ethnic"),
        re.sub(r"(C\d{4}),", r'"\1",', HEADER),
        re.sub(r",[^,\r]*,([^,\r]*)\r", r",\1\r", HEADER),
        re.sub(r"\r\n", ",extra\r\n", HEADER),
        HEADER.replace("CHILD,SEX", "CHILD,CHILD").replace("MC_DOB", "SEX"),
    ],
    ids=[
        "semicolons", "old line ends", "blank lines", "sep", "rows of commas", "mark", "utf-16", "bad dates",
        "formulas", "capitals", "quoted", "a column gone", "a column more", "a heading twice",
    ],
)  # fmt: skip
def test_no_child_of_a_list_is_lost(told: Tell, spoilt: str | bytes) -> None:
    assert whole(told("header.csv", spoilt), len(CHILDREN))


def test_numbers_that_a_spreadsheet_wrote_with_a_point_are_the_same_children(told: Tell) -> None:
    rows = "".join(f"{number},01/05/2020,S\n" for number in ("101", "101.0", '="101"', " 101\u00a0"))
    assert told("episodes.csv", "CHILD,DECOM,RNE\n" + rows)["children"] == 1


def test_what_is_twice_or_new_or_gone_is_told(told: Tell) -> None:
    found = told("header.csv", "CHILD,SEX,DOB,ETHNIC,DOB,FOSTERED\n1,M,03/02/2010,WBRI,04/02/2010,x\n")
    assert found["missing"] == {"header": ["UPN", "MOTHER", "MC_DOB"]}
    assert found["unknown"] == {"header": ["FOSTERED"]}
    assert found["warnings"]["DOB: column is there more than once, the first is read"] == 1


def test_a_ragged_row_costs_no_other(told: Tell) -> None:
    found = told("header.csv", HEADER + "C9,1,03/02/2010,WBRI,,,,stray,more\r\nstray words\r\n")
    assert (found["accepted"], found["rejected"], found["children"]) == (12, 2, 12)
    assert found["first_rejected"] == {"has more fields than there are columns": 14, "has only one field": 15}


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        (CENSUS.replace("UN3<", "UN3 & more<"), "an ampersand or a tag has no name after it, line"),
        (CENSUS.replace("</CPPendDate>", "</<CPPendDate>").replace("</Section47>", "</Section47)>"), "within a tag"),
        (CENSUS.replace("X<", "Zo\u00eb<").encode("cp1252"), "its bytes are not of the encoding"),
        ("\n " + CENSUS, "something before its XML declaration"),
        (CENSUS + "the end", "more after its outermost element"),
        (CENSUS.replace("AUT", "AUT\x02"), "a character that XML does not allow"),
        (CENSUS.replace("<Child>", "<c:Child>").replace("</Child>", "</c:Child>"), "malformed"),
        (re.sub(r"</?\w+>", lambda tag: tag[0].lower(), CENSUS), None),
        (CENSUS.replace("<Message>", "<CINCensus>").replace("</Message>", "</CINCensus>"), None),
        (CENSUS.replace("<Message>", '<m:Message xmlns:m="urn:x">').replace("</Message>", "</m:Message>"), None),
        (CENSUS.replace("<CINdetails>", "<CINdetails><Box><Thing>1</Thing></Box>"), "Thing: element is not known"),
        (CENSUS.replace("<CINdetails>", "<CINdetails>words"), "text between elements, passed over, first on line"),
        (re.sub(r">(\d{4})-(\d\d)-(\d\d)<", r">\3/\2/\1<", CENSUS), None),
        (CENSUS.encode("utf-16"), None),
        (CENSUS.replace("<Children>", "").replace("</Children>", ""), None),
    ],
)  # fmt: skip
def test_no_child_of_a_census_that_fails_its_schema_is_lost(told: Tell, spoilt: str | bytes, said: str | None) -> None:
    found = told("cin_census_2024.xml", spoilt)
    assert whole(found, EVERYONE)
    assert any(said in rule for rule in found["warnings"]) if said else True


def test_a_census_cut_short_is_refused_with_the_line(told: Tell) -> None:
    found = told("cin_census_2024.xml", CENSUS[: CENSUS.rindex("<CPPendDate>")])
    assert re.match(r"cin_census_2024.xml, line \d+: the XML can't be read", found["error"])


def test_tables_of_the_return_under_a_strange_name_are_known_by_what_they_hold(told: Tell) -> None:
    renamed = RETURN.replace("SW_EPISODE>", "SOCIALWORKER>").replace("DOLO>", "DEPRIVATION>")
    assert told("ssda903_2025.xml", renamed)["parts"] == told("ssda903_2025 2.xml", RETURN)["parts"]


def test_the_child_and_its_number_may_be_called_alike(told: Tell) -> None:
    assert whole(told("ssda903_2025.xml", RETURN.replace("CHILDID>", "CHILD>")), len(CHILDREN))


def payload(*children: object, around: Callable[[list[object]], object] = list) -> str:
    return json.dumps(around(list(children)))


CHILD = {"la_child_id": "7", "child_details": {"sex": "F"}}


@pytest.mark.parametrize(
    "content",
    [
        payload(CHILD), json.dumps(CHILD), json.dumps({"la_code": 801, "Children": CHILD}),
        json.dumps([{"la_code": 801, "children": [CHILD]}]), json.dumps(CHILD) + "\n" + json.dumps(CHILD) + "\n",
        json.dumps({"laChildId": 7, "childDetails": {"Sex": "F"}}), "\ufeff" + json.dumps(CHILD),
        payload(CHILD | {"purge": False, "new": {"thing": [1, {"a": "\ud800"}]}}), payload(CHILD).encode("utf-16"),
    ],
)  # fmt: skip
def test_the_daily_payload_may_be_wrapped_in_many_ways(told: Tell, content: str | bytes) -> None:
    found = told("daily.json", content)
    assert whole(found, 1)
    assert found["source"] == "statutory_daily"


def test_what_is_marked_to_be_purged_is_passed_over_and_told(told: Tell) -> None:
    plan = {"start_date": "2024-01-01", "purge": True}
    episode = {"social_care_episodes": [{"referral_date": "2024-01-01", "child_protection_plans": [plan]}]}
    found = told("daily.json", payload(CHILD | episode, {"la_child_id": "8", "purge": True}))
    assert found["children"] == 1
    assert found["warnings"] == {
        "child: marked to be purged, passed over": 1, "protection_plan: marked to be purged, passed over": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("daily.json", payload(CHILD)[:-5], "line 1: the JSON can't be read"),
        ("daily.json", '{"la_child_id": ' + "[" * 100_000, "the JSON can't be read"),
        ("daily.json", '{"a": 1}', "no child of the daily social care data"),
        ("daily.json", "words", "does not begin as JSON does"),
        ("daily.json", b'[{"la_child_id": "\xff"}]', "the bytes are not UTF-8"),
        ("annex_a.xls", b"\xd0\xcf\x11\xe0", "save it as .xlsx"),
        ("header.csv", "a,b\n1,2\n", "is named as ssda903 header, but none of its first lines has the headings of one"),
        ("header.csv", "SEX,DOB,ETHNIC,UPN\n1,,,\n", "column CHILD"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_where(told: Tell, name: str, content: str | bytes, said: str) -> None:
    found = told(name, content)
    assert found["error"].startswith(name)
    assert said in found["error"]


def with_sheet(sheet: str) -> bytes:
    """A workbook with this XML as its first sheet."""
    book = openpyxl.Workbook()
    book.active.title = "List 1"
    stream, again = io.BytesIO(), io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as packed, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as target:
        for name in packed.namelist():
            target.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else packed.read(name))
    return again.getvalue()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = (
    f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    '<c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row></sheetData></worksheet>'
)


def test_a_workbook_whose_entities_unfold_without_end_is_refused(told: Tell) -> None:
    assert "annex_a_2024.xlsx" in told("annex_a_2024.xlsx", with_sheet(BOMB))["error"]


def test_formulas_that_no_spreadsheet_has_worked_out_are_told(told: Tell) -> None:
    book = openpyxl.Workbook()
    book.active.title = "List 1"
    for row in (["Child Unique ID", "Gender", "Date of Contact"], ["=A9", "M", date(2024, 1, 2)], ["7", "M", "=B2"]):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    found = told("annex_a_2024.xlsx", stream.getvalue())
    assert (found["accepted"], found["rejections"]) == (1, {"Child Unique ID: is empty": 1})
    assert found["warnings"]["formulas without a value: open the workbook in a spreadsheet and save it"] == 1
