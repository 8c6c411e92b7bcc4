"""CSV that is not well formed: rows too short or too long, blank lines, line breaks within fields. Row by row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pyarrow as pa
import pyarrow.parquet as pq

from data.ingest.match import Match
from data.ingest.refusal import refuse
from data.ingest.sheet import Place, Sheet

ROWS_AT_ONCE = 20_000
TOO_LONG = "has more fields than there are columns"
TOO_SHORT = "has only one field"
SHORT_NOTE = "rows with fewer fields than there are columns, the rest taken as empty"


def sheet(path: Path, name: str, found: Match, delimiter: str, header_line: int, width: int, folder: Path) -> Sheet:
    """The rows after line ``header_line``, by way of a Parquet file in ``folder``. Raises `Refused`."""
    target = Path(mkdtemp(dir=folder)) / "rows.parquet"
    schema = pa.schema(
        [*((f"c{at}", pa.string()) for at in found.at.values()), ("@line", pa.int64()), ("@fault", pa.string())]
    )
    short = 0
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for lines, rows in _batches(path, name, delimiter, header_line):
            faults = [_fault(cells, width) for cells in rows]
            short += sum(fault is None and len(cells) < width for fault, cells in zip(faults, rows, strict=True))
            columns = [[cells[at] if at < len(cells) else None for cells in rows] for at in found.at.values()]
            writer.write_table(
                pa.table(
                    [*map(pa.array, columns, schema.types), pa.array(lines), pa.array(faults, pa.string())],
                    schema=schema,
                )
            )
    places = {column: Place(f"c{at}") for column, at in found.at.items()}
    notes = found.notes | ({SHORT_NOTE: short} if short else {})
    return Sheet(
        found.source,
        found.part,
        places,
        "read_parquet(?)",
        (str(target),),
        line='"@line"',
        fault='"@fault"',
        notes=notes,
        missing=found.missing,
        unknown=found.unknown,
    )


def _fault(cells: list[str], width: int) -> str | None:
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        return TOO_LONG
    return TOO_SHORT if len(cells) == 1 < width else None


def _batches(path: Path, name: str, delimiter: str, header_line: int) -> Iterator[tuple[list[int], list[list[str]]]]:
    lines: list[int] = []
    rows: list[list[str]] = []
    for line, cells in _rows(path, name, delimiter, header_line):
        lines.append(line)
        rows.append(cells)
        if len(rows) == ROWS_AT_ONCE:
            yield lines, rows
            lines, rows = [], []
    yield lines, rows


def _rows(path: Path, name: str, delimiter: str, header_line: int) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line that it begins on. Blank lines are no records."""
    with path.open("r", encoding="utf-8-sig", newline="") as stream:
        closed = _Quotes(stream)
        reader = csv.reader(closed, delimiter=delimiter)
        begins = 1
        try:
            for cells in reader:
                if begins > header_line and cells:
                    yield begins, cells
                last, begins = begins, reader.line_num + 1
        except csv.Error as error:
            raise refuse(name, "a field has no end: a quotation mark is missing", begins) from error
        if closed.open:
            raise refuse(name, "a quotation mark opens here and is never closed", last)


class _Quotes:
    """The lines of a stream, noting whether an odd number of quotation marks has gone by."""

    def __init__(self, stream: Iterator[str]) -> None:
        self._stream = stream
        self.open = False

    def __iter__(self) -> Iterator[str]:
        for line in self._stream:
            if line.count('"') % 2:
                self.open = not self.open
            yield line
