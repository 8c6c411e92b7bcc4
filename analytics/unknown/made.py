"""An invented city as a model reads it, straight from its files: read, linked, counted, and nothing published.

The same tables and indicators as a build's, without what a build makes for readers: a city made for one measurement
has none.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import duckdb

from analytics.build.build import DO_NOT_LINK, MEMORY, NEVER_LINKED, PLACES, first_day_not_recorded
from analytics.build.facts import inputs
from analytics.build.indicators import every_date
from analytics.build.tables import drop_working_tables, write_tables
from analytics.matrix import grid
from analytics.models.inputs import Inputs
from analytics.models.spec import ModelSpec
from data.city.city import generate
from data.city.noticing import Noticing
from data.families.find import find
from data.ingest.ingest import ingest
from data.linkage.link import link
from data.places import read_places
from data.retention.leaving import retire
from data.snapshot.engine import ALIAS, attach, connect
from data.sources import SOURCES


def inputs_of(spec: ModelSpec, families: int, seed: int, way: Noticing, place: Path) -> Inputs:
    """Makes the city in ``place``, an empty folder, and reads it again: what a build of it would give the model."""
    generate(families, seed, place / "city", None, way)
    return inputs_from(spec, place / "city" / "sources", place / "city" / "truth", place)


def inputs_from(spec: ModelSpec, sources: Path, truth: Path, place: Path) -> Inputs:
    """What a build of ``sources`` would give the model; working files go to ``place``. Raises `StoreError`."""
    today = first_day_not_recorded(sources)
    con = connect(place / "work.duckdb", spill=place, memory=MEMORY)
    try:
        attach(con, place / "tables.duckdb", ALIAS, read_only=False)
        _settle(con, sources)
        con.execute(f"USE {ALIAS}")
        matrices = every_date(con, grid.today(today - timedelta(days=1)), lambda _: None)
        return inputs(con, spec, matrices, truth)
    finally:
        con.close()


def _settle(con: duckdb.DuckDBPyConnection, sources: Path) -> None:
    """Rows are read, clients become people and people families, as in a first build."""
    today = first_day_not_recorded(sources)
    ingest(con, sources, today)
    read_places(con, sources / PLACES)
    retire(con, SOURCES, today)
    link(con, do_not_link=con.execute(NEVER_LINKED, {"kind": DO_NOT_LINK}).df())
    find(con)
    write_tables(con)
    drop_working_tables(con)
