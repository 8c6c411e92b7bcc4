"""Ofsted Annex A workbooks: a sheet a list, recognised by its title or its columns."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
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

from data.ingest.match import Match, best, match, tidy, year_and_term
from data.ingest.refusal import refuse
from data.ingest.sheet import Found, Place, Sheet
from data.schema import Source

# A workbook is a zip, and a few kilobytes of zip can hold a terabyte of nothing.
LARGEST_UNPACKED = 1 << 29
LARGEST_RATIO = 200
SMALL = 1 << 24
MOST_COLUMNS = 1000
MOST_CELLS = 5_000_000
MOST_TEXT = 1 << 28
MOST_PREAMBLE = 20
UNREADABLE = "the file is no readable workbook: damaged, cut short or protected by a password"
NOT_COUNTED = "formulas without a value: open the workbook in a spreadsheet and save it"
#: ``List 3``, ``3. Referrals``, ``Annex A - List 3 - Referrals``, ``L3``.
_TITLE = re.compile(r"(?:list|^l)[\s_-]*(\d{1,2})(?!\d)|^\W*(\d{1,2})(?!\d)", re.IGNORECASE)
#: What the lists are called, for sheets that bear no number and whose columns fit several: the first that is there.
_WORDS = (
    (r"contacts?", 1), (r"early help|eha?", 2), (r"referrals?", 3), (r"section ?47|s47|icpcs?", 5),
    (r"assessments?", 4), (r"in need|cin", 6), (r"protection|cpp?", 7), (r"leavers?|leaving", 9),
    (r"in care|looked after|cla|lac|cic", 8), (r"adopters?", 11), (r"adoption", 10),
)  # fmt: skip


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
        lists = [found for sheet in book.worksheets if (found := _listed(name, source, sheet)) is not None]
        others = len(book.worksheets) - len(lists)
    if not lists:
        raise refuse(name, "not a file of any declared source: no sheet of the workbook is a list that is known")
    year, _ = year_and_term(source, lists[0].match.part, path)
    return Found(path, name, source, partial(_sheets, path, name, source, lists, others), year)


def _no_bomb(path: Path, name: str) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise refuse(name, UNREADABLE) from None
    unpacked = sum(entry.file_size for entry in entries)
    swollen = any(
        entry.file_size > SMALL and entry.file_size > LARGEST_RATIO * max(1, entry.compress_size) for entry in entries
    )
    if unpacked > LARGEST_UNPACKED or swollen:
        raise refuse(name, f"the workbook unpacks to {unpacked:,} bytes: more than any list of children could fill")


@contextmanager
def _opened(path: Path, name: str, *, formulas: bool = False) -> Iterator[Any]:
    """The workbook, read only, with the values that its formulas had when it was saved, else the formulas."""
    # openpyxl leaves a file that it can't read open.
    with path.open("rb") as stream:
        try:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=not formulas, keep_links=False)
        except Exception:
            # openpyxl raises whatever its parsers do (KeyError, ParseError ...), with the cell's text in it.
            raise refuse(name, UNREADABLE) from None
        try:
            yield book
        finally:
            book.close()


def _listed(name: str, source: Source, sheet: Any) -> Listed | None:
    """Which list the sheet is, from the first row that has the headings of one."""
    sheet.reset_dimensions()
    rows = _rows(name, sheet, 1, MOST_COLUMNS)
    for number, cells in enumerate(islice(rows, MOST_PREAMBLE), 1):
        headings = ["" if cell is None else str(cell) for cell in cells]
        while headings and not headings[-1].strip():
            # openpyxl fills every row up to the last column asked for.
            headings.pop()
        found = _match(source, sheet.title, headings) if sum(map(bool, headings)) > 1 else None
        if found is not None:
            return Listed(sheet.title, found, number)
    return None


def _match(source: Source, title: str, headings: list[str]) -> Match | None:
    """By the number in the sheet's title, else by the columns, else by the words of the title."""
    spelt = _TITLE.search(title)
    if spelt and (found := _as(source, int(spelt[1] or spelt[2]), headings)):
        return found
    likely = best([(source, part) for part in source.parts], headings)
    if len(likely) == 1:
        return likely[0]
    called = next((number for words, number in _WORDS if re.search(rf"\b({words})\b", tidy(title))), None)
    return _as(source, called, headings) if called else None


def _as(source: Source, number: int, headings: list[str]) -> Match | None:
    """The headings as those of the list of this number, if that is possible."""
    parts = [part for part in source.parts if part.name == f"list_{number}"]
    found = [match(source, part, headings) for part in parts]
    return found[0] if found and found[0].usable else None


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
    notes: Counter[str] = Counter({"sheets that are no list": others} if others else {})
    if count := sum(_formulas(path, name, each, table) for each, table in tables):
        notes[NOT_COUNTED] = count
    return tuple(_sheet(source, each, table, i, notes if i == 0 else {}) for i, (each, table) in enumerate(tables))


def _sheet(source: Source, each: Listed, table: pa.Table, at: int, notes: dict[str, int]) -> Sheet:
    found = each.match
    label = f"{source.name} sheet {at}"
    places = {column: Place(f'"c{at}"') for column, at in found.at.items()}
    return Sheet(
        source,
        found.part,
        places,
        f'"{label}"',
        tables={label: table},
        line='"@line"',
        notes=found.notes | notes,
        missing=found.missing,
        unknown=found.unknown,
    )


def _formulas(path: Path, name: str, each: Listed, table: pa.Table) -> int:
    """In how many rows what every row must have is a formula without a value: no spreadsheet has worked it out."""
    keys = [each.match.at[column.name] for column in each.match.part.columns if column.required]
    lines = table["@line"].to_pylist()
    empty = {line for at in keys for line, key in zip(lines, table[f"c{at}"].to_pylist(), strict=True) if not key}
    if not empty:
        return 0
    with _opened(path, name, formulas=True) as book:
        rows = enumerate(_rows(name, book[each.title], each.row + 1, max(keys) + 1), each.row + 1)
        return sum(any(str(row[at]).startswith("=") for at in keys) for line, row in rows if line in empty)


def _table(name: str, sheet: Any, each: Listed) -> pa.Table:
    sheet.reset_dimensions()
    wanted = list(each.match.at.values())
    lines: list[int] = []
    columns: list[list[str | None]] = [[] for _ in wanted]
    cells = letters = 0
    # openpyxl fills every row up to the last column asked for: asking for more than is wanted would be slow, and count.
    for line, row in enumerate(_rows(name, sheet, each.row + 1, max(wanted, default=0) + 1), each.row + 1):
        cells += len(row)
        values = [_text(row[at]) if at < len(row) else None for at in wanted]
        if not any(value and not value.isspace() for value in values):
            continue
        letters += sum(map(len, filter(None, values)))
        if cells > MOST_CELLS or letters > MOST_TEXT:
            raise refuse(name, f"sheet {each.title[:40]} has more than any list of children could fill", line)
        lines.append(line)
        for column, value in zip(columns, values, strict=True):
            column.append(value)
    return pa.table(
        [pa.array(lines, pa.int64()), *(pa.array(column, pa.string()) for column in columns)],
        names=["@line", *(f"c{at}" for at in wanted)],
    )


def _rows(name: str, sheet: Any, first: int, columns: int) -> Iterable[tuple[Any, ...]]:
    try:
        yield from sheet.iter_rows(min_row=first, max_col=columns, values_only=True)
    except Exception:
        raise refuse(name, f"sheet {sheet.title[:40]} can't be read to its end: damaged or cut short") from None


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
