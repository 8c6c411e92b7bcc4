"""Copy a journal, or the store of the training rooms, while people work in it. The copy restores it in its place."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from data.journal.journal import Journal
from data.journal.verification import Verification, verify
from data.snapshot.engine import StoreError


def backup(journal: Journal, destination: Path) -> Verification:
    """Write a consistent copy of an SQLite journal to ``destination``, and verify the copy. Raises as `copy` does."""
    copy(journal.engine, destination)
    copied = Journal(f"sqlite:///{destination}", prepare=False)
    try:
        return verify(copied)
    finally:
        copied.close()


def copy(engine: sa.Engine, destination: Path) -> None:
    """Write a consistent copy of an SQLite database to ``destination``, which must not exist.

    Raises `StoreError` if it does, or if the database is PostgreSQL's.
    """
    database = engine.url.database
    if engine.dialect.name != "sqlite" or not database:
        raise StoreError("this is in PostgreSQL: back it up with pg_dump")
    try:
        destination.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise StoreError(f"{destination} is there already: choose another name") from None
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(destination)) as written:
        source.backup(written)
