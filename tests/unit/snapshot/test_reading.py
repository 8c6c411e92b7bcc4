"""Reading: one cursor a script run, no rows of others, and snapshots closed when nobody needs them."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from data.home import Home
from data.snapshot.engine import Damaged, connect
from data.snapshot.publish import point
from data.snapshot.reading import NoSnapshot, Snapshot, current, opened
from tests.unit.snapshot.small import publish


def test_four_threads_never_see_each_others_rows(place: Home) -> None:
    publish(place)
    together = threading.Barrier(4)

    def ask(thread: int) -> list[object]:
        together.wait()
        wrong: list[object] = []
        for number in range(90):
            asked = (thread * 250 + number * 7) % 1000
            with current(place) as snapshot, snapshot.cursor() as cursor:
                got = cursor.execute("SELECT person, surname FROM person WHERE person = $p", {"p": asked}).fetchall()
            wrong += [] if got == [(asked, f"Bell{asked}")] else [(asked, got)]
        return wrong

    with ThreadPoolExecutor(4) as threads:
        assert [wrong for found in threads.map(ask, range(4)) for wrong in found] == []


def test_a_cursor_knows_the_tables_by_their_plain_names(place: Home) -> None:
    publish(place)
    with current(place) as snapshot, snapshot.cursor() as first, snapshot.cursor() as second:
        for cursor in (first, second):
            assert cursor.execute("SELECT count(*) FROM person").fetchone() == (1000,)


def test_what_is_read_once_is_read_by_one_and_given_to_all_and_an_error_is_not_kept(place: Home) -> None:
    publish(place, 10)
    read: list[object] = []

    def slowly() -> object:
        read.append(threading.Event().wait(0.05))
        return read

    def refused() -> object:
        read.append("refused")
        raise LookupError

    with current(place) as snapshot, ThreadPoolExecutor(4) as pool:
        for _ in range(2):
            with pytest.raises(LookupError):
                snapshot.once("facts", refused)
        assert set(map(id, pool.map(lambda _: snapshot.once("facts", slowly), range(4)))) == {id(read)}
    assert read == ["refused", "refused", False]


def test_a_session_finishes_on_the_snapshot_it_began_with(place: Home) -> None:
    publish(place, "Bell")
    with current(place) as before, before.cursor() as cursor:
        publish(place, "Lake")
        with current(place) as after:
            assert (before.id, after.id) == ("abc-1", "abc-2")
        assert cursor.execute("SELECT min(surname) FROM person").fetchone() == ("Bell0",)


def test_one_snapshot_is_opened_once_and_closed_when_it_is_old_and_unused(place: Home) -> None:
    publish(place)
    with current(place) as first, current(place) as second:
        assert first is second
        publish(place)
        with current(place):
            assert {path.name for path in opened() if path.parent == place.snapshots} == {
                "snapshot-1.duckdb", "snapshot-2.duckdb",
            }  # fmt: skip
    with current(place):
        assert {path.name for path in opened() if path.parent == place.snapshots} == {"snapshot-2.duckdb"}


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE snapshot.mine AS FROM range(3)",
        "DELETE FROM person",
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY person TO 'people.csv'",
        "ATTACH 'other.duckdb' AS other",
        "INSTALL spatial",
        "SET enable_external_access = true",
    ],
)
def test_reading_can_neither_write_nor_reach_outside(place: Home, statement: str) -> None:
    publish(place)
    with current(place) as snapshot, snapshot.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(statement)


def test_nothing_published_yet_is_said_so(place: Home) -> None:
    with pytest.raises(NoSnapshot, match="no snapshot yet"), current(place):
        pass


def test_a_pointer_to_a_file_that_is_gone_is_said_so(place: Home) -> None:
    publish(place)
    (place.snapshots / "snapshot-1.duckdb").unlink()
    with pytest.raises(NoSnapshot, match="not there"), current(place):
        pass


@pytest.mark.parametrize("name", ["", "../elsewhere.duckdb"])
def test_a_pointer_leads_nowhere_else(place: Home, name: str) -> None:
    publish(place)
    point(place, name)
    with pytest.raises(Damaged), current(place):
        pass


@pytest.mark.parametrize("harm", ["noise", "half", "empty"])
def test_a_damaged_file_is_said_to_be_damaged(place: Home, harm: str) -> None:
    publish(place)
    file = place.snapshots / "snapshot-1.duckdb"
    whole = file.read_bytes()
    file.write_bytes({"noise": b"\x07" * 50_000, "half": whole[: len(whole) // 2], "empty": b""}[harm])
    with pytest.raises(Damaged, match=r"damaged|not a snapshot"), current(place):
        pass


def test_a_database_that_is_no_snapshot_is_refused(tmp_path: Path) -> None:
    connect(tmp_path / "other.duckdb").close()
    with pytest.raises(Damaged, match="manifest"):
        Snapshot(tmp_path / "other.duckdb")
