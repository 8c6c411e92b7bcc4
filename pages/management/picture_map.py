"""The strategic picture, need by ward: a map whose classes are told by a number as well as by shade, and its table."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.disclosure.control import shown
from analytics.management.classes import Classes, middle
from analytics.management.outlines import declared, outlines
from analytics.management.picture import NEEDS, Need
from analytics.management.rates import WILSON
from pages.components import charts, tables
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.look import INK, PAPER, RISK_SCALE
from pages.components.words import number
from pages.management import takeaway
from pages.management.parts import WITHHELD, outer_rings, tallness
from pages.management.picture_parts import Shown
from pages.management.view import between

_COLUMNS = {
    "name": "Ward", "rate": "Per 1,000", "between": "95 % interval", "count": "Children", "class": "Class",
    "thin": "Thin",
}  # fmt: skip
_OUT = {
    "name": "Ward", "area": "Area", "living": "Children who live there", "count": "Children with this need",
    "rate": "Per 1,000", "low": "95 % interval from", "high": "to", "class": "Class on the map",
    "thin": "Records are thin in",
}  # fmt: skip


def show(view: Shown) -> None:
    """The map, its table, and what the map could not draw."""
    need = NEEDS[view.chosen["need"]]
    found = view.found.narrowed(view.chosen["area"], view.chosen["age"])
    if found.wards.empty or found.rows.empty:
        empty("Need by ward would be here.", "The records know of no ward with a child in it.")
        return
    whole = view.found.narrowed("", view.chosen["age"]).whole(need)
    rates = found.by_ward(need)
    classes = Classes.of(rates["rate"])
    drawn = outlines(found.wards, declared())
    frame = found.wards[["name", "area"]].join(rates).assign(geometry=pd.Series(drawn.geometry, dtype=object))
    frame["class"] = [classes.named(rate) for rate in frame["rate"]]
    frame["thin"] = view.thin().rows["thin"].reindex(frame.index)
    head = view.head(f"{need.label}, by ward", WILSON + ".")
    left, right = st.columns([6, 5], gap="medium")
    with left:
        names = {"name": "Ward", **_OUT}
        takeaway.chart(
            class_map(frame, classes),
            "picture_map",
            _says(need, frame, whole),
            head,
            _ordered(frame),
            names,
            wide=0.52,
        )
        for sentence in drawn.said:
            st.warning(text(sentence), icon=":material/map:")
    with right:
        _table(frame)


def _says(need: Need, frame: pd.DataFrame, whole: pd.Series) -> str:
    said = f"**{text(need.label)}.** {text(need.counts)}: "
    if pd.isna(whole["rate"]):
        return said + "too few in the city to tell."
    decimals = _decimals(whole["rate"])
    said += f"{number(whole['rate'], decimals)} of every 1,000 children in the city."
    above = frame[frame["low"] > whole["rate"]]
    below = frame[frame["high"] < whole["rate"]]
    if above.empty and below.empty:
        return said + " No ward lies clearly above or below that."
    most = text(above["name"][above["rate"].idxmax()]) if len(above) else ""
    higher = {0: "No ward lies clearly above that", 1: f"{most} lies clearly above that"}.get(
        len(above), f"{number(len(above))} wards lie clearly above that, most of all {most}"
    )
    return f"{said} {higher}; {number(len(below)) if len(below) else 'none'} clearly below."


def _decimals(rate: float) -> int:
    return 0 if rate >= 20 else 1


def _ordered(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.drop(columns="geometry").sort_values(["rate", "name"], ascending=[False, True])


def _table(frame: pd.DataFrame) -> None:
    rows = _ordered(frame)
    rows["between"] = [between(low, high) for low, high in zip(rows["low"], rows["high"], strict=True)]
    rows["count"] = rows["count"].map(shown)
    rows["rate"] = ["c" if pd.isna(rate) else number(rate, 1) for rate in rows["rate"]]
    rows["thin"] = ["yes" if each else "" for each in rows["thin"]]
    tables.table(rows, key="picture_wards", columns=_COLUMNS, rows=15)


def class_map(frame: pd.DataFrame, classes: Classes) -> go.Figure:
    """Wards by class: each has its number (c: withheld) and * where its records are thin; darker is more.

    ``frame``: by code, with ``name``, ``rate``, ``low``, ``high``, ``class``, ``thin`` and ``geometry`` (GeoJSON text).
    """
    fig = charts.figure(height=500)
    shades = _shades(len(classes.breaks) + 1)
    marks = []
    drawn = frame.dropna(subset=["geometry"])
    for _, ward in drawn.iterrows():
        rings = list(outer_rings(ward["geometry"]))
        shade = shades.get(ward["class"], WITHHELD)
        for x, y in rings:
            fig.add_scatter(
                x=x, y=y, fill="toself", mode="lines", line={"color": INK, "width": 0.7}, fillcolor=shade,
                hoveron="fills", hoverinfo="text", text=_told(ward), showlegend=False,
            )  # fmt: skip
        at = middle([np.column_stack(ring).tolist() for ring in rings])
        marks.append((*at, ward["class"] + ("*" if ward["thin"] else ""), _ink(shade)))
    if marks:
        xs, ys, words, inks = zip(*marks, strict=True)
        fig.add_scatter(
            x=xs, y=ys, text=words, mode="text", textfont={"color": list(inks), "size": 13}, hoverinfo="skip",
            showlegend=False,
        )  # fmt: skip
    told = [*zip(classes.words(), shades.values(), strict=False)]
    for name, shade in [*told, *([("c: withheld", WITHHELD)] if (frame["class"] == "c").any() else [])]:
        marker = {"symbol": "square", "size": 14, "color": shade, "line": {"color": INK, "width": 0.7}}
        fig.add_scatter(x=[None], y=[None], mode="markers", marker=marker, name=name, hoverinfo="skip")
    fig.update_xaxes(visible=False, constrain="domain")
    fig.update_yaxes(visible=False, scaleanchor="x", scaleratio=tallness(drawn))
    return fig


def _told(ward: pd.Series) -> str:
    if pd.isna(ward["rate"]):
        return f"{charts.label(ward['name'])}: withheld"
    thin = f"<br>Records are thin: {charts.label(ward['thin'])}" if ward["thin"] else ""
    ends = between(ward["low"], ward["high"])
    return f"{charts.label(ward['name'])}: {ward['rate']:,.1f} of 1,000 ({ends}){thin}"


def _shades(count: int) -> dict[str, str]:
    """From the lightest to the darkest of the scale, whatever their number: in grey print the order is the same."""
    at = np.linspace(0, len(RISK_SCALE) - 1, count).round().astype(int) if count > 1 else [2]
    return {str(name): RISK_SCALE[place] for name, place in enumerate(at, 1)}


def _ink(shade: str) -> str:
    """Dark letters on light, white on dark."""
    red, green, blue = (int(shade[at : at + 2], 16) for at in (1, 3, 5))
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else PAPER
