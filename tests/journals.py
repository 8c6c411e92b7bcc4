"""Journals of tests: with the demonstration accounts in it, one is made once a process, and each test has a copy."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from data.home import Home
from data.journal.accounts import offer_demonstration
from data.journal.journal import Journal, journal_of, url_of
from data.snapshot.reading import current, served

_MADE: dict[tuple[Path, int], bytes] = {}


def offered(home: Home) -> Journal:
    """The journal that ``home`` has now, with its demonstration accounts: a copy where there was none yet."""
    database = sa.make_url(url_of(home)).database
    if database and not Path(database).exists():
        Path(database).write_bytes(_made(home))
        return journal_of(home)
    journal = journal_of(home)
    with current(home) as snapshot:
        offer_demonstration(journal, snapshot)
    return journal


def _made(home: Home) -> bytes:
    key = served(home), served(home).stat().st_mtime_ns
    if key not in _MADE:
        with TemporaryDirectory() as folder, current(home) as snapshot:
            journal = Journal(f"sqlite:///{folder}/journal.sqlite")
            offer_demonstration(journal, snapshot)
            # Closed, it lies in one file.
            journal.close()
            _MADE[key] = Path(folder, "journal.sqlite").read_bytes()
    return _MADE[key]
