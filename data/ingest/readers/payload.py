"""The daily children's social care payload to DfE: JSON, a child at a time.

As sent (one child or many, with or without the council's number around them), as a list, or as one child a line. Names
are known however they are joined and written (``la_child_id``, ``laChildId``).
"""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from data.ingest.inspection import size
from data.ingest.match import bare, year_of
from data.ingest.refusal import Refused, refuse
from data.ingest.sheet import Found, Place, Sheet
from data.schema import Part, Source

SOURCE = "statutory_daily"
#: List or object -> the part whose rows it holds, by its letters.
TABLES = {
    "disabilities": "disability", "sdqassessments": "sdq", "socialcareepisodes": "episode",
    "careworkerdetails": "worker",
    "childandfamilyassessments": "assessment", "factors": "factor", "childinneedplans": "plan",
    "section47assessments": "section47", "childprotectionplans": "protection_plan",
    "childlookedafterplacements": "placement", "adoption": "adoption", "careleavers": "leaver",
}  # fmt: skip
HANDED = {"factor": ("start_date", "authorisation_date")}
KEY = "la_child_id"
CHUNK = 1 << 20
LARGEST = 1 << 28
# One value of one child: a life of social care is some hundred kilobytes.
LARGEST_VALUE = 1 << 24
PURGED = "{part}: marked to be purged, passed over"
STRANGE = "{name}: is not known"
_SIGNS = re.compile(r'"(la[_-]?child[_-]?id|child[_-]?details)"', re.IGNORECASE)
_BLANK = re.compile(r"[\s\ufeff]*")
Row = dict[str, str | None]


def find(path: Path, name: str, sources: Mapping[str, Source]) -> Found:
    """What a JSON file is. Raises `Refused` for any other, or what does not begin as JSON."""
    size(path, name, LARGEST)
    with path.open("rb") as stream:
        head = stream.read(CHUNK).replace(b"\0", b"").decode("utf-8", "replace")
    if not head.lstrip("\ufeff\ufffd \t\r\n").startswith(("{", "[")):
        raise refuse(name, "the JSON can't be read: it does not begin as JSON does", 1)
    if SOURCE not in sources or not _SIGNS.search(head):
        raise refuse(name, "not a file of any declared source: it holds no child of the daily social care data", 1)
    source = sources[SOURCE]
    return Found(path, name, source, partial(_sheets, path, name, source), year_of(source, path))


class _Text:
    """The file's text from where it has been read to, a chunk at a time."""

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        self.decoder = json.JSONDecoder(strict=False, parse_int=str, parse_float=str, parse_constant=str)
        self.chunks = _chunks(path, name)
        self.text, self.at, self.line = "", 0, 1

    def more(self) -> bool:
        """Read on; False at the end of the file."""
        chunk = next(self.chunks, "")
        self.line += self.text.count("\n", 0, self.at)
        self.text, self.at = self.text[self.at :] + chunk, 0
        return bool(chunk)

    def peek(self) -> str:
        """The next letter that is no blank; '' at the end."""
        while True:
            found = _BLANK.match(self.text, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.text) or not self.more():
                return self.text[self.at : self.at + 1]

    def take(self, wanted: str) -> None:
        """Pass over one letter. Raises `Refused` where another is there."""
        if self.peek() != wanted:
            raise self.refused("it ends too early" if not self.peek() else f"'{wanted}' is missing")
        self.at += 1

    def value(self) -> Any:
        """The next value whole: numbers as they are written. Raises `Refused`."""
        self.peek()
        while True:
            try:
                value, end = self.decoder.raw_decode(self.text, self.at)
            except ValueError:
                if len(self.text) - self.at < LARGEST_VALUE and self.more():
                    continue
                raise self.refused("it is cut short or malformed") from None
            except RecursionError:
                raise self.refused("its values are within one another without end") from None
            if end == len(self.text) and self.more():
                continue
            self.at = end
            return value

    def where(self) -> int:
        """The line that has been read to."""
        return self.line + self.text.count("\n", 0, self.at)

    def refused(self, reason: str) -> Refused:
        return refuse(self.name, f"the JSON can't be read: {reason}", self.where())


def _chunks(path: Path, name: str) -> Iterator[str]:
    """The file as text, UTF-8 or UTF-16 with its mark. Raises `Refused`."""
    with path.open("rb") as stream:
        marked = stream.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        stream.seek(0)
        decoder = codecs.getincrementaldecoder("utf-16" if marked else "utf-8-sig")("strict")
        line = 1
        while chunk := stream.read(CHUNK):
            try:
                text = decoder.decode(chunk)
            except UnicodeError:
                raise refuse(name, "the bytes are not UTF-8: save the file as UTF-8", line) from None
            line += text.count("\n")
            yield text or " "


