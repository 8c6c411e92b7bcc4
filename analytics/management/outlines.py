"""The outlines of wards: those that came with the records, or the council's own as GeoJSON by configuration.

``KINSIGHT_LOCAL/maps/*.geojson`` holds features whose geometry is a polygon (or several) in degrees (WGS 84), each with
its ward's code as a property, whatever it is called (``WD25CD`` as the Office for National Statistics has it). Codes
are held against the wards of the records, and what doesn't fit is said.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data import local

#: Bytes beyond which a file is no outline of wards; steps of the grid across the city that outlines are drawn on.
LARGEST, STEPS = 60_000_000, 1_500
_FEW = 5


@dataclass(frozen=True)
class Outlines:
    """GeoJSON geometry text by ward code; ``said`` is what did not fit, each a sentence, for the page."""

    geometry: Mapping[str, str]
    said: tuple[str, ...] = ()


def declared() -> tuple[Path, ...]:
    """The council's files. Raises `LocalRefused`."""
    return local.files("maps", "geojson")


def outlines(wards: pd.DataFrame, files: tuple[Path, ...]) -> Outlines:
    """Outlines for ``wards`` (by code, with ``name`` and ``geometry``), from ``files`` where they fit.

    A file that can't be used is told of, and the outlines that came with the records are drawn: a map is no reason for
    a page to fail.
    """
    own = {str(code): text for code, text in wards["geometry"].items() if text}
    if not files:
        return Outlines(own)
    try:
        features = [each for file in files for each in _features(file)]
        found, said = _matched(features, wards)
    except ValueError as error:
        return Outlines(own, (f"{error} {_INSTEAD}",))
    return Outlines(found or own, (*said, *(() if found else (_INSTEAD,))))


_INSTEAD = "The outlines that came with the records are drawn instead."


def _features(file: Path) -> list[Mapping[str, Any]]:
    """What a file holds. Raises `ValueError` with what is wrong with it, by its name."""
    try:
        if file.stat().st_size > LARGEST:
            raise ValueError("it is larger than 60 MB: ask for generalised boundaries")
        told = json.loads(file.read_text(encoding="utf-8"))
        features = told["features"]
        if not features:
            raise ValueError("it has no features")
        for each in features:
            _check(each)
    except OSError as error:
        raise ValueError(f"{file.name} can't be read: {error.strerror}.") from None
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError, UnicodeDecodeError):
        raise ValueError(f"{file.name} can't be used: it is no GeoJSON FeatureCollection.") from None
    except ValueError as error:
        raise ValueError(f"{file.name} can't be used: {error}.") from None
    return list(features)


def _check(feature: Mapping[str, Any]) -> None:
    if feature["geometry"]["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError("wards are polygons, and something else is in it")
    for ring in rings(feature["geometry"]):
        points = np.asarray(ring, float)
        if points.ndim != 2 or len(points) < 4:
            raise ValueError("an outline has fewer than four points")
        if np.abs(points[:, 0]).max() > 180 or np.abs(points[:, 1]).max() > 90:
            raise ValueError("its places are eastings and northings: save it in degrees (WGS 84, EPSG:4326)")


def rings(geometry: Mapping[str, Any]) -> Iterator[list[list[float]]]:
    """The outer rings of a polygon or several."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        yield polygon[0]


def _matched(features: list[Mapping[str, Any]], wards: pd.DataFrame) -> tuple[dict[str, str], list[str]]:
    codes = {str(code) for code in wards.index}
    column = _column(features, codes)
    told = {str((each.get("properties") or {}).get(column)): each["geometry"] for each in features}
    found = {code: geometry for code, geometry in told.items() if code in codes}
    said = []
    if not found:
        return {}, [
            f"None of the {len(told)} outlines that were declared is of a ward of the records: their codes are such as "
            f"{_some(told)}, those of the records such as {_some(codes)}."
        ]
    if away := sorted(codes - set(found)):
        names = dict(zip(wards.index.astype(str), wards["name"].astype(str), strict=True))
        missing = [f"{names[code]} ({code})" for code in away]
        said.append(f"No outline was declared for {_some(missing)}: not on the map, but in the table.")
    if more := sorted(set(told) - codes):
        said.append(f"Outlines of codes that no ward of the records has were left out: {_some(more)}.")
    return _drawn(found), said


def _column(features: list[Mapping[str, Any]], codes: set[str]) -> str:
    """The property that holds most codes of wards; of none, the one whose name says code."""
    held = Counter(
        {
            name: sum(str((each.get("properties") or {}).get(name)) in codes for each in features)
            for name in sorted({name for each in features for name in (each.get("properties") or {})})
        }
    )
    if not held:
        raise ValueError("The outlines that were declared have no properties, and so no codes of wards.")
    return max(held, key=lambda name: (held[name], name.upper().endswith("CD") or "code" in name.lower()))


def _some(names: Any) -> str:
    listed = sorted(names)
    more = f" and {len(listed) - _FEW} more" if len(listed) > _FEW else ""
    return ", ".join(listed[:_FEW]) + more


def _drawn(found: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """On one grid for all, fine enough for a screen: neighbours keep their common line, and no browser chokes."""
    every = np.concatenate([np.asarray(ring, float)[:, :2] for one in found.values() for ring in rings(one)])
    step = max(float(np.ptp(every[:, 0])), float(np.ptp(every[:, 1]))) / STEPS or 1e-6
    return {
        code: json.dumps({"type": "MultiPolygon", "coordinates": [[_thin(ring, step)] for ring in rings(one)]})
        for code, one in sorted(found.items())
    }


def _thin(ring: list[list[float]], step: float) -> list[list[float]]:
    points = np.round(np.asarray(ring, float)[:, :2] / step)
    moved = np.r_[True, (np.diff(points, axis=0) != 0).any(axis=1)]
    kept = points[moved] if moved.sum() >= 4 else points
    return [[round(x, 6), round(y, 6)] for x, y in (kept * step).tolist()]
