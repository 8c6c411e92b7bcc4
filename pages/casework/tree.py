"""The people around somebody as a small figure: generations above one another, others in a ring to the side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.casework.person import Header
from analytics.casework.rows import each
from pages.components.charts import figure, label, show
from pages.components.look import ACCENT, BANDS, INK, LINE, QUIET

_ABOVE = {"parent": 1.0, "sibling": 0.0, "partner": 0.0, "household": 0.0, "child": -1.0}
_SIDE = 2.4


def network(head: Header, family: pd.DataFrame, friends: pd.DataFrame) -> None:
    """Parents above, brothers, sisters and partners beside, children below; people met elsewhere on the right."""
    spots = [*_family_spots(family), *_friend_spots(friends)]
    fig = figure(360)
    for spot in spots:
        fig.add_scatter(
            x=[0, spot["x"]],
            y=[0, spot["y"]],
            mode="lines",
            line={"color": LINE, "width": 2, "dash": spot["dash"]},
            hoverinfo="skip",
        )
    _dots(fig, [{"x": 0.0, "y": 0.0, "name": head.name, "tie": "", "colour": INK, "size": 26}, *spots])
    fig.update_xaxes(visible=False, range=[-2.2, 3.4])
    fig.update_yaxes(visible=False, range=[-1.6, 1.6])
    fig.update_layout(showlegend=False, dragmode=False)
    show(
        fig,
        f"person_network_{head.person}",
        ":small[Unbroken lines are family, dotted ones people met in the same report; "
        "plum marks those identified as exploited.]",
    )


def _family_spots(family: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for kind, rows in family.groupby("kind", sort=False):
        height = _ABOVE[str(kind)]
        for number, row in enumerate(each(rows)):
            yield {
                "x": _across(height, number, len(rows), str(kind)),
                "y": height,
                "name": row.name,
                "tie": row.tie,
                "dash": "solid",
                "colour": ACCENT,
                "size": 20,
            }


def _across(height: float, number: int, of: int, kind: str) -> float:
    """Where along its row somebody stands; those of the same generation to the left of the person."""
    if height:
        return (number - (of - 1) / 2) * 1.5
    return -1.1 - 0.9 * number if kind == "sibling" else 1.1 + 0.4 * number


def _friend_spots(friends: pd.DataFrame) -> Iterator[dict[str, Any]]:
    shown = friends.head(8)
    for number, row in enumerate(each(shown)):
        height = 1.3 - 2.6 * (number + 0.5) / max(len(shown), 1)
        name = row.name if row.identified else "outside your area"
        colour = BANDS["heightened"] if row.known_case else QUIET
        yield {"x": _SIDE, "y": height, "name": name, "tie": row.tie, "dash": "dot", "colour": colour, "size": 18}


def _dots(fig: go.Figure, spots: list[dict[str, Any]]) -> None:
    fig.add_scatter(
        x=[s["x"] for s in spots],
        y=[s["y"] for s in spots],
        mode="markers+text",
        marker={
            "color": [s["colour"] for s in spots],
            "size": [s["size"] for s in spots],
            "line": {"color": "#ffffff", "width": 2},
        },
        text=[f"{label(s['name'])}<br><span style='color:{QUIET}'>{label(s['tie'])}</span>" for s in spots],
        textposition=["top center" if s["y"] > 0 else "bottom center" for s in spots],
        textfont={"size": 12},
        hoverinfo="skip",
        cliponaxis=False,
    )
