"""What the models of a published snapshot were given, put together again from its tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from analytics.build.facts import inputs
from analytics.build.indicators import every_date
from analytics.models.inputs import Inputs
from analytics.models.spec import ModelSpec
from data.home import Home
from data.snapshot.engine import ALIAS, attach, connect
from data.snapshot.reading import current

MEMORY = "3GB"


def inputs_again(home: Home, spec: ModelSpec) -> Inputs:
    """Indicators of every as-of date and all else that ``spec`` reads, with the truth if one lies beside the snapshot.

    Takes as long as the build's own indicators. Raises `StoreError` without a snapshot.
    """
    with current(home) as snapshot:
        path, number, today = snapshot.path, int(snapshot.manifest["snapshot"]), snapshot.today
    truth = home.truth(number)
    with tables(path) as con:
        matrices = every_date(con, today)
        return inputs(con, spec, matrices, truth if truth.is_dir() else None)


@contextmanager
def tables(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that finds the tables of the snapshot at ``path`` by their plain names, and cannot change them."""
    con = connect(memory=MEMORY)
    try:
        attach(con, path, ALIAS, read_only=True)
        con.execute(f"USE {ALIAS}")
        yield con
    finally:
        con.close()
