"""Open the journal's database: SQLite in WAL mode by default, PostgreSQL by URL. Writers queue, readers never wait."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from data.snapshot.engine import StoreError


class JournalUnusable(StoreError):
    """The journal's database can't be reached, or is not a journal."""


# Any constant will do; it only has to be the same for every writer of one database.
_LOCK = 7_046_151_133


def engine_for(url: str) -> sa.Engine:
    """An engine for ``url``. SQLite waits up to 30 s for its turn and its file is for the owner alone."""
    if not url.startswith("sqlite"):
        return sa.create_engine(url, pool_size=10, max_overflow=40, pool_pre_ping=True, hide_parameters=True)
    engine = sa.create_engine(url, pool_size=10, max_overflow=90, connect_args={"timeout": 30}, hide_parameters=True)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    database = engine.url.database
    if database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        Path(database).touch(mode=0o600)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own BEGIN is deferred, and would fail where it ought to wait: we write BEGIN ourselves.
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def usable() -> Iterator[None]:
    """Raise the database's errors again as `JournalUnusable`, without its address, statement or values."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        kind = type(error).__name__
        raise JournalUnusable(f"the journal can't be used ({kind}): is its database there, and a journal?") from None


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that is alone in writing: whoever comes second waits. Rolled back on an error."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        yield connection
