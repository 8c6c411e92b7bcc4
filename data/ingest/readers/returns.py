"""Statutory returns as XML: children in need census, and SSDA903 as one file. Streamed child by child.

Vendors' files don't always keep to the schema, so an element is known by its name wherever it stands and however it is
written in capitals, with or without a namespace; a table under a name that nobody knows is known by what it holds.
Elements that are strange and text between elements are passed over, and told with the line on which they are first met.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from data.ingest.inspection import size
from data.ingest.match import year_of
from data.ingest.readers import xml
from data.ingest.refusal import refuse
from data.ingest.sheet import Found, Place, Sheet
from data.schema import Part, Source

Row = dict[str, str | None]


@dataclass(frozen=True)
class Layout:
    """How a return nests.

    ``tables``: element -> part; ``handed``: part -> columns that a table takes from the one around it (the child's
    ``key`` all do); ``renamed``: element -> column; ``also``: part -> elements any of which makes the child's own row
    one of that part too; ``signs``: elements by which a file whose outermost element is strange is told.
    """

    source: str
    child: str
    key: str
    tables: Mapping[str, str]
    signs: tuple[str, ...]
    handed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


CENSUS = Layout(
    source="cin_census",
    child="Child",
    key="LAchildID",
    tables={
        "Child": "child", "Disability": "disability", "CINdetails": "episode", "Assessments": "assessment",
        "AssessmentFactors": "factor", "CINPlanDates": "plan", "Section47": "section47",
        "ChildProtectionPlans": "protection_plan", "CPPreviewDate": "plan_review",
        "PreProceedingsandFGDM": "pre_proceedings",
    },
    signs=("LAchildID", "CINdetails"),
    handed={"factor": ("AssessmentActualStartDate", "AssessmentAuthorisationDate"), "plan_review": ("CPPstartDate",)},
)  # fmt: skip
LOOKED_AFTER = Layout(
    source="ssda903",
    child="CHILD",
    key="CHILD",
    tables={
        "CHILD": "header", "EPISODE": "episodes", "AREVIEW": "reviews", "AMISSING": "missing", "OC2": "oc2",
        "PERMANENCE": "previous_permanence", "AD_PLACED": "placed_for_adoption", "SW_EPISODE": "sw_episodes",
        "DOLO": "dolo",
    },
    signs=("CHILDID", "DECOM", "EPISODE"),
    handed=dict.fromkeys(
        ("reviews", "missing", "oc2", "previous_permanence", "placed_for_adoption", "sw_episodes", "dolo", "oc3", "ad1",
         "uasc"),
        ("DOB",),
    ),
    renamed={"CHILDID": "CHILD", "PL": "PLACE"},
    also={"uasc": ("UASC", "DUC"), "oc3": ("IN_TOUCH", "ACTIV", "ACCOM"), "ad1": ("DATE_INT", "DATE_MATCH")},
)  # fmt: skip
_BY_ROOT = {"message": CENSUS, "ssda903": LOOKED_AFTER, "expssda903": LOOKED_AFTER}
# One child is held in memory at a time; a file that is one endless child must not fill it. A city's year is 20 MB.
LARGEST = 1 << 28
_REFERENCE = re.compile(r"<(?:[\w.-]+:)?ReferenceDate>\s*(20\d\d)-(\d\d)-", re.IGNORECASE)
_NOT_SO = ("0", "false", "n", "no")
STRANGE = "{tag}: element is not known, first on line {line}"
STRAY = "text between elements, passed over, first on line {line}"


def find(path: Path, name: str, sources: Mapping[str, Source]) -> Found:
    """What an XML file is, by its outermost element or what is in it. Raises `Refused` for any other, or no XML."""
    size(path, name, LARGEST)
    text = xml.head(path, name)
    outermost = xml.root(text) or ""
    layout = _BY_ROOT.get(outermost.casefold()) or _by_signs(text)
    if layout is None or layout.source not in sources:
        raise refuse(name, f"not a file of any declared source: its outermost element is <{outermost[:40]}>", 1)
    source = sources[layout.source]
    year = _reference_year(text) if layout is CENSUS else None
    if year is None:
        year = year_of(source, path)
    return Found(path, name, source, partial(_sheets, path, name, source, layout, _child_tag(text, layout)), year)


def _by_signs(text: str) -> Layout | None:
    return next((each for each in (CENSUS, LOOKED_AFTER) if any(f"<{sign}>" in text for sign in each.signs)), None)


def _child_tag(text: str, layout: Layout) -> str:
    """The child's element as this file writes it."""
    found = re.search(rf"<(?:[\w.-]+:)?({layout.child})[\s>]", text, re.IGNORECASE)
    return found[1] if found else layout.child


def _reference_year(text: str) -> int | None:
    """The year of the 31 March that ends the return; a return made before it is over is of the same year."""
    day = _REFERENCE.search(text)
    return int(day[1]) + (int(day[2]) > 3) if day else None


