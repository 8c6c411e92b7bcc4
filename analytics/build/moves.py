"""Whose clients became whose since the last build, so that somebody shown under an old number can be followed.

    split      the larger part keeps the number, the rest becomes another person
    merged     the one with fewer clients becomes the other

Snapshots are deleted after a few builds; what moved is carried on from each to the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb
import pandas as pd

from analytics.build.before import previous_links
from data.home import Home
from data.snapshot.engine import ALIAS
from data.snapshot.reading import NoSnapshot, current
from data.snapshot.tables import PERSON_MOVED

_HAS = "SELECT 1 FROM duckdb_tables() WHERE table_name = $table AND database_name = current_database()"
_EARLIER = f"SELECT person, became, clients, build FROM {PERSON_MOVED.name} ORDER BY ALL"
_CARRY_ON = f"INSERT INTO {ALIAS}.{PERSON_MOVED.name} SELECT person, became, clients, build FROM moved_earlier"
_NEW = f"""
INSERT INTO {ALIAS}.{PERSON_MOVED.name}
SELECT p.person, l.person AS became, count(*) AS clients, $build AS build
FROM linked_before p JOIN {ALIAS}.person_link l USING (client) WHERE p.person <> l.person GROUP BY ALL ORDER BY ALL
"""


def keep(con: duckdb.DuckDBPyConnection, home: Home, city: Mapping[str, Any], build: int) -> int:
    """Into the draft: what moved in earlier builds and what moves in this one; how many rows are this one's."""
    links, earlier = previous_links(home, city), _earlier(home, city)
    _with(con, "moved_earlier", earlier, _CARRY_ON)
    _with(con, "linked_before", links, _NEW, build)
    return 0 if links is None else _count(con, build)


def _with(
    con: duckdb.DuckDBPyConnection, name: str, frame: pd.DataFrame | None, insert: str, build: int | None = None
) -> None:
    if frame is not None:
        con.register(name, frame)
        con.execute(insert, {} if build is None else {"build": build})
        con.unregister(name)


def _earlier(home: Home, city: Mapping[str, Any]) -> pd.DataFrame | None:
    try:
        with current(home) as snapshot, snapshot.cursor() as cursor:
            there = cursor.execute(_HAS, {"table": PERSON_MOVED.name}).fetchall()
            return cursor.execute(_EARLIER).df() if there and snapshot.city["id"] == city["id"] else None
    except NoSnapshot:
        return None


def _count(con: duckdb.DuckDBPyConnection, build: int) -> int:
    rows = con.execute(f"SELECT count(*) FROM {ALIAS}.{PERSON_MOVED.name} WHERE build = ?", [build]).fetchall()
    return int(rows[0][0])
