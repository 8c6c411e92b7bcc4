"""What management pages share: the days they look at, and a map drawn without tiles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from pages.components import charts
from pages.components.look import LINE, QUIET, RISK_SCALE

WITHHELD = "#eef1f5"


def quarters(last: date, count: int) -> list[date]:
    """The ``count`` first days of quarters up to ``last``, oldest first."""
    months = [last.year * 12 + last.month - 1 - 3 * back for back in reversed(range(count))]
    return [date(month // 12, month % 12 + 1, 1) for month in months]


def ward_map(wards: pd.DataFrame, values: pd.Series, unit: str) -> go.Figure:
    """Wards filled by value, grey where it is withheld, as outlines: Plotly's own maps fetch a world from outside.

    ``wards``: indexed by code, with ``name`` and ``geometry`` (GeoJSON text). ``values``: by code.
    """
    fig = charts.figure(height=480)
    edge = {"color": "#ffffff", "width": 1.5}
    low, high = float(values.fillna(0).min()), float(values.fillna(0).max()) or 1.0
    for code, ward in wards.iterrows():
        value = values.get(code)
        told = f"{charts.label(ward['name'])}: " + ("withheld" if pd.isna(value) else f"{value:,.0f} {unit}")
        for x, y in outer_rings(ward["geometry"]):
            fig.add_scatter(
                x=x, y=y, fill="toself", mode="lines", line=edge, fillcolor=_colour(value, low, high),
                hoveron="fills", hoverinfo="text", text=told, showlegend=False,
            )  # fmt: skip
    _scale(fig, low, high, unit)
    fig.update_xaxes(visible=False, constrain="domain")
    fig.update_yaxes(visible=False, scaleanchor="x", scaleratio=tallness(wards))
    return fig


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


def _colour(value: float | None, low: float, high: float) -> str:
    if value is None or pd.isna(value):
        return WITHHELD
    share = 0.0 if high == low else (value - low) / (high - low)
    return _between(share)


def _between(share: float) -> str:
    """A colour of the risk scale, ``share`` of the way along it."""
    at = min(max(share, 0.0), 1.0) * (len(RISK_SCALE) - 1)
    first = min(int(at), len(RISK_SCALE) - 2)
    ends = [[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in RISK_SCALE[first : first + 2]]
    mixed = [round(a + (b - a) * (at - first)) for a, b in zip(*ends, strict=True)]
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _scale(fig: go.Figure, low: float, high: float, unit: str) -> None:
    """The colour bar, hung on a mark that isn't seen."""
    scale = [[i / (len(RISK_SCALE) - 1), colour] for i, colour in enumerate(RISK_SCALE)]
    bar = {"title": {"text": unit, "font": {"color": QUIET}}, "thickness": 10, "len": 0.6, "outlinecolor": LINE}
    marker = {"color": [low, high], "cmin": low, "cmax": high, "colorscale": scale, "showscale": True, "colorbar": bar}
    fig.add_scatter(x=[None], y=[None], mode="markers", marker=marker, showlegend=False, hoverinfo="skip")
