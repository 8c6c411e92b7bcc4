"""A family drawn: kin as a tree of two generations, and homes on one line of time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.casework.rows import each
from pages.components.charts import figure, label
from pages.components.look import ACCENT, BANDS, INK, LINE, PAPER, QUIET, SERIES
from pages.components.words import day, span

_ROW = 30
#: So far back, at most, are homes drawn.
_YEARS = 10


def tree_figure(members: pd.DataFrame, ties: pd.DataFrame) -> go.Figure:
    """Adults above, children below, each generation in the order of the list; lines are ties among them."""
    fig = figure(300)
    spots = _spots(members, ties)
    for tie in each(ties[ties["kind"] != "sibling"]):
        if tie.number in spots and tie.with_number in spots:
            _line(fig, spots[tie.number], spots[tie.with_number], tie)
    _dots(fig, members, spots)
    fig.update_xaxes(visible=False, range=[-0.7, 0.7 + max((x for x, _ in spots.values()), default=0)])
    fig.update_yaxes(visible=False, range=[-0.75, 1.75])
    fig.update_layout(showlegend=False, dragmode=False)
    return fig


def _spots(members: pd.DataFrame, ties: pd.DataFrame) -> dict[int, tuple[float, float]]:
    """Where each member stands: parents above, whoever has none here and is a child below. Rows are centred."""
    parents = set(ties.loc[ties["kind"] == "child", "number"])
    above = [row.number for row in each(members) if row.number in parents or row.role == "adult"]
    below = [row.number for row in each(members) if row.number not in set(above)]
    width = max(len(above), len(below), 1)
    return {
        number: (at + (width - len(row)) / 2, height)
        for row, height in ((above, 1.0), (below, 0.0))
        for at, number in enumerate(row)
    }


def _line(fig: go.Figure, one: tuple[float, float], other: tuple[float, float], tie: Any) -> None:
    dash = "dash" if tie.manner == "step" else "dot" if not pd.isna(tie.until) else "solid"
    fig.add_scatter(
        x=[one[0], other[0]], y=[one[1], other[1]], mode="lines", hoverinfo="skip",
        line={"color": QUIET if tie.kind == "partner" else LINE, "width": 2, "dash": dash},
    )  # fmt: skip


def _dots(fig: go.Figure, members: pd.DataFrame, spots: dict[int, tuple[float, float]]) -> None:
    rows = list(each(members))
    fig.add_scatter(
        x=[spots[row.number][0] for row in rows],
        y=[spots[row.number][1] for row in rows],
        mode="markers+text",
        marker={
            "color": [_colour(row) for row in rows],
            "symbol": ["square" if row.chosen else "circle" for row in rows],
            "size": [24 if row.chosen else 20 for row in rows],
            "line": {"color": PAPER, "width": 2},
        },
        text=[f"{label(_short(row.name))}<br><span style='color:{QUIET}'>{label(row.tie)}</span>" for row in rows],
        textposition=["top center" if spots[row.number][1] else "bottom center" for row in rows],
        textfont={"size": 12},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _short(name: str) -> str:
    """A forename, where there is one: surnames are in the list beside."""
    return "outside your area" if name.startswith("Somebody") else name.split()[0]


def _colour(row: Any) -> str:
    if not pd.isna(row.placed_since):
        return BANDS["raised"]
    if not pd.isna(row.until) or not pd.isna(row.died):
        return LINE
    return INK if row.chosen else ACCENT


def homes_figure(members: pd.DataFrame, homes: pd.DataFrame, today: date) -> go.Figure:
    """A row a member, a bar a stay; the same home has the same colour on every row."""
    drawn = [row for row in each(members) if row.number in set(homes["number"])]
    place = {row.number: len(drawn) - 1 - at for at, row in enumerate(drawn)}
    fig = figure(60 + _ROW * len(drawn))
    earliest = pd.Timestamp(today) - pd.DateOffset(years=_YEARS)
    seen = homes.assign(
        shown_from=homes["since"].where(homes["since"] >= earliest, earliest),
        shown_to=homes["until"].fillna(pd.Timestamp(today)),
        y=homes["number"].map(place),
    )
    seen = seen[seen["shown_to"] > seen["shown_from"]]
    stays = seen[seen["kind"] == "home"]
    shared = list(stays.sort_values(["people", "home"], ascending=[False, True])["home"].drop_duplicates())
    # Where two agencies disagree, the home that most of the family shared is on top.
    for at, home in reversed(list(enumerate(shared))):
        mine = stays[stays["home"] == home]
        called = str(mine["postcode"].iloc[0] or "address without a postcode")
        # Beyond the colours that can be told apart, homes are grey: few ever shared one of those.
        _bars(fig, mine, called, SERIES[at] if at < len(SERIES) else LINE, "")
    _bars(fig, seen[seen["kind"] == "placement"], "in a placement", BANDS["raised"], "/")
    fig.update_xaxes(type="date", range=[min(seen["shown_from"]), today], tickformat="%Y")
    fig.update_yaxes(tickvals=list(place.values()), ticktext=[label(_short(row.name)) for row in drawn],
                     range=[-0.6, len(drawn) - 0.4])  # fmt: skip
    fig.update_layout(barmode="overlay", bargap=0.35, showlegend=True, dragmode=False,
                      legend={"orientation": "h", "y": 1.02, "traceorder": "reversed"})  # fmt: skip
    return fig


def _bars(fig: go.Figure, rows: pd.DataFrame, name: str, colour: str, pattern: str) -> None:
    if rows.empty:
        return
    fig.add_bar(
        base=rows["shown_from"], x=(rows["shown_to"] - rows["shown_from"]).dt.total_seconds() * 1000, y=rows["y"],
        orientation="h", name=label(name), width=0.34 if pattern else 0.62,
        marker={
            "color": colour, "line": {"color": PAPER, "width": 1},
            "pattern": {"shape": pattern, "fgcolor": PAPER, "fillmode": "overlay", "solidity": 0.35},
        },
        text=[f"{label(name)}: {_when(row)}" for row in each(rows)], textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _when(row: Any) -> str:
    return span(row.since.date(), row.until.date()) if not pd.isna(row.until) else f"since {day(row.since.date())}"
