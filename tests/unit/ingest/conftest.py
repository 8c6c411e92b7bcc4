"""Small deliveries, written as people would write them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import settings

from data.ingest.ingest import Ingested, ingest

TODAY = date(2026, 10, 1)
#: Property tests try the same files every time.
STILL = settings(derandomize=True, deadline=None)
Deliver = Callable[..., "Delivered"]


class Delivered:
    """What an ingest left behind, and how to ask it."""

    def __init__(self, con: duckdb.DuckDBPyConnection, told: Ingested) -> None:
        self.con, self.told = con, told

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.con.execute(query, list(values)).fetchall()

    def warnings(self, name: str) -> dict[str, int]:
        found = [delivery for delivery in self.told.deliveries if delivery.name == name]
        return {rule: count for delivery in found for rule, count in delivery.aside.items()}


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as connection:
        yield connection


@pytest.fixture
def deliver(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> Deliver:
    """Write files by name and content (text or bytes) below a folder, and ingest them."""

    def run(files: Mapping[str, str | bytes], today: date = TODAY) -> Delivered:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Delivered(con, ingest(con, tmp_path, today))

    return run
