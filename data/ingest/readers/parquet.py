"""Parquet: columns keep their types where they are those that the declaration asks for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from data.ingest.match import Match, best, named, year_and_term
from data.ingest.refusal import refuse
from data.ingest.sheet import Found, Place, Sheet
from data.ingest.sql import name as quoted
from data.schema import Part, Source

MOST_COLUMNS = 1000
MOST_ROWS = 200_000_000


def find(path: Path, name: str, candidates: Sequence[tuple[Source, Part]]) -> Found:
    """What a Parquet file is. Raises `Refused` where it is damaged, absurd or nothing declared."""
    headings, rows = _shape(path, name)
    plain = [(source, part) for source, part in candidates if not part.catch_all]
    by_name = [(source, part) for source, part in plain if named(part, path.stem)]
    found = best(by_name, headings, 0.0) or best(plain, headings)
    if len(found) != 1:
        raise refuse(name, "not a file of any declared source: neither its name nor its columns are known")
    year, term = year_and_term(found[0].source, found[0].part, path)

    def read(con: duckdb.DuckDBPyConnection, folder: Path) -> tuple[Sheet, ...]:
        return (_sheet(con, path, name, found[0], rows),)

    return Found(path, name, found[0].source, read, year, term)


def _shape(path: Path, name: str) -> tuple[list[str], int]:
    try:
        shape = pq.read_metadata(path)
        headings = shape.schema.to_arrow_schema().names
    except (pa.ArrowException, OSError) as error:
        raise refuse(name, "the file is no readable Parquet: damaged or cut short") from error
    if len(headings) > MOST_COLUMNS or shape.num_rows > MOST_ROWS:
        raise refuse(
            name,
            f"the file has {len(headings):,} columns and {shape.num_rows:,} rows: more than is taken",
        )
    return headings, shape.num_rows


def _sheet(con: duckdb.DuckDBPyConnection, path: Path, name: str, found: Match, rows: int) -> Sheet:
    try:
        columns = con.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    except duckdb.Error as error:
        raise refuse(name, "the file is no readable Parquet: damaged or cut short") from error
    # By position, in DuckDB's own spelling: of columns that differ by case alone it renames all but the first.
    places = {column: Place(quoted(columns[at][0]), columns[at][1]) for column, at in found.at.items()}
    return Sheet(
        found.source,
        found.part,
        places,
        "read_parquet(?, file_row_number = true)",
        (str(path),),
        line="file_row_number + 1",
        notes=found.notes,
        rows=rows,
        missing=found.missing,
        unknown=found.unknown,
    )