def _values(text: _Text) -> Iterator[tuple[dict[str, Any], int]]:
    """Each child with the line on which it begins. Raises `Refused`."""
    while text.peek():
        yield from _children(text)
        if text.peek() == ",":
            raise text.refused("there is a comma where nothing follows")


def _children(text: _Text) -> Iterator[tuple[dict[str, Any], int]]:
    """The children of one value: a list of them, one of them, or what is put around them."""
    if text.peek() == "[":
        text.take("[")
        while text.peek() != "]":
            yield from _children(text)
            if text.peek() != "]":
                text.take(",")
        text.take("]")
        return
    begins = text.where()
    text.take("{")
    held: dict[str, Any] = {}
    while text.peek() != "}":
        key = text.value()
        if not isinstance(key, str):
            raise text.refused("a name is missing")
        text.take(":")
        if bare(key) == "children" and text.peek() in ("[", "{"):
            yield from _children(text)
        else:
            held[key] = text.value()
        if text.peek() != "}":
            text.take(",")
    text.take("}")
    if any(bare(key) in ("lachildid", "childdetails") for key in held):
        yield held, begins


class _Tables:
    """Columns of each part, filled row by row."""

    def __init__(self, source: Source) -> None:
        self.columns = {part.name: [column.name for column in part.columns] for part in source.parts}
        self.spelt = {
            part.name: {bare(each): column.name for column in part.columns for each in (column.name, *column.also)}
            for part in source.parts
        }
        self.rows: dict[str, list[tuple[Any, ...]]] = {part.name: [] for part in source.parts}
        self.notes: Counter[str] = Counter()

    def child(self, held: dict[str, Any], line: int) -> None:
        """The rows of one child."""
        rows: list[tuple[str, Row]] = []
        key = self._table(held, "child", {}, rows).get(KEY)
        for part, row in rows:
            row[KEY] = key
            self.rows[part].append((line, *map(row.get, self.columns[part])))

    def _table(self, held: Any, part: str, around: Row, rows: list[tuple[str, Row]]) -> Row:
        """The row that an object, or a bare value in a list, is; then the rows within it."""
        row: Row = {column: around.get(column) for column in HANDED.get(part, ())}
        if not isinstance(held, dict):
            row[self.columns[part][-1]] = _plain(held)
            rows.append((part, row))
            return row
        if _purged(held):
            self.notes[PURGED.format(part=part)] += 1
            return row
        rows.append((part, row))
        inner: list[tuple[str, Any]] = []
        self._gather(held, part, row, inner)
        for within, value in inner:
            for each in value if isinstance(value, list) else [value]:
                if each not in (None, "", {}):
                    self._table(each, within, row, rows)
        return row

    def _gather(self, held: dict[str, Any], part: str, row: Row, inner: list[tuple[str, Any]]) -> None:
        for key, value in held.items():
            small = bare(key)
            if small in TABLES:
                inner.append((TABLES[small], value))
            elif isinstance(value, dict):
                if not _purged(value):
                    self._gather(value, part, row, inner)
            elif small in self.spelt[part] and not isinstance(value, list):
                row.setdefault(self.spelt[part][small], _plain(value))
            elif small != "purge" and value is not None:
                self.notes[STRANGE.format(name=_printable(key)[:40])] += 1

    def arrow(self, part: Part) -> pa.Table:
        names = ["@line", *self.columns[part.name]]
        types = [pa.int64(), *([pa.string()] * len(self.columns[part.name]))]
        columns = zip(*self.rows[part.name], strict=True)
        return pa.table([pa.array(values, kind) for values, kind in zip(columns, types, strict=True)], names=names)


def _purged(held: dict[str, Any]) -> bool:
    return held.get("purge") is True


def _plain(value: Any) -> str | None:
    """A value as text; half a letter pair, which no text may hold, as a question mark."""
    if value is None or isinstance(value, (list, dict)):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return _printable(str(value))


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def _sheets(path: Path, name: str, source: Source, con: duckdb.DuckDBPyConnection, folder: Path) -> tuple[Sheet, ...]:
    tables = _Tables(source)
    for held, line in _values(_Text(path, name)):
        tables.child(held, line)
    filled = [part for part in source.parts if tables.rows[part.name]]
    if not filled:
        raise refuse(name, "the file holds no child")
    return tuple(_sheet(source, part, tables, tables.notes if i == 0 else {}) for i, part in enumerate(filled))


def _sheet(source: Source, part: Part, tables: _Tables, notes: Mapping[str, int]) -> Sheet:
    places = {column: Place(f'"{column}"') for column in tables.columns[part.name]}
    label, table = f"{source.name} {part.name}", tables.arrow(part)
    missing = tuple(column for column in places if table[column].null_count == table.num_rows)
    return Sheet(
        source, part, places, f'"{label}"', tables={label: table}, line='"@line"', notes=notes, missing=missing
    )
