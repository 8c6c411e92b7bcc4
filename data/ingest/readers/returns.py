"""Statutory returns as XML: children in need census, and SSDA903 as one file. Streamed child by child.

Vendors' files don't always keep to the schema, so an element is known by its name wherever it stands, with or without a
namespace; text between elements is passed over.
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
from lxml import etree

from data.ingest.inspection import size
from data.ingest.refusal import refuse
from data.ingest.sheet import Found, Place, Sheet
from data.schema import Part, Source

Row = dict[str, str | None]


@dataclass(frozen=True)
class Layout:
    """How a return nests.

    ``tables``: element -> part; ``handed``: part -> columns that a table takes from the one around it (the child's
    ``key`` all do); ``renamed``: element -> column; ``also``: part -> elements any of which makes the child's own row
    one of that part too.
    """

    source: str
    child: str
    key: str
    tables: Mapping[str, str]
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
    },
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
    handed=dict.fromkeys(
        ("reviews", "missing", "oc2", "previous_permanence", "placed_for_adoption", "sw_episodes", "dolo"), ("DOB",)
    ),
    renamed={"CHILDID": "CHILD", "PL": "PLACE"},
    also={"uasc": ("DUC",), "oc3": ("IN_TOUCH", "ACTIV", "ACCOM"), "ad1": ("DATE_INT", "DATE_MATCH")},
)  # fmt: skip
_BY_ROOT = {"Message": CENSUS, "SSDA903": LOOKED_AFTER, "EXPSSDA903": LOOKED_AFTER}
PROLOGUE = 1 << 16
# One child is held in memory at a time; a file that is one endless child must not fill it. A city's year is 20 MB.
LARGEST = 1 << 28
_DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_PARSER = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def find(path: Path, name: str, sources: Mapping[str, Source]) -> Found:
    """What an XML file is, by its outermost element. Raises `Refused` for any other, or what is no XML."""
    size(path, name, LARGEST)
    _no_declarations(path, name)
    root = _root(path, name)
    layout = _BY_ROOT.get(root)
    if layout is None or layout.source not in sources:
        raise refuse(name, f"not a file of any declared source: its outermost element is <{root[:40]}>", 1)
    year = _reference_year(path, name) if layout is CENSUS else None
    if year is None:
        years = re.findall(r"(?<!\d)20\d\d(?!\d)", path.stem)
        year = int(years[-1]) if years else None
    return Found(path, name, sources[layout.source], partial(_sheets, path, name, sources[layout.source], layout), year)


def _no_declarations(path: Path, name: str) -> None:
    """A document type can define entities that unfold to gigabytes or name files; no return has one."""
    with path.open("rb") as stream:
        head = stream.read(PROLOGUE).replace(b"\0", b"")
    if _DECLARATION.search(head):
        raise refuse(name, "the file declares a document type or entities, which no return does", 1)


def _root(path: Path, name: str) -> str:
    for _, element in _parsed(path, name, events=("start",)):
        return etree.QName(element).localname
    raise refuse(name, "the file holds no XML element", 1)


def _reference_year(path: Path, name: str) -> int | None:
    """The year of the 31 March that ends the return; a return made before it is over is of the same year."""
    for _, element in _parsed(path, name, events=("end",), tag=("{*}ReferenceDate", "{*}Child")):
        day = re.match(r"(20\d\d)-(\d\d)-", (element.text or "").strip())
        return int(day[1]) + (int(day[2]) > 3) if day else None
    return None


def _parsed(path: Path, name: str, **options: Any) -> Iterator[tuple[str, Any]]:
    """lxml's events; a file that is cut short or no XML is refused with the line on which that shows."""
    try:
        with path.open("rb") as stream:
            yield from etree.iterparse(stream, **options, **_PARSER)
    except etree.XMLSyntaxError as error:
        raise refuse(name, f"the XML can't be read: {_reason(error)}", error.lineno or 1) from None


_REASONS = {
    etree.ErrorTypes.ERR_TAG_NOT_FINISHED: "it ends before its last element is closed",
    etree.ErrorTypes.ERR_GT_REQUIRED: "it ends within a tag",
    etree.ErrorTypes.ERR_LTSLASH_REQUIRED: "it ends within a tag",
    etree.ErrorTypes.ERR_DOCUMENT_EMPTY: "it does not begin as XML does",
    etree.ErrorTypes.ERR_DOCUMENT_END: "there is more after its outermost element",
    etree.ErrorTypes.ERR_TAG_NAME_MISMATCH: "an element is closed that is not the one last opened",
    etree.ErrorTypes.ERR_INVALID_CHAR: "it holds a character that XML does not allow",
    etree.ErrorTypes.ERR_INVALID_ENCODING: "its bytes are not of the encoding that it declares (UTF-8 if none)",
}


