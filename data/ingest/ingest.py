"""From a folder of files to the staged tables: the whole way, in order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from data.ingest import completeness
from data.ingest.inspection import digest
from data.ingest.period import came, period
from data.ingest.recognise import files_below, recognise_all
from data.ingest.sheet import Found
from data.ingest.staging import make_tables, record, settle
from data.ingest.take import Delivery, read, stage, take
from data.lanes import Step, Turn, in_lanes
from data.schema import Part, Source
from data.snapshot.engine import current_database
from data.sources import SOURCES

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Ingested:
    """What was read: ``rows``, ``accepted`` and ``rejected`` by source, and each part of each file."""

    rows: dict[str, int]
    accepted: dict[str, int]
    rejected: dict[str, int]
    deliveries: tuple[Delivery, ...]


def ingest(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    today: date,
    progress: Progress | None = None,
    sources: Mapping[str, Source] = SOURCES,
) -> Ingested:
    """Read every file below ``folder`` into the schema ``staged`` of ``con``, a draft that nobody reads yet.

    ``progress`` is told what is being read and the share done. Raises `Refused` with every file that can't be taken.
    """
    found = recognise_all(files_below(folder), folder, sources)
    return take_all(con, found, today, progress)


def take_all(
    con: duckdb.DuckDBPyConnection, found: Sequence[Found], today: date, progress: Progress | None = None
) -> Ingested:
    """Take files that are recognised into the staged tables, made anew."""
    make_tables(con)
    completeness.make_tables(con)
    where = current_database(con)
    deliveries: list[Delivery] = []
    with TemporaryDirectory(prefix="kinsight-") as scratch:
        steps = _steps(con, _grouped(found), today, Path(scratch), deliveries, progress)
        # Files are read into memory while the database, which is let go of meanwhile, takes two sources at once.
        for _ in in_lanes(steps, lambda: con.cursor().execute(f"USE {where}")):
            pass
    con.register("taken", _taken(deliveries))
    con.register("declared", _declared({delivery.sheet.source.name: delivery.sheet.source for delivery in deliveries}))
    record(con, today)
    settle(con)
    completeness.settle(con)
    con.unregister("taken")
    con.unregister("declared")
    return _summed(deliveries)


def _grouped(found: Iterable[Found]) -> list[tuple[Source, list[Found]]]:
    by_name: dict[str, list[Found]] = {}
    for file in sorted(found, key=lambda file: (file.source.name, file.name)):
        by_name.setdefault(file.source.name, []).append(file)
    return [(files[0].source, files) for files in by_name.values()]


def _steps(
    con: duckdb.DuckDBPyConnection,
    by_source: Sequence[tuple[Source, list[Found]]],
    today: date,
    scratch: Path,
    deliveries: list[Delivery],
    progress: Progress | None,
) -> Iterator[tuple[str, Step]]:
    """What takes each source, as soon as its files are read; they are listed in ``deliveries``."""
    for done, (source, files) in enumerate(by_source):
        if progress:
            progress(source.label, done / len(by_source))
        folder = scratch / str(done)
        folder.mkdir()
        mine = _opened(con, source, files, today, folder, len(deliveries))
        deliveries += mine
        yield source.name, partial(_take_source, source, mine)


def _opened(
    con: duckdb.DuckDBPyConnection, source: Source, files: list[Found], today: date, folder: Path, taken: int
) -> list[Delivery]:
    """The source's sheets, numbered from ``taken``."""
    deliveries: list[Delivery] = []
    for file in files:
        sha256 = digest(file.path)
        spoken = period(source, file.year, file.term, today, came(file.name))
        for sheet in file.read(con.cursor(), folder):
            deliveries.append(Delivery(taken + len(deliveries), file.name, sha256, spoken, sheet))
    for delivery in deliveries:
        delivery.news_from = _news_from(delivery, deliveries)
    return deliveries


