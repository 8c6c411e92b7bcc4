"""A life on one line of time: agencies as lanes, episodes as bars, moments as marks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.casework.rows import each
from data.events import KINDS, LANES
from pages.components.charts import figure, label
from pages.components.look import ACCENT, LINE, PROTECTS, QUIET
from pages.components.words import day, span

_ROW, _FRAME = 24, 54
# Of the drawing on a 1366-pixel screen: its width, and that of a letter in a bar.
_WIDTH, _LETTER = 790, 6.4


def timeline(happened: pd.DataFrame, today: date, since: date) -> go.Figure:
    """Draw events (as `analytics.casework.person.events` gives them); those that last are bars, open ones end today."""
    rows = pd.concat([_placed(mine, today, since) for mine in _lanes(happened)], ignore_index=True)
    offsets, lanes = _offsets(rows)
    rows["y"] = rows["row"] + rows["lane"].map(offsets)
    depth = int(rows["y"].max()) + 1
    fig = figure(_FRAME + _ROW * depth)
    days_a_letter = (today - since).days * _LETTER / _WIDTH
    for protective, name, colour, symbol in (
        (False, "Happened", ACCENT, "circle"),
        (True, "Strength", PROTECTS, "diamond"),
    ):
        mine = rows[rows["protective"] == protective]
        _bars(fig, mine[mine["lasts"]], name, colour, days_a_letter)
        _marks(fig, mine[~mine["lasts"]], name, colour, symbol)
    _lanes_drawn(fig, lanes, depth)
    fig.add_vline(x=pd.Timestamp(today).timestamp() * 1000, line={"color": QUIET, "width": 1, "dash": "dot"})
    fig.update_xaxes(type="date", range=[since, today + pd.Timedelta(days=20)], tickformat="%b\n%Y", side="bottom")
    fig.update_layout(dragmode="zoom", showlegend=False, bargap=0.3, hovermode="closest")
    return fig


def _lanes(happened: pd.DataFrame) -> Iterator[pd.DataFrame]:
    for lane in LANES:
        mine = happened[happened["lane"] == lane]
        if len(mine):
            yield mine


def _placed(mine: pd.DataFrame, today: date, since: date) -> pd.DataFrame:
    """Rows of a lane: moments on the first, episodes below, each on the first row that is free."""
    out = mine.sort_values(["occurred_on", "event"]).copy()
    ends = out["ended_on"].where(out["ended_on"] < pd.Timestamp(today), pd.Timestamp(today))
    out["shown_to"] = ends.fillna(pd.Timestamp(today)).clip(lower=out["occurred_on"] + pd.Timedelta(days=3))
    # Cut off at the edge of the figure, so that its name stands inside it.
    out["shown_from"] = out["occurred_on"].where(out["occurred_on"] >= pd.Timestamp(since), pd.Timestamp(since))
    out["row"] = 0
    free: list[pd.Timestamp] = []
    first = int((~out["lasts"]).any())
    for at in out.index[out["lasts"]]:
        begins, ends_at = _stamp(out.at[at, "shown_from"]), _stamp(out.at[at, "shown_to"])
        row = next((n for n, busy in enumerate(free) if busy <= begins), len(free))
        free[row : row + 1] = [ends_at]
        out.at[at, "row"] = first + row
    return out


def _stamp(value: Any) -> pd.Timestamp:
    return pd.Timestamp(value)


def _offsets(rows: pd.DataFrame) -> tuple[dict[str, int], list[tuple[str, int, int]]]:
    offsets, lanes, top = {}, [], 0
    for lane, mine in rows.groupby("lane", sort=False):
        height = int(mine["row"].max()) + 1
        offsets[str(lane)] = top
        lanes.append((LANES[str(lane)], top, height))  # type: ignore[index]
        top += height
    return offsets, lanes


def _bars(fig: go.Figure, rows: pd.DataFrame, name: str, colour: str, days_a_letter: float) -> None:
    if rows.empty:
        return
    length = (rows["shown_to"] - rows["shown_from"]).dt.total_seconds() * 1000
    fig.add_bar(
        base=rows["shown_from"],
        x=length,
        y=rows["y"],
        orientation="h",
        name=name,
        width=0.62,
        marker={"color": colour, "opacity": 0.78, "line": {"width": 0}},
        hovertext=[_hover(r) for r in each(rows)],
        hoverinfo="text",
        text=[label(_short(r, days_a_letter)) for r in each(rows)],
        textposition="inside",
        insidetextanchor="start",
        textfont={"size": 12, "color": "#ffffff"},
        constraintext="none",
        cliponaxis=True,
    )


def _marks(fig: go.Figure, rows: pd.DataFrame, name: str, colour: str, symbol: str) -> None:
    if rows.empty:
        return
    fig.add_scatter(
        x=rows["occurred_on"],
        y=rows["y"],
        mode="markers",
        name=name,
        hoverinfo="text",
        hovertext=[_hover(r) for r in each(rows)],
        marker={"symbol": symbol, "size": 12, "color": colour, "line": {"color": "#ffffff", "width": 1.5}},
    )


def _hover(row: Any) -> str:
    ended = getattr(row, "ended_on", None)
    when = (
        span(row.occurred_on.date(), None if pd.isna(ended) else ended.date())
        if row.lasts
        else day(row.occurred_on.date())
    )
    return f"{label(row.said)}<br>{when}<br>{label(row.from_source)}"


def _short(row: Any, days_a_letter: float) -> str:
    """What fits in a bar: the figure where the kind is a rate, else its name; nothing rather than half a word."""
    said = f"{row.value:.0f} %" if KINDS[row.kind].unit == "%" and row.value == row.value else row.label
    return said if (row.shown_to - row.shown_from).days > days_a_letter * (len(said) + 1) else ""


def _lanes_drawn(fig: go.Figure, lanes: list[tuple[str, int, int]], depth: int) -> None:
    middles = [top + (height - 1) / 2 for _, top, height in lanes]
    fig.update_yaxes(
        tickvals=middles,
        ticktext=[f"{name}  " for name, _, _ in lanes],
        range=[depth - 0.5, -0.5],
        fixedrange=True,
        showgrid=False,
    )
    for _, top, _ in lanes[1:]:
        fig.add_hline(y=top - 0.5, line={"color": LINE, "width": 1})
