"""Ofsted Annex A workbooks: a sheet a list, recognised by its title or its columns."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow as pa

from data.ingest.match import Match, best, match, year_and_term
from data.ingest.refusal import refuse
from data.ingest.sheet import Found, Place, Sheet
from data.schema import Part, Source

# A workbook is a zip, and a few kilobytes of zip can hold a terabyte of nothing.
LARGEST_UNPACKED = 1 << 29
LARGEST_RATIO = 200
SMALL = 1 << 24
MOST_COLUMNS = 1000
MOST_CELLS = 5_000_000
MOST_PREAMBLE = 10
_TITLE = re.compile(r"list\s*_?(\d{1,2})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Listed:
    """A sheet that is a list: its title, its columns, and the row that holds the headings."""

    title: str
    match: Match
    row: int


def find(path: Path, name: str, source: Source) -> Found:
    """What a workbook is. Raises `Refused` where it is none, is absurd, or holds none of the lists."""
    _no_bomb(path, name)
    with _opened(path, name) as book:
        lists = [found for sheet in book.worksheets if (found := _listed(source, sheet)) is not None]
        others = len(book.worksheets) - len(lists)
    if not lists:
        raise refuse(name, "not a file of any declared source: no sheet of the workbook is a list that is known")
    twice = {each.match.part.name for each in lists if sum(other.match.part is each.match.part for other in lists) > 1}
    if twice:
        raise refuse(name, f"two sheets of the workbook are the same list: {', '.join(sorted(twice))}")
    year, _ = year_and_term(lists[0].match.part, path)
    return Found(path, name, source, partial(_sheets, path, name, source, lists, others), year)


def _no_bomb(path: Path, name: str) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, OSError):
        raise refuse(name, "the file is no readable workbook: damaged, cut short or protected by a password") from None
    unpacked = sum(entry.file_size for entry in entries)
    swollen = any(
        entry.file_size > SMALL and entry.file_size > LARGEST_RATIO * max(1, entry.compress_size) for entry in entries
    )
    if unpacked > LARGEST_UNPACKED or swollen:
        raise refuse(name, f"the workbook unpacks to {unpacked:,} bytes: more than any list of children could fill")


@contextmanager
def _opened(path: Path, name: str) -> Iterator[Any]:
    """The workbook, read only, with the values that its formulas had when it was saved."""
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except Exception:
        # openpyxl raises whatever its parsers do (KeyError, ValueError, ParseError ...), with the cell's text in it.
        raise refuse(name, "the file is no readable workbook: damaged, cut short or protected by a password") from None
    try:
        yield book
    finally:
        book.close()


def _listed(source: Source, sheet: Any) -> Listed | None:
    """Which list the sheet is, from the first row that has the headings of one."""
    sheet.reset_dimensions()
    titled = _TITLE.search(sheet.title)
    by_title = [part for part in source.parts if titled and part.name == f"list_{titled[1]}"]
    for number, cells in enumerate(islice(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), MOST_PREAMBLE), 1):
        headings = ["" if cell is None else str(cell) for cell in cells]
        found = _match(source, by_title, headings)
        if found is not None:
            return Listed(sheet.title, found, number)
    return None


def _match(source: Source, by_title: Sequence[Part], headings: list[str]) -> Match | None:
    titled = [
        found
        for found in (match(source, part, headings) for part in by_title)
        if not found.lacking and len(found.at) > 1
    ]
    found = titled or best([(source, part) for part in source.parts], headings)
    return found[0] if len(found) == 1 else None


def _sheets(
    path: Path,
    name: str,
    source: Source,
    lists: list[Listed],
    others: int,
    con: duckdb.DuckDBPyConnection,
    folder: Path,
) -> tuple[Sheet, ...]:
    with _opened(path, name) as book:
        tables = [(each, _table(name, book[each.title], each)) for each in lists]
    notes = {"sheets that are no list": others} if others else {}
    return tuple(_sheet(source, each, table, notes if i == 0 else {}) for i, (each, table) in enumerate(tables))


def _sheet(source: Source, each: Listed, table: pa.Table, notes: dict[str, int]) -> Sheet:
    part = each.match.part
    label = f"{source.name} {part.name}"
    places = {column: Place(f'"c{at}"') for column, at in each.match.at.items()}
    return Sheet(source, part, places, f'"{label}"', tables={label: table}, line='"@line"', notes=notes)


def _table(name: str, sheet: Any, each: Listed) -> pa.Table:
    sheet.reset_dimensions()
    wanted = list(each.match.at.values())
    lines: list[int] = []
    columns: list[list[str | None]] = [[] for _ in wanted]
    cells = 0
    # openpyxl fills every row up to the last column asked for: asking for more than is wanted would be slow, and count.
    for line, row in enumerate(_rows(name, sheet, each, max(wanted, default=0) + 1), each.row + 1):
        cells += len(row)
        if cells > MOST_CELLS:
            raise refuse(name, f"sheet {each.title} has more than {MOST_CELLS:,} cells", line)
        if any(cell is not None and cell != "" for cell in row):
            lines.append(line)
            for column, at in zip(columns, wanted, strict=True):
                column.append(_text(row[at]) if at < len(row) else None)
    return pa.table(
        [pa.array(lines, pa.int64()), *(pa.array(column, pa.string()) for column in columns)],
        names=["@line", *(f"c{at}" for at in wanted)],
    )


def _rows(name: str, sheet: Any, each: Listed, columns: int) -> Iterable[tuple[Any, ...]]:
    try:
        yield from sheet.iter_rows(min_row=each.row + 1, max_col=columns, values_only=True)
    except Exception:
        raise refuse(name, f"sheet {each.title} can't be read to its end: damaged or cut short") from None


def _text(value: Any) -> str | None:
    """A cell as text: dates in ISO form, whole numbers without a point."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != time() else value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
