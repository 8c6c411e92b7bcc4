"""Reference data on places: wards, and which ward and neighbourhood a postcode lies in. No source of people."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from data.snapshot.engine import StoreError
from data.snapshot.tables import NEIGHBOURHOOD, WARD

POSTCODES, OUTLINES = "postcode.parquet", "wards.geojson"

PLACE = """
CREATE OR REPLACE TABLE staged.place AS
SELECT postcode, min(ward) AS ward FROM read_parquet($file) GROUP BY postcode ORDER BY postcode
"""
DECILES = """
INSERT INTO neighbourhood
SELECT postcode, min(imd_decile)::DOUBLE AS decile FROM read_parquet($file) GROUP BY postcode ORDER BY postcode
"""
# A ward's decile is the middle one of its postcodes.
WARDS = """
INSERT INTO ward
SELECT ward, min(ward_name), min(area), quantile_disc(imd_decile, 0.5)::INTEGER, NULL FROM read_parquet($file)
GROUP BY ward ORDER BY ward
"""
OUTLINE = "UPDATE ward SET geometry = $geometry WHERE ward = $ward"


def read_places(con: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Fill ``staged.place``, ``ward`` and ``neighbourhood`` from ``folder``; how many wards there are.

    Where the folder has no postcodes all three are empty. Raises `StoreError` for files that can't be read.
    """
    con.execute("CREATE OR REPLACE TABLE staged.place (postcode VARCHAR, ward VARCHAR)")
    for table in (WARD, NEIGHBOURHOOD):
        con.execute(f"DROP TABLE IF EXISTS {table.name}")
        con.execute(table.ddl())
    if (folder / POSTCODES).is_file():
        _read(con, folder)
    return int(con.execute("SELECT count(*) FROM ward").fetchall()[0][0])


def _read(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    try:
        for statement in (PLACE, DECILES, WARDS):
            con.execute(statement, {"file": str(folder / POSTCODES)})
        for ward, geometry in _outlines(folder / OUTLINES).items():
            con.execute(OUTLINE, {"ward": ward, "geometry": geometry})
    except (duckdb.Error, ValueError, KeyError):
        raise StoreError(f"{folder.name}: the places can't be read: {POSTCODES}, {OUTLINES}") from None


def _outlines(file: Path) -> dict[str, str]:
    """Ward code -> geometry as GeoJSON text."""
    if not file.is_file():
        return {}
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    return {each["properties"]["ward"]: json.dumps(each["geometry"]) for each in features}
