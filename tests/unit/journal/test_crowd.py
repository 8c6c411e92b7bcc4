"""Many write at once, from threads and processes, and some die: the chain stays whole and loses nothing."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import sqlalchemy as sa

from data.journal.casework import allocate, allocations
from data.journal.journal import Entry, Journal
from data.journal.log import entries
from data.journal.tables import CITY_BINDING
from data.journal.verification import verify

ROOT = Path(__file__).parents[3]


def test_many_threads(journal: Journal) -> None:
    def write(thread: int) -> None:
        for number in range(15):
            journal.record(Entry(f"thread {thread}", "manager", "see figures", (number, number + 1)))

    with ThreadPoolExecutor(12) as threads:
        list(threads.map(write, range(12)))
    assert verify(journal).entries == 180
    assert verify(journal).ok
    assert set(Counter(row["reader"] for row in entries(journal)).values()) == {15}


def test_threads_that_allocate_at_once_get_numbers_of_their_own(journal: Journal) -> None:
    def give(person: int) -> int:
        entry = Entry("helen", "manager", "allocate", (person,))
        return allocate(journal, person, "ruth", "2026-10-01", "assessment", entry)

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(give, range(40))) == list(range(1, 41))
    assert len(allocations(journal)) == 40


def test_threads_that_meet_a_city_first_bind_it_once(journal: Journal) -> None:
    city = {"id": "abc", "name": "Testham", "invented": True}
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(journal.bind, [city] * 8))
    assert len(journal.rows(sa.select(CITY_BINDING))) == 1


def test_many_processes_one_of_which_is_killed(url: str) -> None:
    def process(number: int, count: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.unit.journal.crowd", url, str(count), str(number)]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)

    steady, doomed = [process(number, 40) for number in (1, 2)], process(3, 1_000_000)
    with doomed, steady[0], steady[1]:
        assert doomed.stdout
        doomed.stdout.readline()
        assert [child.wait(60) for child in steady] == [0, 0]
        doomed.kill()
    journal = Journal(url)
    found = verify(journal)
    assert found.ok, found.problem
    wrote = Counter(row["reader"] for row in entries(journal, limit=1_000_000))
    assert (wrote["process 1"], wrote["process 2"]) == (40, 40)
    journal.record(Entry("after", "manager", "see figures"))
    assert verify(journal).entries == found.entries + 1
    journal.close()
