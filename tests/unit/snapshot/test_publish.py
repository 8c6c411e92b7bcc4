"""A snapshot is published whole or not at all."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from data.home import Home
from data.snapshot.engine import StoreError, connect
from data.snapshot.lock import Busy
from data.snapshot.publish import KEPT, Draft
from data.snapshot.reading import current, served
from tests.unit.snapshot.small import CITY, publish

ROOT = Path(__file__).parents[3]


def surnames(place: Home) -> tuple[int, str, int]:
    """Number, first surname and people of the snapshot being served."""
    with current(place) as snapshot, snapshot.cursor() as cursor:
        first, people = cursor.execute("SELECT min(surname), count(*) FROM person").fetchall()[0]
        return snapshot.manifest["snapshot"], first, people


@pytest.fixture
def build(place: Home) -> Iterator[Callable[[int], str]]:
    """A build in a process of its own that is killed; see `doomed_build`."""
    if sys.platform == "win32":
        pytest.skip("there is no SIGKILL on Windows")
    command = [sys.executable, "-m", "tests.unit.snapshot.doomed_build", str(place.path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdin
        assert parent.stdout

        def ended(number: int) -> str:
            parent.stdin.write(f"{number}\n")
            parent.stdin.flush()
            return parent.stdout.readline().strip()

        yield ended


def test_what_was_published_is_served_with_its_manifest(place: Home) -> None:
    publish(place, "Bell")
    assert surnames(place) == (1, "Bell0", 1000)
    side = json.loads((place.snapshots / "snapshot-1.json").read_text())
    assert side["city"] == CITY
    with current(place) as snapshot:
        assert snapshot.manifest == side
        assert (snapshot.id, snapshot.today.isoformat(), snapshot.invented) == ("abc-1", "2026-10-01", True)


def test_a_build_that_fails_leaves_the_last_snapshot_and_no_litter(place: Home) -> None:
    publish(place, "Bell")
    before = sorted(file.name for file in place.snapshots.iterdir())
    with pytest.raises(duckdb.Error), Draft(place) as draft:
        draft.connection.execute("CREATE TABLE person AS SELECT error('no') FROM range(10)")
    assert surnames(place) == (1, "Bell0", 1000)
    assert sorted(file.name for file in place.snapshots.iterdir()) == before


def test_a_manifest_without_city_or_date_is_not_published(place: Home) -> None:
    with pytest.raises(StoreError, match="lacks city, today"), Draft(place):
        pass
    assert not place.pointer.exists()


def test_a_home_takes_no_second_city(place: Home) -> None:
    publish(place)
    with pytest.raises(StoreError, match="another city"):
        publish(place, city=CITY | {"id": "other"})
    assert surnames(place)[0] == 1


def test_two_builds_at_once_are_one_too_many(place: Home) -> None:
    with Draft(place) as draft:
        with pytest.raises(Busy), Draft(place):
            pass
        draft.manifest |= {"city": CITY, "today": "2026-10-01"}
    assert place.pointer.read_text() == "snapshot-1.duckdb\n"


def test_the_last_few_snapshots_are_kept(place: Home) -> None:
    for _ in range(KEPT + 2):
        publish(place)
    kept = sorted(file.name for file in place.snapshots.glob("*.duckdb"))
    assert kept == ["snapshot-3.duckdb", "snapshot-4.duckdb", "snapshot-5.duckdb"]


def test_a_draft_can_be_filled_from_the_builds_own_database(place: Home) -> None:
    work = connect(place.made(place.work) / "work.duckdb", spill=place.work)
    work.execute("CREATE SCHEMA staged")
    work.execute("CREATE TABLE staged.person AS SELECT 7 AS person, 'Bell0' AS surname")
    with Draft(place, work) as draft:
        work.execute("CREATE TABLE snapshot.person AS FROM staged.person")
        draft.manifest |= {"city": CITY, "today": "2026-10-01"}
    assert work.execute("SELECT count(*) FROM staged.person").fetchone() == (1,)
    work.close()
    assert surnames(place) == (1, "Bell0", 1)


def test_a_build_killed_at_any_disk_step_leaves_a_whole_snapshot(place: Home, build: Callable[[int], str]) -> None:
    publish(place, "Bell")
    seen: dict[bytes, str] = {}
    for step in range(1, 60):
        end = build(step)
        file = served(place).read_bytes()
        # Opening costs more than hashing, and a file that was read whole before is whole still.
        if hashlib.sha256(file).digest() not in seen:
            seen[hashlib.sha256(file).digest()] = surnames(place)[1]
            assert surnames(place)[2] == 1000
        if end == "finished":
            break
    assert end == "finished"
    assert set(seen.values()) == {"Bell0", "Later0"}
    number = surnames(place)[0]
    assert publish(place, "Last") > number
    assert surnames(place)[1] == "Last0"
    assert not [*place.snapshots.glob("*.partial*"), *place.snapshots.glob("*.new")]


def test_a_build_killed_at_random_moments_leaves_a_whole_snapshot(place: Home, build: Callable[[int], str]) -> None:
    publish(place, "Bell")
    moments = random.Random(20261001)
    for _ in range(8):
        assert build(-moments.randint(20, 500)) == "killed"
        assert surnames(place)[2] == 1000
    publish(place, "Last")
    assert surnames(place)[1:] == ("Last0", 1000)