class _Tables:
    """Columns of each part, filled row by row."""

    def __init__(self, source: Source, layout: Layout) -> None:
        self.layout = layout
        self.columns = {part.name: [column.name for column in part.columns] for part in source.parts}
        self.tables = {tag.casefold(): part for tag, part in layout.tables.items()}
        self.spelt = self._spellings(source)
        self.own = self._distinctive()
        self.rows: dict[str, list[tuple[Any, ...]]] = {part.name: [] for part in source.parts}
        self.notes: Counter[str] = Counter()
        self.first: dict[str, int] = {}

    def _spellings(self, source: Source) -> dict[str, str]:
        """Element in small letters -> column, or what else the layout knows it as."""
        spelt = {each.casefold(): each for elements in self.layout.also.values() for each in elements}
        columns = [column for part in source.parts for column in part.columns]
        spelt |= {column.name.casefold(): column.name for column in columns}
        spelt |= {also.casefold(): column.name for column in columns for also in column.also}
        return spelt | {element.casefold(): column for element, column in self.layout.renamed.items()}

    def _distinctive(self) -> dict[str, str]:
        """Columns that one part alone has -> the part."""
        among = Counter(column for columns in self.columns.values() for column in columns)
        return {column: part for part, columns in self.columns.items() for column in columns if among[column] == 1}

    def child(self, element: Any, add: int) -> None:
        """The rows of one child; ``add`` to its lines."""
        self.add = add
        rows: list[tuple[str, Row, int]] = []
        row = self._table(element, self.tables[self.layout.child.casefold()], {}, rows)
        key = row.get(self.layout.key)
        for part, elements in self.layout.also.items():
            if any((row.get(each) or "0").strip().casefold() not in _NOT_SO for each in elements):
                self._add(part, row, element.sourceline)
        for part, nested, line in rows:
            nested[self.layout.key] = key
            self._add(part, nested, line)

    def _add(self, part: str, row: Row, line: int) -> None:
        self.rows[part].append((line + self.add, *map(row.get, self.columns[part])))

    def _table(self, element: Any, part: str, around: Row, rows: list[tuple[str, Row, int]]) -> Row:
        """Read one element that is a table, then the tables within it."""
        row: Row = {name: around.get(name) for name in self.layout.handed.get(part, ())}
        rows.append((part, row, element.sourceline))
        inner: list[tuple[Any, str]] = []
        self._gather(element, row, inner)
        for each, within in inner:
            if len(each):
                self._table(each, within, row, rows)
            elif each.text and each.text.strip():
                self._leaf(each, within, row, rows)
        return row

    def _gather(self, element: Any, row: Row, inner: list[tuple[Any, str]]) -> None:
        """Put the element's leaves into ``row`` and its tables, however deep, into ``inner``."""
        self._stray(element, element.text)
        for child in element:
            self._stray(child, child.tail)
            tag = _local(child.tag)
            part = self._part(child, tag)
            if part is not None:
                inner.append((child, part))
            elif len(child):
                self._gather(child, row, inner)
            else:
                row.setdefault(self._column(child, tag), child.text)

    def _part(self, element: Any, tag: str) -> str | None:
        """The part whose table the element is: by its name, else by what it holds; None where it is no table."""
        small = tag.casefold()
        if not len(element) and self.spelt.get(small) == self.layout.key:
            return None
        if small in self.tables:
            return self.tables[small]
        held = (_local(leaf.tag).casefold() for leaf in element if not len(leaf))
        columns = (self.spelt.get(each, "") for each in held if each not in self.tables)
        parts = {self.own[column] for column in columns if column in self.own}
        first = self.tables[self.layout.child.casefold()]
        return next(iter(parts)) if len(parts) == 1 and first not in parts else None

    def _column(self, element: Any, tag: str) -> str:
        column = self.spelt.get(tag.casefold())
        if column is None and element.text:
            self._note(STRANGE, element, tag[:40])
        return column or tag

    def _stray(self, element: Any, text: str | None) -> None:
        if text and not text.isspace():
            self._note(STRAY, element, "")

    def _note(self, words: str, element: Any, tag: str) -> None:
        line = self.first.setdefault(words + tag, (element.sourceline or 1) + self.add)
        self.notes[words.format(tag=tag, line=line)] += 1

    def _leaf(self, element: Any, part: str, around: Row, rows: list[tuple[str, Row, int]]) -> None:
        """A table whose element holds one value."""
        column = self.spelt.get(_local(element.tag).casefold())
        if column is None:
            self._stray(element, element.text)
            return
        row: Row = {name: around.get(name) for name in self.layout.handed.get(part, ())}
        row[column] = element.text
        rows.append((part, row, element.sourceline))

    def arrow(self, part: Part) -> pa.Table:
        names = ["@line", *self.columns[part.name]]
        types = [pa.int64(), *([pa.string()] * len(self.columns[part.name]))]
        columns = zip(*self.rows[part.name], strict=True)
        return pa.table([pa.array(values, kind) for values, kind in zip(columns, types, strict=True)], names=names)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2]


def _sheets(
    path: Path, name: str, source: Source, layout: Layout, tag: str, con: duckdb.DuckDBPyConnection, folder: Path
) -> tuple[Sheet, ...]:
    tables, mended = _Tables(source, layout), xml.Mended()
    for element, add in xml.elements(path, name, tag, mended):
        tables.child(element, add)
    if not any(tables.rows.values()):
        raise refuse(name, f"the file holds no <{layout.child}>")
    notes = mended.notes | tables.notes
    return tuple(
        _sheet(source, part, tables, notes if i == 0 else {}) for i, part in enumerate(_filled(source, tables))
    )


def _filled(source: Source, tables: _Tables) -> Iterator[Part]:
    return (part for part in source.parts if tables.rows[part.name])


def _sheet(source: Source, part: Part, tables: _Tables, notes: Mapping[str, int]) -> Sheet:
    places = {column: Place(f'"{column}"') for column in tables.columns[part.name]}
    label, table = f"{source.name} {part.name}", tables.arrow(part)
    missing = tuple(column for column in places if table[column].null_count == table.num_rows)
    return Sheet(
        source, part, places, f'"{label}"', tables={label: table}, line='"@line"', notes=notes, missing=missing
    )
