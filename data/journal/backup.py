"""Copy a journal while people work in it. To restore, put the copy where the journal was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from data.journal.journal import Journal
from data.journal.verification import Verification, verify


def backup(journal: Journal, destination: Path) -> Verification:
    """Write a consistent copy of an SQLite journal to ``destination``, which must not exist, and verify the copy.

    Raises `ValueError` on PostgreSQL (use ``pg_dump``) and `FileExistsError`.
    """
    database = journal.engine.url.database
    if journal.engine.dialect.name != "sqlite" or not database:
        raise ValueError("this journal is in PostgreSQL: back it up with pg_dump")
    destination.touch(mode=0o600, exist_ok=False)
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(destination)) as copy:
        source.backup(copy)
    copied = Journal(f"sqlite:///{destination}", prepare=False)
    try:
        return verify(copied)
    finally:
        copied.close()
