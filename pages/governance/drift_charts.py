"""Small charts by as-of date: scores, how many would be listed, chances, the list itself; indicators that moved."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.drift.limits import ALERT, CALIBRATION, INDICATOR, LIST, SCORE
from analytics.drift.reading import Indicator
from pages.components import charts
from pages.components.look import ACCENT, BANDS, QUIET, SERIES
from pages.components.words import month

_HEIGHT = 170
_LINES = 5


def four_charts(rows: pd.DataFrame) -> None:
    """Two by two, each below a sentence with its latest figure."""
    left, right = st.columns(2, gap="large")
    with left:
        _scores(rows[rows["what"] == SCORE])
        _calibration(rows[(rows["what"] == CALIBRATION) & (rows["name"] == "all")])
    with right:
        _alerts(rows[rows["what"] == ALERT])
        _list(rows[rows["what"] == LIST])


def indicators_chart(rows: pd.DataFrame, found: list[Indicator]) -> None:
    """Those that moved most, date by date."""
    if not found:
        return
    fig = charts.figure(220)
    for colour, one in zip(SERIES, found[:_LINES], strict=False):
        mine = rows[(rows["what"] == INDICATOR) & (rows["name"] == one.name)]
        _line(fig, mine["as_of"], mine["value"], charts.label(one.label), colour)
    _mark(fig, float(rows.loc[rows["what"] == INDICATOR, "watch"].iloc[0]), "watched from here")
    fig.update_layout(showlegend=True)
    fig.update_yaxes(rangemode="tozero", title_text="Index")
    charts.show(
        fig,
        "drift_indicators",
        "**Indicators that moved most**, against those the model learned from at the same time of year.",
    )


def _scores(rows: pd.DataFrame) -> None:
    fig = charts.figure(_HEIGHT)
    _line(fig, rows["as_of"], rows["value"], "Scores")
    _mark(fig, float(rows["watch"].iloc[0]), "watched")
    _mark(fig, float(rows["act"].iloc[0]), "withheld", BANDS["heightened"])
    fig.update_yaxes(range=[0, max(0.3, 1.1 * float(rows["value"].max()))])
    said = f"**How scores are spread**: {rows['value'].iloc[-1]:.2f} off in {month(rows['as_of'].iloc[-1])}."
    charts.show(fig, "drift_scores", said)


def _alerts(rows: pd.DataFrame) -> None:
    now, before = 1000 * rows["now"], 1000 * rows["before"]
    fig = charts.figure(_HEIGHT)
    _line(fig, rows["as_of"], now, "Now")
    _line(fig, rows["as_of"], before, "When measured", QUIET, dash="dot")
    fig.update_yaxes(range=[0, 1.2 * float(max(now.max(), before.max()))])
    said = (
        f"**How many would be on the list** of 1,000 children, by the mark of the year it was measured in: "
        f"{now.iloc[-1]:.1f}, then {before.iloc[-1]:.1f} (dotted)."
    )
    charts.show(fig, "drift_alerts", said)


def _calibration(rows: pd.DataFrame) -> None:
    found = 10 * rows["now"]
    fig = charts.figure(_HEIGHT)
    _line(fig, rows["as_of"], found, "Found")
    _mark(fig, 10, "as told")
    fig.update_yaxes(range=[0, max(15.0, 1.1 * float(found.max()))])
    said = (
        f"**Are its chances right?** Where 10 were to be expected, {found.iloc[-1]:.0f} were identified after "
        f"{month(rows['as_of'].iloc[-1])}, the last date whose outcomes are known."
    )
    charts.show(fig, "drift_calibration", said)


def _list(rows: pd.DataFrame) -> None:
    if rows.empty:
        st.markdown("**How the list changes**: there is one list only.")
        return
    share = 100 * rows["value"]
    fig = charts.figure(_HEIGHT)
    _line(fig, rows["as_of"], share, "New")
    _mark(fig, 100 * float(rows["watch"].iloc[0]), "watched")
    fig.update_yaxes(range=[0, 100], ticksuffix=" %")
    count = round(float(rows["value"].iloc[-1] * rows["n"].iloc[-1]))
    charts.show(
        fig, "drift_list", f"**How the list changes**: {count} of {rows['n'].iloc[-1]} are new since last quarter."
    )


def _line(
    fig: go.Figure, days: pd.Series, values: pd.Series, name: str, colour: str = ACCENT, dash: str = "solid"
) -> None:
    fig.add_scatter(
        x=days, y=values, name=name, mode="lines+markers", line={"color": colour, "width": 2, "dash": dash},
        hovertemplate="%{x|%b %Y}: %{y:.2f}<extra></extra>", showlegend=True,
    )  # fmt: skip
    fig.update_layout(showlegend=False)
    fig.update_xaxes(tickformat="%b %Y", nticks=5)


def _mark(fig: go.Figure, at: float, word: str, colour: str = BANDS["raised"]) -> None:
    fig.add_hline(
        y=at, line={"color": colour, "width": 1, "dash": "dash"}, annotation_text=word, annotation_position="top left",
        annotation_font={"size": 11, "color": colour},
    )  # fmt: skip
