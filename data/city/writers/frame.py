"""What every writer uses: the city's book of registers, and files checked against the source's declaration."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from data.city.adult_concerns import concerns
from data.city.clock import RECORDS_DAY, TODAY_DAY, stream
from data.city.identity import Habits, Register, True_, register
from data.city.log import Table, take
from data.city.simulation import Run
from data.schema import Kind, Part, Source
from data.sources import SOURCES

Columns = dict[str, Any]


@dataclass
class Book:
    """Everything a writer may look at, and the folder it writes to."""

    run: Run
    true: True_
    out: Path
    seed: int
    registers: dict[str, Register] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    written: dict[tuple[str, str], NDArray[np.int64]] = field(default_factory=dict)

    def register(self, source: str, habits: Habits) -> Register:
        """The register behind a source: sources that share numbers share it."""
        numbering = SOURCES[source].numbering
        if numbering not in self.registers:
            self.registers[numbering] = register(self.true, numbering, habits)
        return self.registers[numbering]

    def rng(self, source: str) -> np.random.Generator:
        """A random stream of the source's own."""
        return stream(self.seed, f"writer {source}")

    @cached_property
    def adult_concerns(self) -> Table:
        """What the hub is told of grown-ups, some of which adult social care hears of."""
        return concerns(self.run, self.seed)

    def happened(self, kind: str, day: str = "day") -> Table:
        """What happened of a kind while records were kept."""
        table = self.run.lives.log.table(kind)
        return take(table, (table[day] >= RECORDS_DAY) & (table[day] < TODAY_DAY))

    def write(self, source: str, part: str, columns: Columns, **fill: str) -> None:
        """Write one part to its file, CSV or Parquet as declared; refuse columns that are not those declared."""
        table = checked(SOURCES[source], part, columns)
        name = SOURCES[source].part(part).file.format(**fill)
        if name.endswith(".csv"):
            table = _with_slips(table, SOURCES[source].part(part), self.rng(f"slips {source} {name}"))
        path = self.out / "sources" / source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self.rows[source] = self.rows.get(source, 0) + table.num_rows
        if name.endswith(".parquet"):
            pq.write_table(table, path, compression="zstd", compression_level=1)
        else:
            pyarrow.csv.write_csv(table, path, pyarrow.csv.WriteOptions(quoting_style="needed"))

    def write_by_year(self, source: str, part: str, columns: Columns, on: NDArray[np.integer]) -> None:
        """The same, split over one file a calendar year by the day ``on`` of each row, in order of day."""
        table = checked(SOURCES[source], part, columns)
        order = np.argsort(on, kind="stable")
        year = np.asarray(on)[order].astype("int64").astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
        for each in np.unique(year):
            low, high = np.searchsorted(year, [each, each + 1])
            rows = table.take(pa.array(order[low:high]))
            self.write(source, part, dict(zip(rows.column_names, rows.columns, strict=True)), year=str(each))


def _with_slips(table: pa.Table, part: Part, rng: np.random.Generator) -> pa.Table:
    """A clerk leaves out a date now and then: one row in four thousand lacks the first date that it must have."""
    must = [column.name for column in part.columns if column.required and column.kind in (Kind.DATE, Kind.TIME)]
    if not must or part.known_case:
        return table
    slips = pa.array(rng.random(table.num_rows) < 1 / 4000)
    column = table[must[0]]
    blanked = pa.compute.if_else(slips, pa.scalar(None, column.type), column)
    return table.set_column(table.column_names.index(must[0]), must[0], blanked)


def checked(source: Source, part: str, columns: Columns) -> pa.Table:
    """The columns as a table in declared order. Raises ``ValueError`` where they differ from the declaration."""
    declared = [column.name for column in source.part(part).columns]
    if set(declared) != set(columns):
        missing, strange = set(declared) - set(columns), set(columns) - set(declared)
        raise ValueError(f"{source.name}.{part}: not written {sorted(missing)}, not declared {sorted(strange)}")
    return pa.table({name: columns[name] for name in declared})


def day_column(days: NDArray[np.integer], none_below: int = 1) -> pa.Array:
    """Days as dates; anything below ``none_below`` or after today is null, for it has not happened yet."""
    days = np.asarray(days)
    return pa.array(days.astype(np.int32), pa.int32(), mask=(days < none_below) | (days >= TODAY_DAY)).cast(pa.date32())


def moment(days: NDArray[np.integer], minutes: NDArray[np.integer]) -> pa.Array:
    """Days and minutes of the day as times."""
    seconds = np.asarray(days).astype(np.int64) * 86400 + np.asarray(minutes).astype(np.int64) * 60
    return pa.array(seconds, pa.int64(), mask=seconds >= TODAY_DAY * 86400).cast(pa.timestamp("s"))


def words(codes: tuple[str, ...], index: NDArray[np.integer]) -> pa.Array:
    """Positions as their codes; negative ones are null."""
    index = np.asarray(index)
    return pa.array([*codes], pa.string()).take(pa.array(index.astype(np.int64), mask=index < 0))


def numbered(prefix: str, number: NDArray[np.integer]) -> pa.Array:
    """References such as ``C0000123``; negative numbers are null."""
    number = np.asarray(number)
    if not len(number):
        return pa.nulls(0, pa.string())
    return pa.array(
        np.char.add(prefix, np.char.zfill(np.maximum(number, 0).astype(str), 7)), pa.string(), mask=number < 0
    )


_DAYS = np.arange("1945-01-01", "2035-01-01", dtype="datetime64[D]")
_FIRST = int(_DAYS[0].astype(int))


def day_words(days: NDArray[np.integer], style: str) -> pa.Array:
    """Days as text in a style such as ``%d/%m/%Y``; what is not a day of 1945-2034, or not yet, is null."""
    if style not in _WORDS:
        _WORDS[style] = pa.array([d.strftime(style) for d in _DAYS.tolist()], pa.string())
    days = np.asarray(days).astype(np.int64)
    return _WORDS[style].take(
        pa.array(np.clip(days - _FIRST, 0, len(_DAYS) - 1), mask=(days < _FIRST) | (days >= TODAY_DAY))
    )


_WORDS: dict[str, pa.Array] = {}
SLASHED, CENSUS = "%d/%m/%Y", "%Y-%b-%d 00:00:00"
