"""Reference data for the map: wards as GeoJSON, and which ward a property or a postcode lies in."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from data.city.places import AREAS, WARDS, Places
from data.city.truth import ward_code


def write(places: Places, out: Path) -> None:
    """``wards.geojson``, ``ward.csv``-like properties in it, ``uprn.parquet`` and ``postcode.parquet``."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "wards.geojson").write_text(json.dumps(_wards(places)) + "\n", encoding="utf-8")
    homes = np.arange(places.homes)
    columns = {
        "uprn": pa.array(places.uprn(homes)),
        "postcode": pa.array(places.postcode(homes), pa.string()),
        **_where(places, homes),
        "lon": pa.array(places.home_lon),
        "lat": pa.array(places.home_lat),
    }
    pq.write_table(pa.table(columns), out / "uprn.parquet", compression="zstd")
    _, first = np.unique(places.postcode(homes), return_index=True)
    codes = pa.table({"postcode": pa.array(places.postcode(homes[first]), pa.string()), **_where(places, homes[first])})
    pq.write_table(codes, out / "postcode.parquet", compression="zstd")


def _where(places: Places, homes: np.ndarray) -> dict[str, pa.Array]:
    ward = places.ward(homes)
    named = {
        "ward": [ward_code(w) for w in range(len(WARDS))],
        "ward_name": list(WARDS),
        "area": [AREAS[a] for a in places.ward_area],
    }
    made = {name: pa.array(values, pa.string()).take(pa.array(ward)) for name, values in named.items()}
    lsoa = [f"AVB{n + 1:04d}" for n in range(len(places.lsoa_ward))]
    return made | {
        "lsoa": pa.array(lsoa).take(pa.array(places.home_lsoa[homes])),
        "imd_decile": pa.array(places.decile(homes)),
    }


def _wards(places: Places) -> dict[str, object]:
    features = []
    for number, (name, outline) in enumerate(zip(WARDS, places.outlines, strict=True)):
        ring = [*outline.tolist(), outline[0].tolist()]
        properties = {"ward": ward_code(number), "name": name, "area": AREAS[int(places.ward_area[number])]}
        features.append(
            {
                "type": "Feature",
                "id": ward_code(number),
                "properties": properties,
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    return {"type": "FeatureCollection", "features": features}
