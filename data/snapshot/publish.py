"""Publish a snapshot: built beside the one being served, then named by the pointer in one atomic step.

    work/…  ->  snapshot-8.duckdb.partial  ->  snapshot-8.duckdb  ->  current: "snapshot-8.duckdb"

A build killed before the last arrow leaves `current` as it was; the next build clears what was left.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from data.home import Home
from data.snapshot.engine import ALIAS, StoreError, attach, connect, plain_errors
from data.snapshot.lock import locked

KEPT = 3
_NUMBERED = re.compile(r"snapshot-(\d+)\.")


class Draft:
    """A snapshot being written. Leaving the block without an error publishes it; anything else throws it away.

    ``draft.connection`` has the empty store attached as ``snapshot``; ``draft.manifest`` is a dict to fill, whose
    ``city`` (see `data.snapshot.manifest.city_of`) and ``today`` are required. With ``connection`` given, the store
    is attached to it, so that tables can be filled from what the build has there. Raises `StoreError`, `lock.Busy`.
    """

    def __init__(self, home: Home, connection: duckdb.DuckDBPyConnection | None = None) -> None:
        self.home = home
        self.manifest: dict[str, Any] = {}
        self._given = connection
        self._held = ExitStack()

    def __enter__(self) -> Self:
        folder = self.home.made(self.home.snapshots)
        self._held.enter_context(locked(folder / "building.lock"))
        try:
            clear_leftovers(self.home)
            self.number = 1 + max(_numbers(folder), default=0)
            self.file = folder / f"snapshot-{self.number}.duckdb"
            self.connection = self._given or connect(spill=self.home.made(self.home.work))
            attach(self.connection, self._partial, ALIAS, read_only=False)
            if not self._given:
                self.connection.execute(f"USE {ALIAS}")
        except BaseException:
            self._held.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._held:
            try:
                if kind is None:
                    self._seal()
                    self._publish()
            finally:
                self._release()
                clear_leftovers(self.home)

    @property
    def _partial(self) -> Path:
        return self.file.with_name(self.file.name + ".partial")

    def _seal(self) -> None:
        """Write the manifest into the store, and close its file whole."""
        missing = {"city", "today"} - self.manifest.keys()
        if missing:
            raise StoreError(f"the manifest lacks {', '.join(sorted(missing))}")
        self._refuse_other_city()
        self.manifest["snapshot"] = self.number
        rows = [(name, _json(value)) for name, value in sorted(self.manifest.items())]
        with plain_errors():
            self.connection.execute(f"CREATE OR REPLACE TABLE {ALIAS}.manifest (key VARCHAR, value JSON)")
            self.connection.executemany(f"INSERT INTO {ALIAS}.manifest VALUES (?, ?)", rows)
            self.connection.execute(f"CHECKPOINT {ALIAS}")
        self._detach()

    def _refuse_other_city(self) -> None:
        """One home, one city: the journal beside these snapshots speaks of its people."""
        for side in self.home.snapshots.glob("snapshot-*.json"):
            if json.loads(side.read_text(encoding="utf-8"))["city"]["id"] != self.manifest["city"]["id"]:
                raise StoreError("this home holds another city: build into another KINSIGHT_HOME")

    def _publish(self) -> None:
        _synced(self._partial)
        _write_whole(self.file.with_suffix(".json"), json.dumps(self.manifest, indent=1, sort_keys=True, default=str))
        self._partial.rename(self.file)
        _synced(self.file.parent)
        point(self.home, self.file.name)

    def _release(self) -> None:
        self._detach()
        if self._given is None:
            self.connection.close()

    def _detach(self) -> None:
        with plain_errors():
            listed = self.connection.execute("SELECT database_name FROM duckdb_databases()").fetchall()
            if (ALIAS,) in listed:
                if self.connection.execute("SELECT current_database()").fetchone() == (ALIAS,):
                    self.connection.execute("USE memory")
                self.connection.execute(f"DETACH {ALIAS}")


def point(home: Home, name: str) -> None:
    """Make ``name`` the snapshot being served: one atomic replacement of the pointer."""
    _write_whole(home.pointer, name + "\n")


def clear_leftovers(home: Home) -> None:
    """Delete what killed builds left, and all but the served snapshot and the last `KEPT`. Needs the build's lock."""
    served = home.pointer.read_text().strip() if home.pointer.exists() else ""
    newest = int(_NUMBERED.match(served)[1]) if _NUMBERED.match(served) else 0  # type: ignore[index]
    kept = {n for n in _numbers(home.snapshots) if newest - KEPT < n <= newest}
    for file in home.snapshots.iterdir():
        number = _NUMBERED.match(file.name)
        if file.suffix == ".new" or (number and (int(number[1]) not in kept or ".partial" in file.name)):
            _unlinked(file)


def _numbers(folder: Path) -> list[int]:
    found = (_NUMBERED.match(file.name) for file in folder.iterdir())
    return sorted({int(number[1]) for number in found if number})


def _unlinked(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except PermissionError:
        # Windows keeps a file that a reader has open; the next build tries again.
        return


def _write_whole(file: Path, text: str) -> None:
    """Write ``file`` so that a reader, or a crash, finds the old text or the new, never a part."""
    new = file.with_name(file.name + ".new")
    new.write_text(text, encoding="utf-8")
    _synced(new)
    new.replace(file)
    _synced(file.parent)


def _synced(path: Path) -> None:
    """Push a file, or a folder's list of names, to the disk. (Windows has no folders to open.)"""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)
