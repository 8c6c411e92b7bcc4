"""How soon somebody is with a child whose score became heightened; and allocations beside what teams can take on."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from plotly.subplots import make_subplots

from analytics.disclosure.control import shown
from analytics.management.rates import WILSON
from analytics.management.reached import CITY, WITHIN, Reached, reached
from analytics.management.team_load import EVERY_TEAM, Capacity, capacity
from analytics.models.specs import SPECS, declared_at
from data.access.gate import Session, cache_key
from data.access.standing import shown_models
from data.journal.casework import last_allocated
from pages.components import charts
from pages.components.empty import empty
from pages.components.look import ACCENT, QUIET
from pages.components.words import day, number
from pages.entry.here import here
from pages.management.caseload_shown import Shown, children
from pages.management.takeaway import chart, table
from pages.management.view import between

_ONLY = "Of the filters above, only the area applies here."
_AFTERWARDS = (
    "A score of an earlier quarter may have been worked out since, and nobody had seen it: read those as how soon help "
    "came, not as how soon somebody acted on the score."
)


def soon(one: Shown) -> None:
    """Of those newly heightened, how many were met within two weeks, a month and three."""
    models = [name for name in shown_models(here().session.journal, here().snapshot) if name in SPECS]
    if not models:
        empty(
            "From a heightened score to the first contact would be here.", "No model's score may be shown at present."
        )
        return
    models.sort(key=declared_at)
    model = st.segmented_control(
        "Score", models, format_func=lambda name: SPECS[name].label, default=models[0], required=True,
        key="caseload_model",
    )  # fmt: skip
    model = model or models[0]
    found = _reached(here().session, (*cache_key(here().session), last_allocated(here().session.journal)), model)
    now = found.shares(one.days[-5], one.days[-1])
    before = found.shares(one.days[0], one.days[-5])
    if one.chosen["area"]:
        kept = [CITY, one.chosen["area"]]
        now, before = now.reindex(kept), before.reindex(kept)
    city = now.T[CITY]
    if pd.isna(city["risen"]):
        empty(
            "From a heightened score to the first contact would be here.",
            "Too few children's scores became heightened.",
        )
        return
    frame = _long(now, before, one)
    head = one.head(
        f"From a heightened score to first contact: {SPECS[model].label}", f"Scores of {one.last_year()}, and before",
        f"Shares: {WILSON}.", _AFTERWARDS, only=("Area",),
    )  # fmt: skip
    out = {
        "name": "Area", "period": "Scores of", "risen": "Newly heightened", "already": "With a service already",
        **{f"{kind}_{days}": f"{label} within {days} days" for days in WITHIN
           for kind, label in (("met", "Met"), ("of", "Of those with time for it"), ("share", "Of 100"),
                               ("low", "From"), ("high", "To"))},
    }  # fmt: skip
    chart(_shares(frame), "caseload_soon", _said(city), head, frame, out)
    first = "First contact is the first help, assessment or allocation on or after the day."
    st.caption(f"{first} {WILSON}. {_AFTERWARDS} {_ONLY}")


@st.cache_resource(show_spinner=False, max_entries=12)
def _reached(_session: Session, key: tuple[object, ...], model: str) -> Reached:
    """Kept by snapshot, scope, models shown and the journal's last allocation (``key``)."""
    return reached(_session, model)


def _long(now: pd.DataFrame, before: pd.DataFrame, one: Shown) -> pd.DataFrame:
    first = f"before {day(one.days[-5])}"
    told = [before.assign(period=first), now.assign(period=one.last_year())]
    return pd.concat(told).rename_axis("name").reset_index()


def _said(city: pd.Series) -> str:
    with_help = f", {shown(city['already'])} of them with a service already" if not pd.isna(city["already"]) else ""
    parts = [f"**{children(city['risen'])}** became heightened in the last year{with_help}."]
    days = WITHIN[1]
    if not pd.isna(city[f"share_{days}"]):
        parts.append(
            f"Of the others, **{number(city[f'share_{days}'])} of 100** were met within {days} days "
            f"({between(city[f'low_{days}'], city[f'high_{days}'], 0)})."
        )
    return " ".join(parts)


def _shares(frame: pd.DataFrame) -> go.Figure:
    """For each horizon, areas beside each other: dots with their intervals, the last year filled."""
    fig = charts.figure(height=330)
    periods = list(dict.fromkeys(frame["period"]))
    for period, colour, symbol in zip(periods, (QUIET, ACCENT), ("circle-open", "diamond"), strict=True):
        part = frame[frame["period"] == period]
        names = [charts.label(name) for name in part["name"]]
        inner = [name for _ in WITHIN for name in names]
        outer = [f"within {days} days" for days in WITHIN for _ in names]
        value, low, high = (
            pd.concat([part[f"{kind}_{days}"] for days in WITHIN]).to_numpy(float) for kind in ("share", "low", "high")
        )
        fig.add_scatter(
            x=[outer, inner], y=value, mode="markers", name=period,
            marker={"size": 10, "color": colour, "symbol": symbol},
            error_y={"array": high - value, "arrayminus": value - low, "color": colour},
            hovertemplate="%{x}: %{y:.0f} of 100<extra></extra>",
        )  # fmt: skip
    fig.update_layout(scattermode="group")
    fig.update_yaxes(title="met, of 100 children", rangemode="tozero")
    return fig


