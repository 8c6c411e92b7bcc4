"""CSV: DuckDB reads what is well formed, at speed; what is not goes through ``ragged``, row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import duckdb

from data.ingest.inspection import Text, inspect, transcoded
from data.ingest.match import ENOUGH, Match, best, named, nearest, year_and_term
from data.ingest.readers import ragged
from data.ingest.refusal import refuse
from data.ingest.sheet import Found, Place, Sheet
from data.schema import Part, Source

DELIMITERS = (",", ";", "\t", "|")
HEAD = 1 << 18
# Titles that people put above the headings.
MOST_PREAMBLE = 20
MOST_COLUMNS = 1000
LONGEST_LINE = 1 << 21

Candidates = Sequence[tuple[Source, Part]]


@dataclass(frozen=True)
class Headings:
    """Where the headings are and what they say; ``line`` is the last line that they fill."""

    match: Match
    delimiter: str
    line: int
    width: int
    preamble: int


def find(path: Path, name: str, candidates: Candidates) -> Found:
    """What a CSV file is. Raises `Refused` where it is nothing declared, or can't be text."""
    text = inspect(path, name)
    headings = _headings(name, _head(path, text.encoding), candidates)
    year, term = year_and_term(headings.match.source, headings.match.part, path)

    def read(con: duckdb.DuckDBPyConnection, folder: Path) -> tuple[Sheet, ...]:
        return (_sheet(con, path, name, text, headings, folder),)

    return Found(path, name, headings.match.source, read, year, term)


def _head(path: Path, encoding: str) -> str:
    with path.open("r", encoding=encoding, errors="replace", newline="") as stream:
        return stream.read(HEAD).removeprefix("\ufeff")


def _headings(name: str, head: str, candidates: Candidates) -> Headings:
    plain = [(source, part) for source, part in candidates if not part.catch_all]
    last = [(source, part) for source, part in candidates if part.catch_all]
    by_name = [(source, part) for source, part in plain if named(part, Path(name).stem)]
    rows = [(delimiter, list(_first_rows(head, delimiter))) for delimiter in DELIMITERS]
    # A title or a stray line has one field, and hardly any part is told by one column.
    fewest = min(2, *(len(part.columns) for _, part in candidates))
    # Under the name that a part declares, the columns that every row needs are enough.
    for wanted, enough in ((by_name, 0.0), (plain, ENOUGH), (last, ENOUGH)):
        for delimiter, first in rows:
            for number, (line, cells) in enumerate(first):
                if not fewest <= sum(map(bool, cells)) <= len(cells) <= MOST_COLUMNS:
                    continue
                found = _only(name, best(wanted, cells, enough, Path(name).stem))
                if found:
                    return Headings(found, delimiter, line, len(cells), number)
    raise _unknown(name, rows, by_name, candidates)


def _first_rows(head: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    try:
        for _ in range(MOST_PREAMBLE):
            cells = next(reader)
            yield reader.line_num, cells
    except (StopIteration, csv.Error):
        return


def _only(name: str, found: tuple[Match, ...]) -> Match | None:
    if len(found) > 1:
        could = " or ".join(sorted(f"{each.source.name} {each.part.name}" for each in found))
        raise refuse(
            name, f"the columns could be {could}: name the file as its source does, such as {found[0].part.file}"
        )
    return found[0] if found else None


def _unknown(
    name: str, rows: list[tuple[str, list[tuple[int, list[str]]]]], by_name: Candidates, candidates: Candidates
) -> Exception:
    widest = max((len(cells) for _, first in rows for _, cells in first), default=0)
    if widest > MOST_COLUMNS:
        return refuse(name, f"the file has {widest:,} columns; more than {MOST_COLUMNS:,} is not taken", 1)
    likeliest = [nearest(by_name or candidates, cells) for _, first in rows for _, cells in first]
    near = max((each for each in likeliest if each), key=lambda m: m.likeness, default=None)
    if near and near.likeness >= 0.5 and near.lacking:
        what = f"{near.source.name} {near.part.name}"
        return refuse(name, f"looks like {what}, but lacks the column that every row needs", 1, ", ".join(near.lacking))
    if by_name:
        what = " or ".join(sorted(f"{source.name} {part.name}" for source, part in by_name))
        return refuse(name, f"is named as {what}, but none of its first lines has the headings of one", 1)
    return refuse(name, "not a file of any declared source: neither its name nor its columns are known", 1)


def _sheet(
    con: duckdb.DuckDBPyConnection, path: Path, name: str, text: Text, headings: Headings, folder: Path
) -> Sheet:
    if text.encoding != "utf-8":
        path = _in_utf8(path, name, text.encoding, folder)
        text = inspect(path, name)
    relation, values = _relation(path, headings)
    rows = _strict_rows(con, relation, values)
    consecutive = text.lines + (not text.ends_line) - text.blank_tail - headings.line
    if rows is None or rows != consecutive or headings.preamble:
        return ragged.sheet(path, name, headings.match, headings.delimiter, headings.line, headings.width, folder)
    places = {column: Place(f"c{at}") for column, at in headings.match.at.items()}
    found = headings.match
    return Sheet(
        found.source,
        found.part,
        places,
        relation,
        values,
        first_line=headings.line + 1,
        notes=found.notes,
        rows=rows,
        missing=found.missing,
        unknown=found.unknown,
    )


def _in_utf8(path: Path, name: str, encoding: str, folder: Path) -> Path:
    try:
        return transcoded(path, encoding, Path(mkdtemp(dir=folder)) / "utf8.csv")
    except UnicodeDecodeError as error:
        raise refuse(name, f"the file begins as {encoding}, but not all of it is: save it as UTF-8") from error


def _relation(path: Path, headings: Headings) -> tuple[str, tuple[object, ...]]:
    """A strict read of every field as text. Columns are named by position: what a file calls them never enters SQL."""
    columns = ", ".join(f"c{i}: 'VARCHAR'" for i in range(headings.width))
    options = f"columns = {{{columns}}}, max_line_size = {LONGEST_LINE}, strict_mode = true, null_padding = false"
    fixed = "auto_detect = false, header = true, quote = '\"', escape = '\"', encoding = 'utf-8'"
    return f"read_csv(?, delim = ?, {fixed}, {options})", (str(path), headings.delimiter)


def _strict_rows(con: duckdb.DuckDBPyConnection, relation: str, values: tuple[object, ...]) -> int | None:
    """How many rows a strict read gives; None where the file is not well formed."""
    try:
        return con.execute(f"SELECT count(*) FROM {relation}", values).fetchall()[0][0]
    except duckdb.Error:
        return None
