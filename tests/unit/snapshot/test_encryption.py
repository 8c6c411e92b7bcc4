"""With KINSIGHT_KEY set, files are unreadable without it, and the key turns up nowhere."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.home import Home
from data.snapshot.engine import KeyRefused, StoreError, attach, connect, plain_errors, quoted
from data.snapshot.publish import Draft
from data.snapshot.reading import current
from tests.unit.snapshot.small import CITY, KEY, OTHER_KEY, publish

SECRET = b"Quennell"


def test_without_a_key_the_file_is_readable(place: Home) -> None:
    publish(place, SECRET.decode())
    assert SECRET in (place.snapshots / "snapshot-1.duckdb").read_bytes()


def test_with_a_key_no_file_of_the_build_holds_plain_text(place: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINSIGHT_KEY", KEY)
    work = connect(place.made(place.work) / "work.duckdb", spill=place.work)
    work.execute("CREATE TABLE person AS SELECT range AS person, 'Quennell' || range AS surname FROM range(5000)")
    with Draft(place, work) as draft:
        work.execute("CREATE TABLE snapshot.person AS FROM work.person")
        files = [file for file in place.path.rglob("*") if file.is_file()]
        assert len(files) >= 4, "the working files and their logs are there to be looked at"
        assert not [file.name for file in files if SECRET in file.read_bytes()]
        draft.manifest |= {"city": CITY, "today": "2026-10-01"}
    work.close()
    assert not [file.name for file in place.path.rglob("*") if file.is_file() and SECRET in file.read_bytes()]
    with current(place) as snapshot, snapshot.cursor() as cursor:
        assert cursor.execute("SELECT min(surname) FROM person").fetchone() == ("Quennell0",)


def test_what_spills_to_disk_is_encrypted(tmp_path: Path) -> None:
    connection = connect(spill=tmp_path)
    assert connection.execute("SELECT current_setting('temp_file_encryption')").fetchone() == (True,)
    connection.close()


@pytest.mark.parametrize("then", ["", OTHER_KEY])
def test_a_missing_or_wrong_key_is_refused(place: Home, monkeypatch: pytest.MonkeyPatch, then: str) -> None:
    monkeypatch.setenv("KINSIGHT_KEY", KEY)
    publish(place)
    monkeypatch.setenv("KINSIGHT_KEY", then)
    with pytest.raises(KeyRefused, match="KINSIGHT_KEY"), current(place):
        pass


def test_a_key_for_a_file_that_is_not_encrypted_is_refused(place: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(place)
    monkeypatch.setenv("KINSIGHT_KEY", KEY)
    with pytest.raises(KeyRefused), current(place):
        pass


@pytest.mark.parametrize("text", ["hunter2", "x' OR '1", "AAAA", KEY[:-4], "é" * 32])
def test_a_malformed_key_is_refused_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str
) -> None:
    monkeypatch.setenv("KINSIGHT_KEY", text)
    with pytest.raises(KeyRefused) as refused:
        connect(tmp_path / "work.duckdb")
    assert text not in str(refused.value)


def test_errors_hold_neither_key_nor_path_nor_a_bound_value(
    place: Home, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("KINSIGHT_KEY", KEY)
    publish(place)
    connection = connect()
    failures = []
    with current(place) as snapshot, snapshot.cursor() as cursor:
        for work in (
            lambda: attach(connection, place.path / "none" / "a.duckdb", "other", read_only=True),
            lambda: attach(connection, place.pointer, "other", read_only=True),
            lambda: cursor.execute("SELECT * FROM person WHERE person = $p", {"p": "Quennell"}),
            lambda: cursor.execute("SELECT $p::DATE", {"p": "Quennell"}),
        ):
            with pytest.raises(StoreError) as failed, plain_errors():
                work()
            failures.append("".join(traceback.format_exception(failed.value)))
    connection.close()
    told = "".join(failures) + caplog.text + "".join(capfd.readouterr())
    assert KEY not in told
    assert "duckdb.Error" not in told
    assert "Could not convert" not in told


@settings(deadline=None)
@given(st.text(st.characters(blacklist_characters="\x00", blacklist_categories=["Cs"])))
def test_quoting_gives_back_any_text(text: str) -> None:
    assert duckdb.sql(f"SELECT {quoted(text)}").fetchone() == (text,)


def test_nothing_is_downloaded_and_the_extension_comes_from_the_wheel() -> None:
    connection = connect()
    settings = ("autoinstall_known_extensions", "autoload_known_extensions", "allow_community_extensions")
    for name in settings:
        assert connection.execute("SELECT current_setting($name)", {"name": name}).fetchone() == (False,)
    loaded = connection.execute(
        "SELECT install_mode FROM duckdb_extensions() WHERE loaded AND extension_name = 'httpfs'"
    )
    assert loaded.fetchone() == ("NOT_INSTALLED",)
    connection.close()
