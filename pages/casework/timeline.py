"""A life on one line of time: agencies as lanes, a row for each kind of thing, episodes as bars, moments as marks."""

from __future__ import annotations

from datetime import date
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.casework.gaps import Gap
from analytics.casework.rows import each
from data.events import KINDS, LANES
from pages.components.charts import figure, label
from pages.components.look import ACCENT, LINE, PROTECTS, QUIET
from pages.components.words import day, month, plural, span

_ROW, _FRAME = 26, 54
# Of the drawing on a 1366-pixel screen: its width, and that of a letter in a bar; letters of a row's name in a line.
_WIDTH, _LETTER, _NAME = 690, 6.6, 34
#: A kind with more in view than this is drawn month by month: nobody reads sixty marks on one line.
CROWDED = 60


def timeline(happened: pd.DataFrame, gaps: list[Gap], today: date, since: date) -> go.Figure:
    """Draw events (as `analytics.casework.person.events` gives them); those that last are bars, open ones end today."""
    rows = _placed(_by_month(happened, since), today, since)
    depth = int(rows["y"].max()) + 1
    fig = figure(_FRAME + _ROW * depth)
    days_a_letter = (today - since).days * _LETTER / _WIDTH
    _gaps(fig, rows, gaps, since)
    for protective, name, colour, symbol in (
        (False, "Happened", ACCENT, "circle"),
        (True, "Strength", PROTECTS, "diamond"),
    ):
        mine = rows[rows["protective"] == protective]
        _bars(fig, mine[mine["bar"]], name, colour, days_a_letter)
        _marks(fig, mine[~mine["bar"]], name, colour, symbol)
    _names(fig, rows, depth)
    fig.add_vline(x=pd.Timestamp(today).timestamp() * 1000, line={"color": QUIET, "width": 1, "dash": "dot"})
    fig.update_xaxes(type="date", range=[since, today + pd.Timedelta(days=20)], tickformat="%b\n%Y", side="bottom")
    fig.update_layout(dragmode="zoom", showlegend=False, bargap=0.3, hovermode="closest")
    return fig


def _by_month(happened: pd.DataFrame, since: date) -> pd.DataFrame:
    """The same rows with ``times``; of a kind with too many in view one row a month, told by how many there were."""
    rows = happened.assign(times=1, bar=happened["lasts"])
    crowded = rows.groupby("kind")["event"].transform("size") > CROWDED
    many = rows[crowded].assign(when=_from(rows["occurred_on"], since).dt.to_period("M"))
    if many.empty:
        return rows
    monthly = many.groupby(["kind", "when"], as_index=False).agg(
        times=("event", "size"), event=("event", "min"), lane=("lane", "first"), label=("label", "first"),
        protective=("protective", "first"), from_source=("from_source", "first"), occurred_on=("occurred_on", "min"),
    )  # fmt: skip
    said = [f"{name}: {plural(n, 'time')}" for name, n in zip(monthly["label"], monthly["times"], strict=True)]
    monthly = monthly.assign(bar=False, said=said, value=float("nan"))
    return pd.concat([rows[~crowded], monthly.drop(columns="when")], ignore_index=True)


def _from(days: pd.Series, since: date) -> pd.Series:
    """What began before the figure does, at its edge."""
    return days.where(days >= pd.Timestamp(since), pd.Timestamp(since))


