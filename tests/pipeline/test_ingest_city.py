"""The invented city's files, taken whole: counts reconcile, and everybody who is written down arrives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data.ingest.ingest import Ingested, ingest
from data.sources import SOURCES

TODAY = date(2026, 10, 1)


@pytest.fixture(scope="module")
def city(small_city: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, Ingested]]:
    with duckdb.connect(config={"threads": 1}) as con:
        yield con, ingest(con, small_city / "sources", TODAY)


City = tuple[duckdb.DuckDBPyConnection, Ingested]


def one(con: duckdb.DuckDBPyConnection, query: str, *values: Any) -> Any:
    return con.execute(query, list(values)).fetchall()[0][0]


def test_accepted_and_rejected_make_the_rows_of_every_file(city: City) -> None:
    con, told = city
    assert one(con, "SELECT count(*) FROM staged.source_file WHERE accepted + rejected <> rows") == 0
    assert one(con, "SELECT count(*) FROM staged.rejected_row") == sum(told.rejected.values())
    assert one(con, "SELECT sum(rows) FROM staged.source") == sum(told.rows.values())
    assert sum(told.rejected.values()) < 0.001 * sum(told.rows.values())


def test_every_row_of_the_plain_files_is_counted(city: City, small_city: Path) -> None:
    con, _ = city
    files = con.execute("SELECT name, rows FROM staged.source_file WHERE name LIKE '%.parquet'").fetchall()
    assert len(files) > 10
    for name, rows in files:
        assert rows == one(con, "SELECT count(*) FROM read_parquet(?)", str(small_city / "sources" / name))


def test_everybody_whom_a_source_numbers_has_a_record(city: City, small_city: Path) -> None:
    """But for those whose only row a clerk spoilt: it is rejected, and told."""
    con, told = city
    missing = one(
        con,
        """
        WITH written AS (
            SELECT DISTINCT (md5_number_lower(source || '|' || local_id) >> 1)::BIGINT AS client
            FROM read_parquet(?) WHERE local_id IS NOT NULL AND list_contains(?, source)
        )
        SELECT count(*) FROM written ANTI JOIN staged.person_record USING (client)
        """,
        str(small_city / "truth" / "identity.parquet"),
        sorted({source.numbering for source in SOURCES.values()}),
    )
    assert missing <= sum(told.rejected.values())


@pytest.mark.parametrize("table", ["event", "relation", "coverage", "known_case", "contact"])
def test_whoever_anything_is_told_of_has_a_record(city: City, table: str) -> None:
    con, _ = city
    assert one(con, f"SELECT count(*) FROM staged.{table} ANTI JOIN staged.person_record USING (client)") == 0


def test_nothing_is_known_before_it_happened_or_ended_before_it_began(city: City) -> None:
    con, _ = city
    backwards = "known_on < occurred_on OR ended_on < occurred_on OR occurred_on > ?"
    missing = "known_on IS NULL OR occurred_on IS NULL"
    assert one(con, f"SELECT count(*) FROM staged.event WHERE {missing} OR {backwards}", TODAY) == 0


def test_running_feeds_reach_the_day_before_the_snapshot(city: City) -> None:
    con, _ = city
    assert one(con, "SELECT count(*) FROM staged.source WHERE period_to = DATE '2026-09-30'") >= 15
