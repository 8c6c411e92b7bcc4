"""From the working tables to the draft of a snapshot: the same columns, in a fixed order of rows."""

from __future__ import annotations

import duckdb
import pandas as pd

from data.ingest.completeness import TABLES as COMPLETENESS
from data.snapshot.engine import ALIAS
from data.snapshot.tables import (
    CONTACT,
    COVERAGE,
    EVENT,
    FAMILY,
    FAMILY_MEMBER,
    HOME_STAY,
    KNOWN_CASE,
    LINK_HISTOGRAM,
    LINK_PAIR,
    LINK_PARAMETER,
    LINK_QUALITY,
    NEIGHBOURHOOD,
    PERSON,
    PERSON_LINK,
    PERSON_RECORD,
    REJECTED_ROW,
    RELATIONSHIP,
    RETIRED_ROW,
    SOURCE,
    SOURCE_FILE,
    TABLES,
    WARD,
    Table,
)

STAGED = (SOURCE, SOURCE_FILE, REJECTED_ROW, RETIRED_ROW, *COMPLETENESS, PERSON_RECORD)
LINKED = (
    PERSON, PERSON_LINK, LINK_PAIR, LINK_HISTOGRAM, LINK_PARAMETER, LINK_QUALITY, COVERAGE, RELATIONSHIP, FAMILY,
    FAMILY_MEMBER, HOME_STAY, EVENT, KNOWN_CASE, CONTACT, WARD, NEIGHBOURHOOD,
)  # fmt: skip
# The rest are small enough to order by every column.
KEYS = {"event": "event", "person_record": "record", "person": "person", "person_link": "client"}
# What only linkage and families need; dropped so that the models have the memory.
WORKING = ("staged", "linkage", "families")


def write_tables(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Create every table of the snapshot in the draft and fill those that are settled by now; rows a table."""
    for table in TABLES:
        con.execute(table.ddl(ALIAS))
    for schema, tables in (("staged", STAGED), ("main", LINKED)):
        for table in tables:
            con.execute(_copied(table, schema))
    return {table.name: _count(con, table) for table in (*STAGED, *LINKED)}


def _copied(table: Table, schema: str) -> str:
    columns = ", ".join(f'"{name}"' for name in table.names())
    order = KEYS.get(table.name, "ALL")
    return f"INSERT INTO {ALIAS}.{table.name} SELECT {columns} FROM {schema}.{table.name} ORDER BY {order}"


def _count(con: duckdb.DuckDBPyConnection, table: Table) -> int:
    return int(con.execute(f"SELECT count(*) FROM {ALIAS}.{table.name}").fetchall()[0][0])


def drop_working_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Let go of everything that is in the draft by now."""
    for schema in WORKING:
        con.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
    for table in LINKED:
        con.execute(f"DROP TABLE IF EXISTS main.{table.name}")


def append(con: duckdb.DuckDBPyConnection, table: Table, frame: pd.DataFrame) -> int:
    """Add a frame with the table's columns to the draft, in the frame's order; the number of rows.

    A number that a frame lacks is NULL in it (pandas knows no difference); where the table says that NaN means *not
    known* it is written as such.
    """
    con.register("appended", frame[list(table.names())])
    columns = ", ".join(_spelt(table, name, kind) for name, kind, _ in table.columns)
    con.execute(f"INSERT INTO {ALIAS}.{table.name} SELECT {columns} FROM appended")
    con.unregister("appended")
    return len(frame)


def _spelt(table: Table, name: str, kind: str) -> str:
    if table.name == "contribution" and name == "value":
        return f"""coalesce("{name}", 'nan'::FLOAT)"""
    return f'"{name}"::{kind}'