def _placed(rows: pd.DataFrame, today: date, since: date) -> pd.DataFrame:
    """Rows with their line ``y``: by agency, what lasts before what does not, each kind on as many as overlap."""
    now = pd.Timestamp(today)
    out = rows.sort_values(["occurred_on", "event"]).reset_index(drop=True)
    ends = out["ended_on"].where(out["ended_on"] < now, now)
    out["shown_to"] = ends.fillna(now).clip(lower=out["occurred_on"] + pd.Timedelta(days=3))
    # Cut off at the edge of the figure, so that its name stands inside it.
    out["shown_from"] = _from(out["occurred_on"], since)
    out["y"], top = 0, 0
    lanes = {lane: n for n, lane in enumerate(LANES)}
    kinds = out.groupby("kind").agg(lane=("lane", "first"), bar=("bar", "first"), first=("occurred_on", "min"))
    kinds = kinds.assign(place=kinds["lane"].map(lanes), moment=~kinds["bar"].astype(bool))
    for kind in kinds.sort_values(["place", "moment", "first"]).index:
        mine = out.index[out["kind"] == kind]
        lines = _lines(out.loc[mine]) if bool(kinds.at[kind, "bar"]) else [0] * len(mine)
        out.loc[mine, "y"] = [top + line for line in lines]
        top += max(lines) + 1
    return out


def _lines(episodes: pd.DataFrame) -> list[int]:
    """For each episode, in order of its beginning, the first line on which nothing else stands by then."""
    free: list[pd.Timestamp] = []
    lines = []
    for begins, ends in zip(episodes["shown_from"], episodes["shown_to"], strict=True):
        line = next((n for n, busy in enumerate(free) if busy <= begins), len(free))
        free[line : line + 1] = [ends]
        lines.append(line)
    return lines


def _gaps(fig: go.Figure, rows: pd.DataFrame, gaps: list[Gap], since: date) -> None:
    """A dotted line from one episode to the next, with how long nothing was recorded."""
    lines = rows[rows["bar"]].groupby("kind")["y"].min()
    shown = [gap for gap in gaps if gap.kind in lines.index and gap.ends > since]
    for gap in shown:
        fig.add_scatter(
            x=[max(gap.begins, since), gap.ends], y=[lines[gap.kind]] * 2, mode="lines", hoverinfo="text",
            line={"color": QUIET, "width": 1.5, "dash": "dot"},
            hovertext=f"{label(KINDS[gap.kind].label)}: nothing for {plural(gap.days, 'day')}"
            f"<br>{span(gap.begins, gap.ends)}",
        )  # fmt: skip


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
        marker={
            "symbol": symbol,
            "size": (10 + 2 * rows["times"]).clip(upper=22),
            "color": colour,
            "line": {"color": "#ffffff", "width": 1.5},
        },
    )


def _hover(row: Any) -> str:
    began = row.occurred_on.date()
    when = span(began, None if pd.isna(row.ended_on) else row.ended_on.date()) if row.bar else day(began)
    return f"{label(row.said)}<br>{when if row.times == 1 else month(began)}<br>{label(row.from_source)}"


def _short(row: Any, days_a_letter: float) -> str:
    """What fits in a bar: its figure, else what tells it from others of its row; nothing rather than half a word."""
    kind = KINDS[row.kind]
    if kind.unit:
        said = f"{row.value:.0f} %" if kind.unit == "%" else f"{row.value:,.0f}"
        said = said if row.value == row.value else ""
    else:
        _, _, said = row.said.partition(": ")
    return said if (row.shown_to - row.shown_from).days > days_a_letter * (len(said) + 1) else ""


def _names(fig: go.Figure, rows: pd.DataFrame, depth: int) -> None:
    """The name of each kind beside its first line, and that of the agency in bold where it begins."""
    firsts = rows.groupby("kind").agg(lane=("lane", "first"), label=("label", "first"), y=("y", "min")).sort_values("y")
    begins = ~firsts["lane"].duplicated()
    fig.update_yaxes(
        tickvals=firsts["y"].tolist(),
        ticktext=[
            f"{f'<b>{label(LANES[row.lane])}</b>  ' if new else ''}{_wrapped(row.label)}  "
            for row, new in zip(each(firsts), begins, strict=True)
        ],
        tickfont={"size": 12},
        range=[depth - 0.5, -0.5],
        fixedrange=True,
        showgrid=False,
    )
    for top in firsts["y"][begins].tolist()[1:]:
        fig.add_hline(y=top - 0.5, line={"color": LINE, "width": 1})


def _wrapped(name: str) -> str:
    return "<br>".join(label(line) for line in wrap(name, _NAME))
