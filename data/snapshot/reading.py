"""Read the snapshot being served: opened once a process, shared, and closed when nobody needs it any more.

One DuckDB connection shared by threads hands one thread another thread's rows, silently. So a script run takes a
cursor of its own from `Snapshot.cursor`, uses it in one thread, and gives it back.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Collection, Hashable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from data.home import Home
from data.snapshot.engine import ALIAS, Damaged, StoreError, attach, connect, plain_errors

Read = TypeVar("Read")
#: Tables that are worked out of a snapshot in memory, once while it is open, by name: each a select that may bind
#: ``$today``. Whoever reads one names it as `derived` says.
_DERIVED: dict[str, str] = {}
#: Tables that snapshots of earlier versions lack: what is worked out of them waits until somebody asks for it.
_NEEDS: dict[str, frozenset[str]] = {}


def derived(name: str, select: str, needs: Collection[str] = ()) -> str:
    """Declare a table worked out of every snapshot when a query first names it. How queries name it.

    ``select`` may name others that were declared before it. ``needs``: tables of which a snapshot may have none, where
    nothing is worked out in advance.
    """
    _DERIVED[name], _NEEDS[name] = select, frozenset(needs)
    return f"memory.main.{name}"


class NoSnapshot(StoreError):
    """Nothing has been published in this home yet."""


class Snapshot:
    """One published snapshot, open for reading. Safe to share between threads; its cursors are not."""

    def __init__(self, path: Path) -> None:
        """Open ``path``. Raises `KeyRefused`, `Damaged`."""
        if not path.is_file():
            raise NoSnapshot("the snapshot's file is not there: build again")
        self.path = path
        self._kept: dict[Hashable, Any] = {}
        self._reading: dict[Hashable, threading.RLock] = {}
        self._connection = connect(memory="3GB")
        try:
            attach(self._connection, path, ALIAS, read_only=True)
            with plain_errors():
                # From here on no statement can touch a file, load code or change a setting.
                self._connection.execute("SET enable_external_access = false")
                self._connection.execute("SET lock_configuration = true")
            self.manifest: dict[str, Any] = self._read_manifest()
        except BaseException:
            self._connection.close()
            raise

    def _read_manifest(self) -> dict[str, Any]:
        try:
            with self.cursor() as cursor:
                rows = cursor.execute("SELECT key, value FROM manifest ORDER BY key").fetchall()
        except duckdb.Error:
            raise Damaged("the file is damaged or not a snapshot: its manifest can't be read") from None
        return {name: json.loads(value) for name, value in rows}

    @property
    def id(self) -> str:
        """The city and the number of the build: the part of a cache key that says which rows."""
        return f"{self.manifest['city']['id']}-{self.manifest['snapshot']}"

    @property
    def city(self) -> dict[str, Any]:
        """``id``, ``name`` and ``invented`` of the city."""
        return dict(self.manifest["city"])

    @property
    def invented(self) -> bool:
        return self.manifest["city"]["invented"] is True

    @property
    def today(self) -> date:
        """The day the snapshot speaks of: its latest as-of date."""
        return date.fromisoformat(self.manifest["today"])

    @property
    def recorded_until(self) -> date:
        """The first day that its sources had told nothing of."""
        told = self.manifest.get("recorded_until")
        return date.fromisoformat(told) if told else self.today

    @cached_property
    def tables(self) -> frozenset[str]:
        """The tables that it has: one of an earlier version of Kinsight lacks what came later."""
        with self.cursor() as cursor:
            rows = cursor.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()")
            return frozenset(row[0] for row in rows.fetchall())

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A fresh cursor on the snapshot's tables, for one thread and one script run. Errors of opening are plain."""
        with plain_errors():
            cursor = self._connection.cursor()
            # Cursors don't inherit USE: each says it again (0.1 ms).
            cursor.execute(f"USE {ALIAS}")
        try:
            yield cursor
        finally:
            cursor.close()

    def once(self, name: Hashable, read: Callable[[], Read]) -> Read:
        """What ``read`` gives, which is kept under ``name`` for all readers while the snapshot is open.

        Whoever asks while another reads waits, and is given the same. An error of ``read`` is raised on, and nothing
        kept.
        """
        with self._reading.setdefault(name, threading.RLock()):
            if name not in self._kept:
                self._kept[name] = read()
            found: Read = self._kept[name]
        return found

    def derive(self, query: str | None = None) -> None:
        """Work out the `derived` tables that ``query`` names, or all, unless they are there: half a second each."""
        for name in _DERIVED:
            if _NEEDS[name] <= self.tables if query is None else f"memory.main.{name}" in query:
                self.once(("derived", name), partial(self._derive, name))

    def _derive(self, name: str) -> None:
        select = _DERIVED[name]
        self.derive(select)
        with self.cursor() as cursor, plain_errors():
            today = {"today": self.today} if "$today" in select else {}
            cursor.execute(f"CREATE TABLE memory.main.{name} AS {select}", today)

    def close(self) -> None:
        self._connection.close()


class _Shelf:
    """The snapshots this process has open, and how many script runs hold each."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[Path, Snapshot] = {}
        self._held: dict[Path, int] = {}

    def take(self, path: Path) -> Snapshot:
        with self._lock:
            if path not in self._open:
                self._open[path] = Snapshot(path)
            self._held[path] = self._held.get(path, 0) + 1
            snapshot = self._open[path]
            self._close_unused(newest=path)
            return snapshot

    def give_back(self, path: Path) -> None:
        with self._lock:
            self._held[path] -= 1

    def _close_unused(self, newest: Path) -> None:
        """Close what nobody holds, in the home of ``newest`` only: other homes have their own newest."""
        unused = [p for p in self._open if p.parent == newest.parent and p != newest and not self._held.get(p)]
        for path in unused:
            self._open.pop(path).close()
            self._held.pop(path, None)

    def paths(self) -> frozenset[Path]:
        with self._lock:
            return frozenset(self._open)


_SHELF = _Shelf()


def served(home: Home) -> Path:
    """The file that the pointer names. Raises `NoSnapshot`."""
    try:
        name = home.pointer.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise NoSnapshot("no snapshot yet: run `make run`, or `python -m analytics build` with your files") from None
    if not name or Path(name).name != name:
        raise Damaged("the pointer `current` names no snapshot: build again")
    return home.snapshots / name


@contextmanager
def current(home: Home) -> Iterator[Snapshot]:
    """The snapshot being served, held for the block: a newer one published meanwhile waits for the next block.

    Raises `NoSnapshot`, `KeyRefused`, `Damaged`.
    """
    path = served(home)
    snapshot = _SHELF.take(path)
    try:
        yield snapshot
    finally:
        _SHELF.give_back(path)


def warm(home: Home) -> None:
    """Work out the derived tables of the snapshot being served before anybody asks. Raises `StoreError`."""
    with current(home) as snapshot:
        snapshot.derive()


def opened() -> frozenset[Path]:
    """The files of the snapshots that this process has open."""
    return _SHELF.paths()
