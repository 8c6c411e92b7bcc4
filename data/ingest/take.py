"""Taking one part: read its files, quarantine bad rows, stage what the good ones say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import duckdb
import pyarrow as pa

from data.ingest import completeness, happenings, people, rules
from data.ingest.checks import (
    accepted_sql,
    append_sql,
    checked_sql,
    counts_sql,
    optional,
    raw_ddl,
    raw_types,
    rejected_sql,
)
from data.ingest.period import Period
from data.ingest.refusal import refuse
from data.ingest.sheet import Sheet
from data.ingest.sql import name
from data.schema import Part, Source

BLANK = "rows that hold nothing, passed over"


@dataclass
class Delivery:
    """One part in one file, and what became of its rows.

    ``held`` counts the rows with those that hold nothing, ``keys`` how many of a parent's keys the rows name; ``first``
    is the first line on which a warning came up. What it tells of days before ``news_from`` it tells late: an earlier
    delivery spoke of those days.
    """

    file: int
    name: str
    sha256: str
    period: Period
    sheet: Sheet
    held: int = 0
    rows: int = 0
    rejected: int = 0
    keys: int = 0
    warnings: Counter[str] = field(default_factory=Counter)
    first: dict[str, int] = field(default_factory=dict)
    news_from: date | None = None

    @property
    def accepted(self) -> int:
        return self.rows - self.rejected

    @property
    def aside(self) -> dict[str, int]:
        """Warnings by rule, of those that came up."""
        return {rule: count for rule, count in sorted(self.warnings.items()) if count}


def take(
    con: duckdb.DuckDBPyConnection, source: Source, part: Part, deliveries: Sequence[Delivery], keys: Sequence[str] = ()
) -> None:
    """Read the part's files into the staged tables and count what became of their rows. Raises `Refused`."""
    read(con, source, part, deliveries)
    stage(con, source, part, deliveries, keys)


def stage(
    con: duckdb.DuckDBPyConnection, source: Source, part: Part, deliveries: Sequence[Delivery], keys: Sequence[str] = ()
) -> None:
    """What `read` has read into the staged tables. ``keys``: the columns by which other parts name this one's rows."""
    _count(con, part, deliveries)
    con.execute(rejected_sql(part))
    completeness.count(con, source, part)
    con.execute(accepted_sql(source, part))
    for key in dict.fromkeys(keys):
        con.execute(people.parent_sql(source, part, key))
    for statement in staging(source, part):
        con.execute(statement)
    _count_odd(con, part, {delivery.file: delivery for delivery in deliveries})
    con.execute(f"DROP {'TABLE' if part.parent else 'VIEW'} accepted_row")
    con.execute("DROP TABLE checked_row")


def staging(source: Source, part: Part) -> list[str]:
    """Every statement that stages what the part's accepted rows say."""
    statements = [people.seen_sql(source, who) for who in part.who]
    statements += [happenings.event_sql(source, part, rule) for rule in part.events]
    statements += [happenings.relation_sql(source, part, relation) for relation in part.relations]
    statements += [happenings.group_sql(source, part, group) for group in part.groups]
    if part.span and source.coverage == "enrolled":
        statements.append(happenings.coverage_sql(source, part.span))
    if part.known_case:
        statements.append(happenings.known_case_sql(source, part.known_case))
    if part.contact:
        statements.append(happenings.contact_sql(part.contact))
    return statements


def read(con: duckdb.DuckDBPyConnection, source: Source, part: Part, deliveries: Sequence[Delivery]) -> None:
    """``checked_row`` and ``taking``, the files that are being taken; nothing is staged yet.

    Raises `Refused` where a file can't be read.
    """
    types = raw_types(part, [delivery.sheet for delivery in deliveries])
    con.execute(raw_ddl(types))
    begins, row = [], 0
    for delivery in deliveries:
        begins.append(row)
        delivery.held = _append(con, delivery, append_sql(delivery.sheet, types))
        row += delivery.held
    con.register("files", _files(deliveries, begins))
    con.execute("CREATE OR REPLACE TEMP TABLE taking AS SELECT * FROM files")
    con.unregister("files")
    con.execute(checked_sql(source, part, types))
    con.execute("DROP TABLE raw_row")


def _append(con: duckdb.DuckDBPyConnection, delivery: Delivery, statement: str) -> int:
    """How many rows the file had. Raises `Refused`."""
    sheet = delivery.sheet
    for label, table in sheet.tables.items():
        con.register(label, table)
    try:
        return con.execute(statement, [delivery.file, *sheet.values]).fetchall()[0][0]
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        # DuckDB's own words would quote the row.
        raise refuse(
            delivery.name, f"the file can't be read to its end ({type(error).__name__}): damaged or cut short"
        ) from None
    finally:
        for label in sheet.tables:
            con.unregister(label)


def _files(deliveries: Sequence[Delivery], begins: Sequence[int]) -> pa.Table:
    day, number = pa.date32(), pa.int64()
    return pa.table(
        {
            "file": pa.array([each.file for each in deliveries], pa.int32()),
            "delivered": pa.array([each.period.delivered for each in deliveries], day),
            "period_from": pa.array([each.period.begins for each in deliveries], day),
            "period_to": pa.array([each.period.ends for each in deliveries], day),
            "news_from": pa.array([each.news_from for each in deliveries], day),
            "first_row": pa.array(begins, number),
            "first_line": pa.array([each.sheet.first_line for each in deliveries], number),
        }
    )


def _count(con: duckdb.DuckDBPyConnection, part: Part, deliveries: Sequence[Delivery]) -> None:
    found = {file: counts for file, *counts in con.execute(counts_sql(part)).fetchall()}
    for delivery in deliveries:
        delivery.rows, delivery.rejected, aside, lines = found.get(delivery.file, (0, 0, [], []))
        delivery.warnings.update(delivery.sheet.notes)
        delivery.warnings[BLANK] += delivery.held - delivery.rows
        for column, count, line in zip(optional(part), aside, lines, strict=False):
            delivery.warnings[f"{column.name}: {rules.broken(column)}"] += count
            if count:
                delivery.first[f"{column.name}: {rules.broken(column)}"] = line
        for column in optional(part):
            if column.name not in delivery.sheet.places:
                delivery.warnings[f"{column.name}: column is missing"] += delivery.accepted


def _count_odd(con: duckdb.DuckDBPyConnection, part: Part, by_file: dict[int, Delivery]) -> None:
    """Warnings that show only once rows are read together or made into events."""
    for rule in part.events:
        said = (happenings.NO_DATE, happenings.TOO_LATE, happenings.BACKWARDS)
        for file, *counts in con.execute(happenings.event_faults_sql(part, rule)).fetchall():
            for words, count in zip(said, counts, strict=True):
                by_file[file].warnings[words.format(kind=rule.kind)] += count
    for group in part.groups:
        for file, count in con.execute(happenings.crowds_sql(group)).fetchall():
            by_file[file].warnings[f"{group.by}: {happenings.CROWD}"] += count
    if part.parent:
        nobodys = f'SELECT "@file" AS file FROM accepted_row WHERE {people.at("self")} IS NULL'
        orphans = f"SELECT file, count(*) FROM ({nobodys}) GROUP BY file ORDER BY file"
        for file, count in con.execute(orphans).fetchall():
            by_file[file].warnings[happenings.ORPHAN.format(key=part.parent[1], parent=part.parent[0])] += count
        named = f'SELECT "@file", count(DISTINCT {name(part.parent[1])}) FROM accepted_row GROUP BY ALL ORDER BY ALL'
        for file, count in con.execute(named).fetchall():
            by_file[file].keys = count
