"""Parquet: columns keep their types where they are those that the declaration asks for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from data.ingest.match import Match, best, named, tidy, year_and_term
from data.ingest.refusal import refuse
from data.ingest.sheet import Found, Place, Sheet
from data.ingest.sql import name as quoted
from data.schema import Column, Part, Source

MOST_COLUMNS = 1000
MOST_ROWS = 200_000_000


def find(path: Path, name: str, candidates: Sequence[tuple[Source, Part]]) -> Found:
    """What a Parquet file is. Raises `Refused` where it is damaged, absurd or nothing declared."""
    headings, rows = _shape(path, name)
    by_name = [(source, part) for source, part in candidates if named(part, path.stem)]
    found = best(by_name, headings, 0.0) or best(candidates, headings)
    if len(found) != 1:
        raise refuse(name, "not a file of any declared source: neither its name nor its columns are known")
    year, term = year_and_term(found[0].part, path)

    def read(con: duckdb.DuckDBPyConnection, folder: Path) -> tuple[Sheet, ...]:
        return (_sheet(con, path, name, found[0], headings, rows),)

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


def _sheet(
    con: duckdb.DuckDBPyConnection, path: Path, name: str, found: Match, headings: list[str], rows: int
) -> Sheet:
    try:
        types = {
            row[0]: row[1] for row in con.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
        }
    except duckdb.Error as error:
        raise refuse(name, "the file is no readable Parquet: damaged or cut short") from error
    places = {
        column: Place(_spelt(found.part.column(column), headings[at]), types[headings[at]])
        for column, at in found.at.items()
    }
    relation = "read_parquet(?, file_row_number = true)"
    return Sheet(found.source, found.part, places, relation, (str(path),), line="file_row_number + 1", rows=rows)


def _spelt(column: Column, heading: str) -> str:
    """The column as declared, in the spelling that the file uses: DuckDB takes no heed of case."""
    return quoted(next(each for each in (column.name, *column.also) if tidy(each) == tidy(heading)))
