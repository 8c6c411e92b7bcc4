"""Outcomes: of those closed, how many came back within a year; and what allocations came to."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.disclosure.control import shown
from analytics.management.cells import BACK, BEFORE, CLOSED, HUB
from analytics.management.rates import WILSON, of_100
from analytics.management.team_load import EVERY_TEAM
from data.journal.casework import OUTCOMES
from pages.components import charts
from pages.components.empty import empty
from pages.components.look import ACCENT, QUIET
from pages.components.words import day, number
from pages.management.caseload_help import team_loads
from pages.management.caseload_parts import BY
from pages.management.caseload_shown import Shown
from pages.management.takeaway import chart, table
from pages.management.view import between

_BY = {name: BY[name] for name in ("area", "age", "team", "need", "source")}


def outcomes(one: Shown) -> None:
    """Came back, by what the reader chooses; then allocations."""
    by = st.segmented_control("By", list(_BY), format_func=lambda name: _BY[name], default="area", required=True,
                              key="caseload_outcome_by")  # fmt: skip
    by = by or "area"
    chosen = {name: value for name, value in one.chosen.items() if name != by}
    counts = pd.concat([one.found.counted(one.chosen).set_axis(["All of them"]), one.found.counted(chosen, by)])
    rows = pd.DataFrame({"closed": counts[CLOSED, BEFORE], "back": counts[BACK, BEFORE]})
    rows = rows.join(of_100(rows["back"], rows["closed"])).assign(
        name=["All of them", *(name[:1].upper() + name[1:] for name in counts.index[1:])]
    )
    if rows["share"].isna().all():
        empty("How many came back would be here.", "So few were closed, or came back, that every count is withheld.")
    else:
        _back(one, rows, by)
    _allocated(one)


def _back(one: Shown, rows: pd.DataFrame, by: str) -> None:
    came = "another contact came" if one.kind == HUB else "the same service, or a more serious one, began again"
    told = rows.iloc[0]
    says = "Too few to tell of all together." if pd.isna(told["share"]) else (
        f"Of **{shown(told['closed'])} children** closed from {day(one.days[-9])} to {day(one.days[-5])}, for "
        f"**{number(told['share'])} of 100** ({between(told['low'], told['high'], 0)}) {came} within a year."
    )  # fmt: skip
    what = f"{one.service}: came back within a year of closing, by {BY[by].lower()}"
    head = one.head(what, f"Closed {day(one.days[-9])} to {day(one.days[-5])}", f"Shares: {WILSON}.")
    known = rows.dropna(subset=["share"])
    out = {"name": BY[by], "closed": "Closed", "back": "Came back", "share": "Of 100", "low": "From", "high": "To"}
    chart(_drawn(known), "caseload_back", says, head, rows, out)
    st.caption(
        f"{WILSON}, widened for the moved counts. That a child comes back is no failing by itself: need returns, and "
        "help that is asked for again may be help that was trusted."
    )


def _drawn(rows: pd.DataFrame) -> go.Figure:
    fig = charts.figure(height=90 + 34 * len(rows))
    fig.add_scatter(
        x=rows["share"], y=[charts.label(name) for name in rows["name"]], mode="markers", showlegend=False,
        marker={"size": 10, "color": ACCENT},
        error_x={"array": rows["high"] - rows["share"], "arrayminus": rows["share"] - rows["low"], "color": QUIET},
        hovertemplate="%{y}: %{x:.0f} of 100<extra></extra>",
    )  # fmt: skip
    fig.update_xaxes(title="of 100 children closed", rangemode="tozero")
    fig.update_yaxes(autorange="reversed")
    return fig


def _allocated(one: Shown) -> None:
    found = team_loads(one)
    st.subheader("What allocations came to")
    if found.outcomes.isna().all(axis=None):
        empty("How allocations ended would be here.", "Too few have ended to tell.")
        return
    head = one.head("What allocations came to, by team", f"To {day(one.days[-1])}", only=())
    rows = found.outcomes.assign(name=found.outcomes.index)
    columns = {"name": "Team"} | {outcome: outcome.capitalize() for outcome in OUTCOMES}
    told = rows.assign(**{outcome: rows[outcome].map(shown) for outcome in OUTCOMES})
    table(told, "caseload_outcomes", head, columns, rows=6, out=rows)
    st.caption(f"{EVERY_TEAM} and each team, as key workers wrote it down. None of the filters applies.")
