"""The journal: what people do. Everything is appended, and everything is in one hash chain."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from data.home import Home
from data.journal import guard
from data.journal.chain import GENESIS, canonical, entry_hash, row_digest
from data.journal.engine import engine_for, usable, writing
from data.journal.tables import ACCESS_ENTRY, ACCESS_PERSON, CHAIN_HEAD, CITY_BINDING, METADATA
from data.snapshot.engine import StoreError

Clock = Callable[[], datetime]


class OtherCity(StoreError):
    """The snapshot is of another city than the journal: a judgement could land on another child."""


@dataclass(frozen=True)
class Entry:
    """One line of the access log: who did what, about whom, on what ground."""

    reader: str
    role: str
    action: str
    people: tuple[int, ...] = ()
    model: str | None = None
    snapshot: str | None = None
    purpose: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


class Journal:
    """The operational store at ``url``; safe to share between threads and processes."""

    def __init__(self, url: str, clock: Clock = lambda: datetime.now(UTC), *, prepare: bool = True) -> None:
        """Open the journal; ``prepare`` makes what tables and triggers are not there. Raises `JournalUnusable`."""
        self.engine = engine_for(url)
        self.clock = clock
        if prepare:
            with usable(), writing(self.engine) as connection:
                self._prepare(connection)

    def _prepare(self, connection: sa.Connection) -> None:
        METADATA.create_all(connection)
        restored = guard.install(connection)
        if connection.execute(sa.select(CHAIN_HEAD.c.seq)).first() is None:
            if connection.execute(sa.select(ACCESS_ENTRY.c.seq).limit(1)).first():
                raise RuntimeError("the journal has entries but no head: restore it from a backup")
            connection.execute(CHAIN_HEAD.insert().values(head=1, seq=0, hash=GENESIS))
        elif restored:
            # Somebody took them away, or this is a newer version: either way it belongs in the log.
            entry = Entry("system", "system", "guard restored", detail={"triggers": restored})
            self._chain(connection, entry, self.now())

    def now(self) -> str:
        """The time as the journal writes it: text, UTC, microseconds."""
        return self.clock().astimezone(UTC).isoformat(timespec="microseconds")

    def record(self, entry: Entry) -> int:
        """Append ``entry``; it is on disk when this returns its number. Raises `JournalUnusable`."""
        with usable(), writing(self.engine) as connection:
            return self._chain(connection, entry, self.now())

    def append(self, table: sa.Table, values: Mapping[str, Any], entry: Entry) -> int:
        """Append a row to ``table`` and, in the same transaction, the entry that vouches for it. Returns the row."""
        with writing(self.engine) as connection:
            return self.append_within(connection, table, values, entry)

    def append_within(self, connection: sa.Connection, table: sa.Table, values: Mapping[str, Any], entry: Entry) -> int:
        """As `append`, inside a transaction begun with `writing`, for rows that depend on what is there."""
        return self._append(connection, table, [values], entry)[0]

    def append_all(self, table: sa.Table, rows: Sequence[Mapping[str, Any]], entry: Entry) -> list[int]:
        """Append rows that are one act: one transaction, one time, and one entry that vouches for each of them."""
        with writing(self.engine) as connection:
            return self._append(connection, table, rows, entry)

    def _append(
        self, connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]], entry: Entry
    ) -> list[int]:
        at = self.now()
        vouched = [self._insert(connection, table, {"at": at, "by": entry.reader}, values) for values in rows]
        self._chain(connection, entry, at, vouched)
        return [int(one["row"]) for one in vouched]

    def _insert(
        self, connection: sa.Connection, table: sa.Table, who: Mapping[str, Any], values: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Insert one row; what its entry has to say of it."""
        row = dict(who) | {c.name: values.get(c.name) for c in table.columns[3:]}
        unknown = values.keys() - row.keys()
        if unknown:
            raise ValueError(f"{table.name} has no column {', '.join(sorted(unknown))}")
        number = connection.execute(table.insert().values(row).returning(table.c.row)).scalar_one()
        return {"table": table.name, "row": number, "digest": row_digest({"row": number} | row)}

    def _chain(
        self, connection: sa.Connection, entry: Entry, at: str, vouched: Sequence[Mapping[str, Any]] = ()
    ) -> int:
        head = connection.execute(sa.select(CHAIN_HEAD.c.seq, CHAIN_HEAD.c.hash)).one()
        people = sorted(set(entry.people))
        row: dict[str, Any] = {
            "seq": head.seq + 1,
            "at": at,
            "reader": entry.reader,
            "role": entry.role,
            "action": entry.action,
            "person": people[0] if len(people) == 1 else None,
            "model": entry.model,
            "snapshot": entry.snapshot,
            "purpose": entry.purpose,
            "detail": canonical(_detail(entry, people, vouched)),
            "prev_hash": head.hash,
        }
        row["hash"] = entry_hash(row)
        connection.execute(ACCESS_ENTRY.insert().values(row))
        if people:
            connection.execute(ACCESS_PERSON.insert(), [{"seq": row["seq"], "person": person} for person in people])
        connection.execute(CHAIN_HEAD.update().values(seq=row["seq"], hash=row["hash"]))
        return int(row["seq"])

    def rows(self, statement: sa.Select[Any], values: Mapping[str, Any] | None = None) -> Sequence[sa.RowMapping]:
        """Run a select and return all its rows."""
        with self.engine.connect() as connection:
            return connection.execute(statement, dict(values or {})).mappings().all()

    def bind(self, city: Mapping[str, Any]) -> None:
        """Tie the journal to ``city`` (``id``, ``name``, ``invented``) for good. Raises `OtherCity` for another."""
        bound = self.rows(sa.select(CITY_BINDING.c.city))
        if not bound:
            with writing(self.engine) as connection:
                bound = connection.execute(sa.select(CITY_BINDING.c.city)).mappings().all()
                if not bound:
                    values = {"city": city["id"], "name": city["name"], "invented": city["invented"]}
                    self.append_within(connection, CITY_BINDING, values, Entry("system", "system", "bind city"))
                    return
        if bound[0]["city"] != city["id"]:
            raise OtherCity("the journal of this home belongs to another city: use another KINSIGHT_HOME or journal")

    def close(self) -> None:
        self.engine.dispose()


def _detail(entry: Entry, people: list[int], vouched: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    detail = dict(entry.detail)
    if len(people) > 1:
        detail["people"] = people
    if vouched:
        detail["wrote"] = dict(vouched[0]) if len(vouched) == 1 else [dict(one) for one in vouched]
    return detail


def wrote(detail: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows that an entry with this ``detail`` vouches for: ``table``, ``row`` and ``digest`` of each."""
    found = detail.get("wrote") or []
    return [found] if isinstance(found, dict) else list(found)


_OPEN: dict[str, Journal] = {}
_OPENING = threading.Lock()


def url_of(home: Home) -> str:
    """``KINSIGHT_JOURNAL`` if it is set, else the SQLite file of the home."""
    return os.environ.get("KINSIGHT_JOURNAL") or f"sqlite:///{home.journal}"


def journal_of(home: Home) -> Journal:
    """The journal of ``home``, opened once a process."""
    url = url_of(home)
    with _OPENING:
        if url not in _OPEN:
            _OPEN[url] = Journal(url)
        return _OPEN[url]


def detail_of(entry: Mapping[str, Any] | sa.RowMapping) -> dict[str, Any]:
    """The detail of an access entry, read back."""
    return dict(json.loads(entry["detail"]))
