"""One table found in a file: which part it is, where its columns are, and how to select from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from data.schema import Part, Source


@dataclass(frozen=True)
class Place:
    """Where a declared column is: an SQL expression over the sheet's relation, and its type."""

    sql: str
    type: str = "VARCHAR"


@dataclass(frozen=True)
class Sheet:
    """Rows of one part in one file.

    ``relation`` is an SQL FROM item whose ``?`` are bound to ``values``; ``tables`` are registered under their names
    while it is read. ``line`` is SQL of a row's line; where it is None rows stand line after line from ``first_line``.
    ``fault`` is SQL of what is wrong with a row as a whole. ``notes`` are warnings of the whole sheet. ``missing`` are
    declared columns that the file does not have, ``unknown`` headings of the file that no declaration has.
    """

    source: Source
    part: Part
    places: Mapping[str, Place]
    relation: str
    values: tuple[Any, ...] = ()
    tables: Mapping[str, Any] = field(default_factory=dict)
    line: str | None = None
    first_line: int = 1
    fault: str = "NULL"
    notes: Mapping[str, int] = field(default_factory=dict)
    rows: int | None = None
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """A file and what it was recognised as; ``read`` opens it, given a connection
    to try things on and a folder for files it may need on the way.

    ``year`` and ``term`` are read from its name or header, where they are there.
    """

    path: Path
    name: str
    source: Source
    read: Callable[[duckdb.DuckDBPyConnection, Path], tuple[Sheet, ...]]
    year: int | None = None
    term: str | None = None
