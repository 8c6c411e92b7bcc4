"""``python -m data journal``: verify, and copy."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from data import commands
from data.__main__ import COMMANDS
from data.home import Home, home
from data.journal.journal import Entry, Journal, url_of
from data.journal.verification import verify

ROOT = Path(__file__).parents[3]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv("KINSIGHT_JOURNAL", raising=False)
    journal = Journal(url_of(home(tmp_path)))
    for number in range(3):
        journal.record(Entry("ruth", "lead_professional", "see person", (number,)))
    journal.close()
    return home(tmp_path)


def run(*arguments: str) -> int:
    return commands.main("data", COMMANDS, ["journal", *arguments])


def tamper(place: Home, statement: str) -> None:
    connection = sqlite3.connect(place.journal)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_whole_journal_is_said_to_be_whole(place: Home) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "data", "journal", "verify", "--home", str(place.path), "--json"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    assert (found["ok"], found["entries"], found["first_bad"]) == (True, 3, None)


def test_a_tampered_journal_is_pointed_at(place: Home, capsys: pytest.CaptureFixture[str]) -> None:
    tamper(place, "UPDATE access_entry SET reader = 'x' WHERE seq = 2")
    assert run("verify", "--home", str(place.path)) == 1
    assert "at entry 2: the entry was changed" in capsys.readouterr().out


def test_a_verification_mends_nothing(place: Home, capsys: pytest.CaptureFixture[str]) -> None:
    tamper(place, "SELECT 1")
    for _ in range(2):
        assert run("verify", "--home", str(place.path)) == 1
        assert "no longer refuses changes" in capsys.readouterr().out


def test_a_noted_head_is_checked(place: Home, capsys: pytest.CaptureFixture[str]) -> None:
    journal = Journal(url_of(place))
    head = verify(journal).head
    journal.close()
    assert run("verify", "--home", str(place.path), "--expect", f"3:{head}") == 0
    assert run("verify", "--home", str(place.path), "--expect", f"2:{head}", "--json") == 1
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["first_bad"] == 2


def test_where_there_is_no_journal_none_is_made(tmp_path: Path) -> None:
    assert run("verify", "--home", str(tmp_path / "none")) == 2
    assert not (tmp_path / "none").exists()


def test_a_backup_is_whole_and_takes_the_journals_place(place: Home, tmp_path: Path) -> None:
    writing = Journal(url_of(place))
    writing.record(Entry("ruth", "lead_professional", "see person", (9,)))
    assert run("backup", str(tmp_path / "copy.sqlite"), "--home", str(place.path)) == 0
    writing.record(Entry("ruth", "lead_professional", "see person", (10,)))
    writing.close()
    for file in place.path.glob("journal.sqlite*"):
        file.unlink()
    (tmp_path / "copy.sqlite").rename(place.journal)
    restored = Journal(url_of(place))
    assert (verify(restored).ok, verify(restored).entries) == (True, 4)
    restored.close()


def test_a_backup_overwrites_nothing(place: Home, tmp_path: Path) -> None:
    (tmp_path / "copy.sqlite").write_text("mine")
    assert run("backup", str(tmp_path / "copy.sqlite"), "--home", str(place.path)) == 2
    assert (tmp_path / "copy.sqlite").read_text() == "mine"


def test_only_its_owner_can_read_the_journal(place: Home) -> None:
    assert place.journal.stat().st_mode & 0o077 == 0


def test_a_database_that_is_no_journal_is_said_so(
    place: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place.journal.write_bytes(b"not a database, but long enough to be looked at as one" * 40)
    assert run("verify", "--home", str(place.path)) == 2
    monkeypatch.setenv("KINSIGHT_JOURNAL", f"sqlite:///{place.path}/empty.sqlite")
    assert run("verify") == 2
    monkeypatch.setenv("KINSIGHT_JOURNAL", f"sqlite:///{place.path}")
    assert run("verify") == 2
    said = capsys.readouterr().err
    assert said.count("the journal can't be used") == 3
    assert "access_entry" not in said
