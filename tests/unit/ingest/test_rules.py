"""What each kind of column takes, as a table: the text in the file and the value that becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.codes import ABSENCE, ETHNICITY, LEGAL_STATUS, NEED, REFERRAL_SOURCE, SEX
from data.ingest import rules
from data.schema import Codes, Column, Kind

CON = duckdb.connect(config={"threads": 1})


def read(kind: Kind, *texts: str | None, codes: Codes | None = None) -> list[Any]:
    """What becomes of each text in a column of ``kind``."""
    column = Column("c", "C", kind, codes)
    clean = rules.within(column, f"({rules.clean(column, 'x')})")
    listed = f"SELECT i, {rules.trimmed('raw', kind)} AS x FROM (SELECT unnest(?) AS raw, unnest(?) AS i)"
    query = f"SELECT {clean} FROM ({listed}) ORDER BY i"
    return [value for (value,) in CON.execute(query, [list(texts), list(range(len(texts)))]).fetchall()]


@pytest.mark.parametrize(
    "text",
    [
        "2024-10-16", "16/10/2024", "2024-Oct-16 00:00:00", "2024-10-16 00:00:00", "2024-10-16T09:30:00",
        "2024-10-16T09:30:00.5Z",
        "16/10/2024 09:30", "16-Oct-2024", "16 October 2024", "16 Oct 2024", "20241016",
        " 16/10/2024\xa0", "45581", "45581.25",
    ],
)  # fmt: skip
def test_a_day_may_be_written_in_many_ways(text: str) -> None:
    assert read(Kind.DATE, text) == [date(2024, 10, 16)]


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2024",
        "2024-13-01",
        "1066-04-13",
        "2150-01-01",
        "yesterday",
        "10/16/2024",
        "16/10/24",
        "epoch",
        "2024",
        "0",
    ],
)
def test_what_is_no_day_is_set_aside(text: str) -> None:
    assert read(Kind.DATE, text) == [None]


@given(
    day=st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    form=st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%Y-%b-%d 00:00:00", "%d %B %Y"]),
)
@settings(max_examples=60, deadline=None)
def test_every_day_is_read_as_it_was_written(day: date, form: str) -> None:
    assert read(Kind.DATE, day.strftime(form).replace(f"{day:%Y}", f"{day.year:04d}")) == [day]


def test_a_time_keeps_the_time_of_day() -> None:
    assert read(Kind.TIME, "2024-03-01 20:15:00", "01/03/2024 20:15", "2024-03-01T20:15:00", "2024-03-01", "soon") == [
        *[datetime(2024, 3, 1, 20, 15)] * 3, datetime(2024, 3, 1), None,
    ]  # fmt: skip


def test_yes_and_no() -> None:
    assert read(Kind.FLAG, "1", "true", "Yes", "a) Yes", "0", "b) No", "FALSE", "perhaps") == [True] * 4 + [
        False
    ] * 3 + [None]


def test_numbers() -> None:
    assert read(Kind.INTEGER, "3", "3.0", "-2", "3.5", "three") == [3, 3, -2, None, None]
    assert read(Kind.NUMBER, "3", "£1,200.50", ".5", "1e2", "inf", "nan", "x") == [
        3.0,
        1200.5,
        0.5,
        100.0,
        None,
        None,
        None,
    ]
    assert read(Kind.UPRN, "100012345678", "1.0", "-1.0", "0", "9999999999999") == [100012345678, 1, None, None, None]


@pytest.mark.parametrize(
    ("codes", "text", "value"),
    [
        (SEX, "2", "F"), (SEX, "M", "M"), (SEX, "a) Male", "M"), (SEX, "c) Not stated/recorded", "U"),
        (SEX, "1.0", "M"), (SEX, "x", None),
        (ETHNICITY, "a) WBRI", "WBRI"), (ETHNICITY, "wbri", "WBRI"),
        (REFERRAL_SOURCE, "q) 6: Police", "6"),
        (REFERRAL_SOURCE, "b) 1B: Individual", "1B"),
        (NEED, "N1 - Abuse or Neglect", "N1"),
        (NEED, "PSRMEM - Support", None),
        (LEGAL_STATUS, "E1: Placement order", "E1"), (ABSENCE, "#", "#"), (ETHNICITY, "#N/A", None),
    ],
)  # fmt: skip
def test_a_code_is_found_in_what_people_write_around_it(codes: Codes, text: str, value: str | None) -> None:
    assert read(Kind.CODE, text, codes=codes) == [value]


def test_a_surname_may_be_null() -> None:
    assert read(Kind.TEXT, "Null", "NULL", "#N/A", "", "  ", "a\xa0b") == ["Null", "NULL", None, None, None, "a b"]


def test_postcodes_are_written_one_way() -> None:
    assert read(Kind.POSTCODE, "bs1 4dj", "BS14DJ", "BS1 4DJ", "ec1a 1bb", "nope", "ZZ") == ["BS1 4DJ"] * 3 + [
        "EC1A 1BB",
        None,
        None,
    ]


def test_national_insurance_numbers() -> None:
    assert read(Kind.NI, "AB 12 34 56 C", "QQ123456A", "BG123456A", "AB123456E", "AB12345C") == [
        "AB123456C",
        "QQ123456A",
        None,
        None,
        None,
    ]


def nhs_number(nine: str) -> str | None:
    """The number with its check digit, worked out apart from the code under test; None where there is none."""
    check = 11 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    return None if check == 10 else nine + str(check % 11)


def pupil_number(rest: str) -> str:
    """The pupil number with its check letter, worked out apart from the code under test."""
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    values = [int(each) if each.isdigit() else letters.index(each) for each in rest]
    return letters[sum(value * weight for value, weight in zip(values, range(2, 14), strict=True)) % 23] + rest


@given(
    nine=st.text("0123456789", min_size=9, max_size=9).filter(lambda nine: int(nine) > 0),
    at=st.integers(0, 9),
    by=st.integers(1, 9),
)
@settings(max_examples=60, deadline=None)
def test_one_wrong_digit_in_an_nhs_number_is_always_noticed(nine: str, at: int, by: int) -> None:
    good = nhs_number(nine)
    if good is None:
        return
    bad = good[:at] + str((int(good[at]) + by) % 10) + good[at + 1 :]
    assert read(Kind.NHS, good, f"{good[:3]} {good[3:6]} {good[6:]}", bad) == [good, good, None]


@given(
    eleven=st.text("0123456789", min_size=11, max_size=11),
    last=st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUVWXYZ"),
    by=st.integers(1, 22),
)
@settings(max_examples=60, deadline=None)
def test_a_pupil_number_has_one_right_letter(eleven: str, last: str, by: int) -> None:
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    good = pupil_number(eleven + last)
    other = letters[(letters.index(good[0]) + by) % 23] + good[1:]
    assert read(Kind.UPN, good, good.lower(), other) == [good, good, None]


@given(text=st.text(max_size=30), kind=st.sampled_from([kind for kind in Kind if kind is not Kind.CODE]))
@settings(max_examples=200, deadline=None)
def test_no_text_makes_a_rule_fail(text: str, kind: Kind) -> None:
    read(kind, text.replace("\x00", ""))


def test_every_kind_has_a_type_a_rule_and_words() -> None:
    checks: list[Callable[[Kind], object]] = [rules.TYPES.get, rules._SAID.get, rules._READERS.get]
    assert [kind for kind in Kind if kind is not Kind.CODE and not all(check(kind) for check in checks)] == []