def capacities(one: Shown) -> None:
    """Who has how many beside how many they can take, and how that changed."""
    found = team_loads(one)
    if found.load["open"].isna().all() and found.load["places"].isna().all():
        empty("Allocations beside capacity would be here.", "Too few children are allocated to a key worker to tell.",
              "A child is allocated on the page Heightened risk; capacity is set on the page Allocations.")  # fmt: skip
        return
    load = found.load.assign(name=found.load.index)
    head = one.head("Allocations and capacity by team", f"On {day(one.days[-1])}", only=())
    over = load.assign(free=(load["places"] - load["open"]))
    out = {"name": "Team", "open": "Allocated", "places": "Capacity", "free": "Free (less than none: too many)"}
    chart(_load(load, found.over_time), "caseload_capacity", _room(load), head, over, out)
    frame = over.assign(
        open=over["open"].map(shown), places=[_said_places(each) for each in over["places"]],
        free=["" if pd.isna(each) else f"{each:,.0f}" for each in over["free"]],
    )  # fmt: skip
    table(frame, "caseload_capacity_table", head, out, rows=8, out=over)
    st.caption("Allocations are those written down here, by the key worker's team. None of the filters applies.")


def _said_places(places: float) -> str:
    return "not said" if pd.isna(places) else number(places)


def team_loads(one: Shown) -> Capacity:
    """Allocations and capacity as the journal has them by now."""
    return _capacity(here().session, (*cache_key(here().session), last_allocated(here().session.journal)), one.days)


@st.cache_resource(show_spinner=False, max_entries=12)
def _capacity(_session: Session, key: tuple[object, ...], days: tuple[object, ...]) -> Capacity:
    """Kept by snapshot, scope and the journal's last allocation (``key``), and days."""
    return capacity(_session, days)  # type: ignore[arg-type]


def _room(load: pd.DataFrame) -> str:
    whole = load[["open", "places"]].astype(float).T[EVERY_TEAM]
    said = f"**{children(whole['open'])}** are allocated."
    if pd.isna(whole["places"]):
        return f"{said} How many a team can take on has not been said (page Allocations)."
    full = load.drop(EVERY_TEAM).dropna()
    over = full[full["open"] > full["places"]]
    many = f" **{len(over)}** of {len(full)} teams have more than they can take." if len(over) else ""
    return f"{said} Teams that said so can take on {number(whole['places'])}.{many}"


def _load(load: pd.DataFrame, over_time: pd.DataFrame) -> go.Figure:
    """Left: teams now, with a mark where each is full. Right: everybody allocated, quarter by quarter."""
    part = load.drop(EVERY_TEAM) if len(load) > 2 else load
    fig = make_subplots(
        rows=1, cols=2, horizontal_spacing=0.08, column_widths=[0.6, 0.4],
        subplot_titles=("<b>Now</b>, by the key worker's team", "<b>All teams</b>, over time"),
    )  # fmt: skip
    names = [charts.label(name) for name in part["name"]]
    fig.add_bar(
        y=names, x=part["open"], orientation="h", name="allocated", marker_color=ACCENT, width=0.5,
        hovertemplate="%{y}: %{x:,.0f} allocated<extra></extra>", row=1, col=1,
    )  # fmt: skip
    fig.add_scatter(
        y=names, x=part["places"], mode="markers", name="capacity", row=1, col=1,
        hovertemplate="%{y}: room for %{x:,.0f}<extra></extra>",
        marker={"symbol": "line-ns-open", "size": 26, "line": {"width": 3}, "color": QUIET},
    )  # fmt: skip
    fig.add_scatter(
        x=list(over_time.index), y=over_time[EVERY_TEAM], mode="lines+markers", line={"color": ACCENT},
        showlegend=False,
        hovertemplate="%{x|%-d %b %Y}: %{y:,.0f} allocated<extra></extra>", row=1, col=2,
    )  # fmt: skip
    fig.update_layout(height=max(130 + 42 * len(part), 240), margin={"t": 44}, legend={"x": 0.3, "y": 1.03})
    fig.update_annotations(font_size=14, xanchor="left", align="left")
    for at, annotation in enumerate(fig.layout.annotations):
        annotation.x = (0.0, 0.64)[at]
    fig.update_xaxes(rangemode="tozero", title="children", row=1, col=1)
    fig.update_yaxes(autorange="reversed", row=1, col=1)
    fig.update_yaxes(rangemode="tozero", row=1, col=2)
    fig.update_xaxes(tickformat="%b %Y", nticks=5, row=1, col=2)
    return fig
