"""The people around somebody as a small figure: generations above one another, others in a ring to the side."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.casework.person import Header
from analytics.casework.rows import each
from pages.components.charts import figure, label, show
from pages.components.links import open_person
from pages.components.look import ACCENT, BANDS, INK, LINE, QUIET
from pages.components.words import month

_ABOVE = {"parent": 1.0, "sibling": 0.0, "partner": 0.0, "household": 0.0, "child": -1.0}
_SIDE, _FRIENDS, _STEP, _LETTERS = 2.3, 6, 1.15, 19
#: Room about the figure for names: those of friends stand to the right of them, one above the other.
_ROOM, _ROOM_BESIDE = 1.0, 2.3


def network(head: Header, family: pd.DataFrame, friends: pd.DataFrame) -> None:
    """Parents above, brothers, sisters and partners beside, children below; people met elsewhere on the right.

    A click on somebody in the reader's scope opens their page; the rows beside the figure do the same for keyboards.
    """
    spots = [*_family_spots(family), *_friend_spots(friends)]
    me = {"x": 0.0, "y": 0.0, "name": head.name, "tie": "", "colour": INK, "size": 26, "person": None}
    fig = figure(400)
    for spot in spots:
        fig.add_scatter(
            x=[0, spot["x"]],
            y=[0, spot["y"]],
            mode="lines",
            line={"color": LINE, "width": 2, "dash": spot["dash"]},
            hoverinfo="skip",
        )
    _dots(fig, [me, *spots])
    left, right = _range([s["x"] for s in spots], _ROOM)
    fig.update_xaxes(visible=False, range=[left, right + (_ROOM_BESIDE - _ROOM if len(friends) else 0)])
    fig.update_yaxes(visible=False, range=_range([s["y"] for s in spots], 0.7))
    fig.update_layout(showlegend=False, dragmode=False)
    key = f"person_network_{head.person}"
    show(fig, key, f":small[{_says(friends)}]", chosen=lambda number: _open([me, *spots], number))


def _says(friends: pd.DataFrame) -> str:
    said = (
        "Unbroken lines are family, dotted ones people met in the same report; "
        "plum marks those identified as exploited."
    )
    hidden = len(friends) - _FRIENDS
    return f"{said} A click on somebody opens them." + (f" {hidden} more in the list." if hidden > 0 else "")


def _open(spots: list[dict[str, Any]], number: int) -> None:
    person = spots[number]["person"] if number < len(spots) else None
    if person is None:
        st.toast("Their page is not open to you." if number else "This is whose page you are on.")
        return
    open_person(person)


def _range(places: list[float], margin: float) -> list[float]:
    return [min([0.0, *places]) - margin, max([0.0, *places]) + margin]


def _family_spots(family: pd.DataFrame) -> Iterator[dict[str, Any]]:
    beside = {"sibling": 0, "household": 0, "partner": 0}
    for kind, rows in family.groupby("kind", sort=False):
        height = _ABOVE[str(kind)]
        for number, row in enumerate(each(rows)):
            x, y = _place(str(kind), height, number, len(rows), beside)
            yield {
                "x": x,
                "y": y,
                "name": row.name,
                "tie": " ".join(part for part in (row.tie, _until(row)) if part),
                "dash": "solid",
                "colour": ACCENT,
                "size": 20,
                "person": int(row.other),
            }


def _place(kind: str, height: float, number: int, of: int, beside: dict[str, int]) -> tuple[float, float]:
    """Rows of generations; those of the same one to the left, alternately a little higher and lower for their names."""
    if height:
        return (number - (of - 1) / 2) * 1.5, height
    if kind == "partner":
        return 1.2 + number * _STEP, 0.0
    beside["sibling"] += 1
    return -_STEP * beside["sibling"], 0.14 * (-1) ** beside["sibling"]


def _wrapped(tie: str) -> str:
    return "<br>".join(label(line) for line in wrap(tie, _LETTERS))


def _until(row: Any) -> str:
    if not pd.isna(row.died):
        return f"(died {month(row.died.date())})"
    return "" if pd.isna(row.until) else f"until {month(row.until.date())}"


def _friend_spots(friends: pd.DataFrame) -> Iterator[dict[str, Any]]:
    shown = friends.head(_FRIENDS)
    for number, row in enumerate(each(shown)):
        yield {
            "x": _SIDE,
            "y": 1.5 - 3.0 * (number + 0.5) / max(len(shown), 1),
            "name": row.name if row.identified else "outside your area",
            "tie": f"{row.tie}, {month(row.latest.date())}",
            "dash": "dot",
            "colour": BANDS["heightened"] if row.known_case else QUIET,
            "size": 18,
            "person": int(row.person) if row.identified else None,
        }


def _beside(spot: dict[str, Any]) -> str:
    if spot["x"] == _SIDE:
        return "middle right"
    return "top center" if spot["y"] > 0 else "bottom center"


def _dots(fig: go.Figure, spots: list[dict[str, Any]]) -> None:
    fig.add_scatter(
        x=[s["x"] for s in spots],
        y=[s["y"] for s in spots],
        mode="markers+text",
        marker={
            "color": [s["colour"] for s in spots],
            "size": [s["size"] for s in spots],
            "opacity": 1,
            "line": {"color": "#ffffff", "width": 2},
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        text=[f"{label(s['name'])}<br><span style='color:{QUIET}'>{_wrapped(s['tie'])}</span>" for s in spots],
        textposition=[_beside(s) for s in spots],
        textfont={"size": 12},
        hoverinfo="text",
        hovertext=["" if s["person"] is None else f"Open {label(s['name'])}" for s in spots],
        cliponaxis=False,
    )