def _take_source(source: Source, deliveries: list[Delivery], con: duckdb.DuckDBPyConnection, turn: Turn) -> None:
    """Every part of a source. Its rows are staged after those of the source before, which may still be at it."""
    parts = [
        (part, [delivery for delivery in deliveries if delivery.sheet.part.name == part.name], _keys(source, part))
        for part in _parents_first(source)
    ]
    (first, of_first, keys), *rest = [each for each in parts if each[1] or each[2]]
    read(con, source, first, of_first)
    with turn:
        stage(con, source, first, of_first, keys)
        for part, of_part, named in rest:
            take(con, source, part, of_part, named)


def _keys(source: Source, part: Part) -> list[str]:
    """The columns by which other parts name this one's rows."""
    return [child.parent[2] for child in source.parts if child.parent and child.parent[0] == part.name]


def _news_from(told: Delivery, deliveries: Sequence[Delivery]) -> date | None:
    """The day after the last of which an earlier delivery spoke, of the part or of all in one; null for the first.

    A return without a single plan tells of plans all the same.
    """
    whole = told.sheet.source.format not in ("csv", "parquet")
    return max(
        (
            each.period.horizon + timedelta(1)
            for each in deliveries
            if each.period.delivered < told.period.delivered and (whole or each.sheet.part.name == told.sheet.part.name)
        ),
        default=None,
    )


def _parents_first(source: Source) -> list[Part]:
    return sorted(source.parts, key=lambda part: part.parent is not None)


def _taken(deliveries: Sequence[Delivery]) -> pa.Table:
    """``source_file``, with the first day that each file speaks of."""
    text, number, day = pa.string(), pa.int64(), pa.date32()
    columns = {
        "file": (pa.int32(), [each.file for each in deliveries]),
        "source": (text, [each.sheet.source.name for each in deliveries]),
        "part": (text, [each.sheet.part.name for each in deliveries]),
        "name": (text, [each.name for each in deliveries]),
        "sha256": (text, [each.sha256 for each in deliveries]),
        "rows": (number, [each.rows for each in deliveries]),
        "accepted": (number, [each.accepted for each in deliveries]),
        "rejected": (number, [each.rejected for each in deliveries]),
        "warnings": (text, [json.dumps(each.aside) for each in deliveries]),
        "delivered": (day, [each.period.delivered for each in deliveries]),
        "period_from": (day, [each.period.begins for each in deliveries]),
        "horizon": (day, [each.period.horizon for each in deliveries]),
        "next_whole": (day, [_next_whole(each, deliveries) for each in deliveries]),
    }
    return pa.table({column: pa.array(values, kind) for column, (kind, values) in columns.items()})


def _next_whole(told: Delivery, deliveries: Sequence[Delivery]) -> date | None:
    """When the next delivery came that tells everything the part has of the same period, if the part is such.

    One that holds less than half as many rows is taken for cut short: it withdraws nothing.
    """
    if not told.sheet.part.whole:
        return None
    later = (
        each.period.delivered
        for each in deliveries
        if (each.sheet.source.name, each.sheet.part.name) == (told.sheet.source.name, told.sheet.part.name)
        and each.period.begins == told.period.begins
        and each.period.delivered > told.period.delivered
        and 2 * each.accepted >= told.accepted
    )
    return min(later, default=None)


def _declared(sources: Mapping[str, Source]) -> pa.Table:
    schema = pa.schema(
        [("source", pa.string()), ("label", pa.string()), ("owner", pa.string()), ("refresh_days", pa.int32())]
    )
    rows = [
        {"source": s.name, "label": s.label, "owner": s.owner, "refresh_days": s.refresh_days} for s in sources.values()
    ]
    return pa.Table.from_pylist(rows, schema)


def _summed(deliveries: Sequence[Delivery]) -> Ingested:
    rows: dict[str, int] = {}
    accepted: dict[str, int] = {}
    rejected: dict[str, int] = {}
    for each in deliveries:
        source = each.sheet.source.name
        for total, count in ((rows, each.rows), (accepted, each.accepted), (rejected, each.rejected)):
            total[source] = total.get(source, 0) + count
    return Ingested(rows, accepted, rejected, tuple(deliveries))
