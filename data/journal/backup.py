"""Copy a journal while people work in it. To restore, put the copy where the journal was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from data.journal.journal import Journal
from data.journal.verification import Verification, verify
from data.snapshot.engine import StoreError


def backup(journal: Journal, destination: Path) -> Verification:
    """Write a consistent copy of an SQLite journal to ``destination``, which must not exist, and verify the copy.

    Raises `StoreError` if it does, or if the journal is in PostgreSQL.
    """
    database = journal.engine.url.database
    if journal.engine.dialect.name != "sqlite" or not database:
        raise StoreError("this journal is in PostgreSQL: back it up with pg_dump")
    try:
        destination.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise StoreError(f"{destination} is there already: choose another name") from None
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(destination)) as copy:
        source.backup(copy)
    copied = Journal(f"sqlite:///{destination}", prepare=False)
    try:
        return verify(copied)
    finally:
        copied.close()
