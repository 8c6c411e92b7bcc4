"""What must hold of any delivery, however odd."""

from __future__ import annotations

import csv
import io
import random
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from data.ingest.ingest import Ingested, ingest
from data.ingest.refusal import Problem, Refused
from tests.unit.ingest.conftest import STILL
from tests.unit.ingest.test_returns import CENSUS

TODAY = date(2026, 10, 1)
COLUMNS = ["nominal", "forename", "surname", "birth_date", "sex", "report_ref", "nature", "happened_on", "recorded_on"]
ODD = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12),
    st.sampled_from(["", '"', ",", "\n", "\r\n", "'", "31/02/2020", "#N/A"]),
)
DAY = st.dates(date(2018, 1, 1), date(2026, 9, 30)).map(date.isoformat)
ROW = st.tuples(
    st.sampled_from(["P1", "P2", "P3", ""]), ODD, ODD, st.one_of(DAY, ODD), st.sampled_from(["M", "F", "1", "?"]),
    st.sampled_from(["R1", "R2", ""]), ODD, st.one_of(DAY, ODD), st.one_of(DAY, ODD),
)  # fmt: skip
PART = "police_crime/police_antisocial_2024.csv"


def written(rows: list[tuple[str, ...]], columns: list[str] = COLUMNS) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(columns)
    writer.writerows(rows)
    return stream.getvalue().encode()


def taken(name: str, content: bytes) -> tuple[Ingested, dict[str, list[tuple[Any, ...]]]]:
    """What an ingest of one file says, and the staged people and events but for where they stood."""
    with TemporaryDirectory() as folder, duckdb.connect(config={"threads": 1}) as con:
        path = Path(folder) / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        told = ingest(con, Path(folder), TODAY)
        staged = {
            "person": "SELECT * EXCLUDE (record, file, line) FROM staged.person_record ORDER BY ALL",
            "event": "SELECT client, kind, occurred_on, known_on, detail FROM staged.event ORDER BY ALL",
            "rejected": 'SELECT "column", rule, value FROM staged.rejected_row ORDER BY ALL',
        }
        return told, {what: con.execute(query).fetchall() for what, query in staged.items()}


@given(st.lists(ROW, min_size=1, max_size=12))
@settings(STILL, max_examples=20)
def test_every_row_is_accepted_or_rejected_and_every_rejection_is_told(rows: list[tuple[str, ...]]) -> None:
    told, staged = taken(PART, written(rows))
    assert told.rows == {"police_crime": len(rows)}
    assert told.accepted["police_crime"] + told.rejected["police_crime"] == len(rows)
    assert len(staged["rejected"]) == told.rejected["police_crime"]
    assert all(known >= occurred for _, _, occurred, known, _ in staged["event"])


@given(st.lists(ROW.filter(lambda row: row[0] != ""), min_size=2, max_size=8), st.randoms(use_true_random=False))
@settings(STILL, max_examples=12)
def test_the_order_of_rows_and_columns_changes_nothing(rows: list[tuple[str, ...]], chance: random.Random) -> None:
    shuffled = chance.sample(rows, len(rows))
    order = chance.sample(range(len(COLUMNS)), len(COLUMNS))
    turned = [tuple(row[i] for i in order) for row in shuffled]
    assert taken(PART, written(rows))[1] == taken(PART, written(turned, [COLUMNS[i] for i in order]))[1]


PLAIN = [(f"P{i}", "Amy", "Smith", "2010-02-03", "F", f"R{i}", "noise", "2024-03-01", "2024-03-05") for i in range(9)]
VALID = {
    PART: written(PLAIN),
    "cin_census/cin_census_2024.xml": CENSUS.encode(),
    "ssda903/header.csv": b"CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n101,1,03/02/2010,WBRI,,,\n102,2,,BAFR,,,\n",
}
NAMED = st.sampled_from(sorted(VALID))


def told_or_refused(name: str, content: bytes) -> None:
    """Either every row is accounted for, or the file is refused by its name; nothing else may happen."""
    problems: tuple[Problem, ...] = ()
    try:
        told, _ = taken(name, content)
    except Refused as refused:
        problems = refused.problems
    else:
        assert sum(told.accepted.values()) + sum(told.rejected.values()) == sum(told.rows.values())
    assert all(problem.file == name and problem.rule for problem in problems)


@given(NAMED, st.floats(0, 1), st.one_of(st.binary(min_size=1, max_size=20), ODD.map(str.encode)))
@settings(STILL, max_examples=20)
def test_stray_bytes_anywhere_do_no_harm(name: str, share: float, stray: bytes) -> None:
    content = VALID[name]
    at = int(len(content) * share)
    told_or_refused(name, content[:at] + stray + content[at:])


@given(st.sampled_from(COLUMNS))
@settings(STILL, max_examples=9)
def test_a_column_left_out_does_no_harm(column: str) -> None:
    at = COLUMNS.index(column)
    told_or_refused(PART, written([row[:at] + row[at + 1 :] for row in PLAIN], COLUMNS[:at] + COLUMNS[at + 1 :]))
