"""Whoever is erased is in no table of the next snapshot, and older copies are named until they are deleted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from analytics.build.build import Wish, build, first_day_not_recorded
from data.commands import call
from data.home import Home, home
from data.snapshot.reading import current

WELL_KNOWN = """
SELECT person FROM person JOIN event USING (person) WHERE birth_date > '2010-01-01' AND sources > 5 AND records > 8
GROUP BY person ORDER BY count(*) DESC, person LIMIT 1
"""
NAMED = """
SELECT DISTINCT forename, surname, birth_date FROM person_record JOIN person_link USING (client) WHERE person = $person
AND forename IS NOT NULL AND surname IS NOT NULL AND birth_date IS NOT NULL
"""


@pytest.fixture(scope="module")
def place(small_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    copied = tmp_path_factory.mktemp("erasing") / "home"
    shutil.copytree(small_home, copied, ignore=shutil.ignore_patterns("journal*"))
    return home(copied)


def asked(place: Home, *words: str, capsys: Any) -> tuple[int, dict[str, Any]]:
    code = call("data.retention.command", ["erase", *words, "--home", str(place.path), "--json"])
    return code, json.loads(capsys.readouterr().out)


def holding(place: Home, column: str, numbers: set[int]) -> dict[str, int]:
    """Rows of each table of the served snapshot whose ``column`` names any of ``numbers``."""
    found = {}
    with current(place) as snapshot, snapshot.cursor() as cursor:
        tables = cursor.execute(
            "SELECT table_name FROM duckdb_columns() WHERE column_name = $column AND database_name = 'snapshot'",
            {"column": column},
        ).fetchall()
        for (table,) in tables:
            query = f"SELECT count(*) FROM {table} WHERE {column} IN (SELECT unnest($numbers::BIGINT[]))"
            if count := cursor.execute(query, {"numbers": sorted(numbers)}).fetchall()[0][0]:
                found[table] = count
    return found


@pytest.fixture(autouse=True)
def _own_journal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KINSIGHT_JOURNAL", raising=False)


def test_a_person_erased_is_gone_from_every_table_of_the_next_snapshot(
    place: Home, small_city: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with current(place) as snapshot, snapshot.cursor() as cursor:
        (person,) = cursor.execute(WELL_KNOWN).fetchall()[0]
        names = cursor.execute(NAMED, {"person": person}).fetchall()
    code, told = asked(place, "--person", str(person), "--reason", "her mother wrote on 3 March", capsys=capsys)
    assert code == 1, "the served snapshot holds her still"
    (one,) = told["erasures"]
    assert [copy["served"] for copy in one["snapshots"]] == [True]
    with current(place) as snapshot, snapshot.cursor() as cursor:
        held = cursor.execute("SELECT client FROM person_link WHERE person = $person", {"person": person}).fetchall()
    clients = {row[0] for row in held}
    before = holding(place, "person", {person})
    assert {"person", "event", "relationship", "search_name", "indicator_value", "person_link"} <= before.keys()

    sources = small_city / "sources"
    report = build(Wish(sources, place, first_day_not_recorded(sources)))
    assert report.left_out["erased"] == len(clients)
    for column, numbers in {
        "person": {person}, "other": {person}, "client": clients, "client_l": clients, "client_r": clients,
    }.items():  # fmt: skip
        assert holding(place, column, numbers) == {}, column
    with current(place) as snapshot, snapshot.cursor() as cursor:
        for forename, surname, born in names:
            like = "SELECT count(*) FROM person_record WHERE forename = ? AND surname = ? AND birth_date = ?"
            assert cursor.execute(like, [forename, surname, born]).fetchall() == [(0,)]
        left = cursor.execute("SELECT people FROM retired_row WHERE why = 'erased'").fetchall()
        records = cursor.execute("SELECT count(*), max(record) + 1 FROM person_record").fetchall()[0]
    assert left == [(len(clients),)]
    assert records[0] == records[1], "the numbers of records stay dense"

    code, told = asked(place, capsys=capsys)
    (one,) = told["erasures"]
    assert code == 1
    assert [copy["where"] for copy in one["snapshots"]] == ["snapshot-1.duckdb"]
    code, told = asked(place, "--purge", capsys=capsys)
    assert code == 0, "no snapshot holds her any more"
    assert "snapshot-1.duckdb" in told["deleted"]
    assert not (place.path / "truth-1").exists()
    with current(place) as snapshot:
        assert snapshot.manifest["snapshot"] == 2
        assert snapshot.manifest["left_out"]["erased"] == len(clients)
