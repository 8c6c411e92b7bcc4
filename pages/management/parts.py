"""Outlines of wards, as a map drawn without tiles has them: Plotly's own maps fetch a world from outside."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np
import pandas as pd

WITHHELD = "#eef1f5"


def outer_rings(geometry: str | None) -> Iterator[tuple[list[float], list[float]]]:
    """The outer rings of a polygon or several."""
    if not geometry:
        return
    shape = json.loads(geometry)
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    for polygon in polygons:
        points = polygon[0]
        yield [point[0] for point in points], [point[1] for point in points]


def tallness(wards: pd.DataFrame) -> float:
    """How much taller a degree of latitude is than one of longitude, where the city lies."""
    heights = [y for outline in wards["geometry"] for _, ys in outer_rings(outline) for y in ys[:1]]
    return 1 / float(np.cos(np.radians(np.mean(heights)))) if heights else 1.0
