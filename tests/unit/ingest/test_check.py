"""``python -m data check``: what it prints, and what its exit code says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from data.__main__ import COMMANDS
from data.commands import main

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n101,1,03/02/2010,WBRI,nope,,\n,2,04/02/2011,BAFR,,,\n"
SSDA903 = {"header": 2675, "episodes": 5050, "reviews": 12582, "missing": 43}


def check(capsys: pytest.CaptureFixture[str], *paths: Path) -> tuple[int, list[dict[str, Any]], str]:
    code = main("data", COMMANDS, ["check", *map(str, paths), "--json"])
    printed = capsys.readouterr()
    return code, [json.loads(line) for line in printed.out.splitlines()], printed.err


def test_a_file_is_told_as_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "header 2018-19.csv"
    path.write_text(HEADER.replace("MC_DOB", "WORKER"))
    code, told, _ = check(capsys, path)
    assert code == 0
    assert told == [
        {
            "file": str(path), "source": "ssda903", "year": 2019, "term": None, "parts": {"header": 2}, "rows": 2,
            "accepted": 1, "rejected": 1, "children": 1,
            "missing": {"header": ["MC_DOB"]}, "unknown": {"header": ["WORKER"]},
            "warnings": {"MC_DOB: column is missing": 1, "UPN: is not a valid unique pupil number": 1},
            "first_lines": {"UPN: is not a valid unique pupil number": 2},
            "rejections": {"CHILD: is empty": 1}, "first_rejected": {"CHILD: is empty": 3},
        }
    ]  # fmt: skip


def test_a_file_that_cannot_be_taken_makes_the_exit_code_wrong_and_does_not_stop_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n")
    (tmp_path / "header.csv").write_text(HEADER)
    code, told, said = check(capsys, tmp_path, tmp_path / "gone.csv")
    assert code == 1
    assert [(each["source"], "error" in each) for each in told] == [(None, True), ("ssda903", False), (None, True)]
    assert "a.csv, line 1: not a file of any declared source" in said
    assert "gone.csv: there is no such file" in said


def test_the_plain_form_names_rules_and_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "header.csv").write_text(HEADER)
    assert main("data", COMMANDS, ["check", str(tmp_path)]) == 0
    assert "rejection: CHILD: is empty (1, first on line 3)" in capsys.readouterr().out


@pytest.mark.parametrize("folder", ["ssda903", "cin_census", "annex_a", "school_census_2024_autumn"])
def test_the_real_files_lose_no_row(shared_data: Path, folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [path for path in sorted((shared_data / folder).iterdir()) if path.suffix != ".xsd"]
    code, told, said = check(capsys, *paths)
    assert (code, said) == (0, "")
    assert [each["file"] for each in told if each["rejected"] or not each["accepted"]] == []


def test_the_real_looked_after_lists_are_read_whole(shared_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, told, _ = check(capsys, *(shared_data / "ssda903" / f"{part}.csv" for part in SSDA903))
    assert {part: rows for each in told for part, rows in each["parts"].items()} == SSDA903