def _reason(error: etree.XMLSyntaxError) -> str:
    """What is wrong, without what the file says there."""
    return _REASONS.get(error.code, "it is cut short or malformed")


class _Tables:
    """Columns of each part, filled row by row."""

    def __init__(self, source: Source, layout: Layout) -> None:
        self.layout = layout
        self.columns = {part.name: [column.name for column in part.columns] for part in source.parts}
        self.spelt = {also: column.name for part in source.parts for column in part.columns for also in column.also}
        self.known = {name for names in self.columns.values() for name in names} | set(layout.renamed)
        self.rows: dict[str, list[tuple[Any, ...]]] = {part.name: [] for part in source.parts}
        self.unknown: Counter[str] = Counter()

    def child(self, element: Any) -> None:
        """The rows of one child."""
        rows: list[tuple[str, Row, int]] = []
        row = self._table(element, {}, rows)
        key = row.get(self.layout.key)
        for part, elements in self.layout.also.items():
            if any(row.get(each) for each in elements):
                self._add(part, row, element.sourceline)
        for part, nested, line in rows:
            nested[self.layout.key] = key
            self._add(part, nested, line)

    def _add(self, part: str, row: Row, line: int) -> None:
        self.rows[part].append((line, *map(row.get, self.columns[part])))

    def _table(self, element: Any, around: Row, rows: list[tuple[str, Row, int]]) -> Row:
        """Read one element that is a table, then the tables within it."""
        part = self.layout.tables[_local(element.tag)]
        row: Row = {name: around.get(name) for name in self.layout.handed.get(part, ())}
        rows.append((part, row, element.sourceline))
        inner: list[Any] = []
        self._gather(element, row, inner)
        for each in inner:
            if len(each):
                self._table(each, row, rows)
            elif each.text and each.text.strip():
                self._leaf(each, row, rows)
        return row

    def _gather(self, element: Any, row: Row, inner: list[Any]) -> None:
        """Put the element's leaves into ``row`` and its tables, however deep, into ``inner``."""
        tables, renamed = self.layout.tables, self.layout.renamed
        for child in element:
            tag = _local(child.tag)
            if tag in tables:
                inner.append(child)
            elif len(child):
                self._gather(child, row, inner)
            else:
                column = renamed.get(tag) or self.spelt.get(tag, tag)
                if child.text and column not in self.known:
                    self.unknown[tag[:40]] += 1
                row.setdefault(column, child.text)

    def _leaf(self, element: Any, around: Row, rows: list[tuple[str, Row, int]]) -> None:
        """A table whose element holds one value."""
        tag = _local(element.tag)
        part = self.layout.tables[tag]
        row: Row = {name: around.get(name) for name in self.layout.handed.get(part, ())}
        row[tag] = element.text
        rows.append((part, row, element.sourceline))

    def arrow(self, part: Part) -> pa.Table:
        names = ["@line", *self.columns[part.name]]
        types = [pa.int64(), *([pa.string()] * len(self.columns[part.name]))]
        columns = zip(*self.rows[part.name], strict=True)
        return pa.table([pa.array(values, kind) for values, kind in zip(columns, types, strict=True)], names=names)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _sheets(
    path: Path, name: str, source: Source, layout: Layout, con: duckdb.DuckDBPyConnection, folder: Path
) -> tuple[Sheet, ...]:
    tables = _Tables(source, layout)
    for _, element in _parsed(path, name, events=("end",), tag=f"{{*}}{layout.child}"):
        if not len(element):
            # SSDA903 calls the child and, in some years' files, the child's number alike.
            continue
        tables.child(element)
        element.clear(keep_tail=False)
        while element.getprevious() is not None:
            del element.getparent()[0]
    if not any(tables.rows.values()):
        raise refuse(name, f"the file holds no <{layout.child}>")
    return tuple(_sheet(source, part, tables, first=i == 0) for i, part in enumerate(_filled(source, tables)))


def _filled(source: Source, tables: _Tables) -> list[Part]:
    return [part for part in source.parts if tables.rows[part.name]]


def _sheet(source: Source, part: Part, tables: _Tables, *, first: bool) -> Sheet:
    places = {column: Place(f'"{column}"') for column in tables.columns[part.name]}
    notes = {f"{tag}: element is not known": count for tag, count in tables.unknown.items()} if first else {}
    label = f"{source.name} {part.name}"
    return Sheet(source, part, places, f'"{label}"', tables={label: tables.arrow(part)}, line='"@line"', notes=notes)
