"""Plotly in our colours and type, with nothing on it that nobody uses."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from pages.components.escape import markup
from pages.components.look import ACCENT, INK, LINE, PAPER, QUIET, RISK_SCALE, SERIES

_AXIS = {
    "separatethousands": True,
    "gridcolor": "#eef1f5",
    "linecolor": LINE,
    "zeroline": False,
    "title": {"font": {"size": 13, "color": QUIET}},
}
_CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "modeBarButtons": [["toImage", "resetScale2d"]],
    "toImageButtonOptions": {"format": "png", "scale": 2, "filename": "kinsight"},
}
#: The foot of a figure that is as wide as the page: letters and height of a line.
_LETTERS, _LINE = 185, 15

TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": "Source Sans, sans-serif", "size": 14, "color": INK},
        "colorway": SERIES,
        "colorscale": {"sequential": [[i / (len(RISK_SCALE) - 1), colour] for i, colour in enumerate(RISK_SCALE)]},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "hoverlabel": {"bgcolor": PAPER, "bordercolor": LINE, "font": {"color": INK}},
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        "xaxis": {**_AXIS, "automargin": True},
        "yaxis": {**_AXIS, "automargin": True},
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": QUIET, "activecolor": ACCENT},
    }
)


def figure(height: int = 280) -> go.Figure:
    """An empty figure in our look. Text from data goes into it through ``label``."""
    return go.Figure(layout={"template": TEMPLATE, "height": height})


def label(value: object) -> str:
    """A value from data as Plotly text: Plotly would read tags in it."""
    return markup(value)


def show(
    fig: go.Figure, key: str, says: str, chosen: Callable[[int], None] | None = None, *, foot: str = "", name: str = "",
    wide: float = 1.0,
) -> None:  # fmt: skip
    """Show a figure below the sentence that says what to see in it, which a screen reader gets as well.

    ``chosen`` is told the number of a point of the last trace that was clicked, once a click. ``foot`` stands below
    the figure and so in its picture, which is saved as ``name`` by the camera beside it; ``wide`` is the figure's share
    of the page's width.
    """
    st.markdown(says)
    fig.update_layout(template=TEMPLATE)
    config = _CONFIG
    if foot:
        # As tall as before without its foot, and with room above for the camera.
        tall, above = fig.layout.height or 450, fig.layout.margin.t or 0
        lines = [label(line) for line in wrap(foot, round(wide * _LETTERS))]
        below = (1 + len(lines)) * _LINE
        fig.update_layout(title=_footed(lines), height=tall + below, margin_t=max(above, 2 * _LINE))
        image = {**_CONFIG["toImageButtonOptions"], "filename": name or "kinsight"}
        # Always there: whoever has no mouse could not call it up.
        config = {**_CONFIG, "displayModeBar": True, "toImageButtonOptions": image}
    if chosen is None:
        st.plotly_chart(fig, key=key, theme=None, config=config, alt=says)
        return
    st.plotly_chart(
        fig, key=key, theme=None, config=config, alt=says, selection_mode="points", on_select=partial(_clicked, key)
    )
    number = st.session_state.pop(f"{key}_clicked", None)
    if number is not None:
        chosen(number)


def _footed(lines: list[str]) -> dict[str, Any]:
    """A title at the bottom, left, in small letters; Plotly makes room for it.

    Its ``y`` is a hair above nought: at nought Plotly moves lines after the first down, out of the figure.
    """
    return {
        "text": "<br>".join(lines), "font": {"size": 11, "color": QUIET}, "automargin": True,
        "x": 0, "xref": "container", "y": 1e-6, "yref": "container", "xanchor": "left", "yanchor": "bottom",
        "pad": {"t": 8, "l": 4, "b": 4},
    }  # fmt: skip


def _clicked(key: str) -> None:
    """Keep which point was clicked for the run that follows: what is marked in the figure stays marked for longer."""
    points = st.session_state[key]["selection"]["points"]
    if points:
        st.session_state[f"{key}_clicked"] = int(points[0]["point_index"])
