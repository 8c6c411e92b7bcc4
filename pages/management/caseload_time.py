"""Over time: how many are open, how many begin and end, quarter by quarter."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st
from plotly.subplots import make_subplots

from analytics.disclosure.control import shown
from analytics.management.cells import BEFORE, CLOSED, LAST, LIVING, NEW, OPEN, QUARTERS
from analytics.management.rates import BYAR, per_1000
from pages.components.empty import empty
from pages.components.look import ACCENT, QUIET
from pages.components.words import day, month, number
from pages.management.caseload_shown import NEARLY, Shown, change, quarter
from pages.management.takeaway import chart
from pages.management.view import between

_COLUMNS = {"quarter": "Quarter", "day": "Open on", "open": "Open", "new": "New", "closed": "Closed"}


def over_time(one: Shown) -> None:
    """Four figures, then the stock beside what flows in and out of it."""
    counts = one.found.counted(one.chosen).iloc[0]
    _tiles(one, counts)
    frame = pd.DataFrame(
        {
            "day": one.days,
            "quarter": ["", *(quarter(end) for end in one.days[1:])],
            "open": counts[OPEN].reindex(range(QUARTERS + 1)).to_numpy(),
            "new": counts[NEW].reindex(range(QUARTERS + 1)).to_numpy(),
            "closed": counts[CLOSED].reindex(range(QUARTERS + 1)).to_numpy(),
        }
    )
    # Before the first day nothing was counted: that is another thing than withheld.
    out = frame.astype({"new": object, "closed": object})
    out.loc[0, ["new", "closed"]] = ""
    if frame.loc[1:, ["open", "new", "closed"]].isna().all(axis=None):
        empty("How this changed would be here.", "So few children fit these filters that every count is withheld.",
              "Choose fewer filters.")  # fmt: skip
        return
    span = f"{day(one.days[0])} to {day(one.days[-1])}"
    head = one.head(f"{one.service}: open, new and closed by quarter", span, NEARLY)
    chart(_figure(frame), "caseload_trend", _said(frame, counts[NEW, LAST], counts[CLOSED, LAST]), head, out, _COLUMNS)
    gaps = " Where a bar or a point is missing, the count is withheld." * bool(frame.iloc[1:].isna().any(axis=None))
    st.caption(NEARLY + gaps)


def _tiles(one: Shown, counts: pd.Series) -> None:
    narrow = {name: one.chosen[name] for name in ("area", "ward", "age")}
    living = one.found.counted(narrow | {"kind": LIVING}).iloc[0][OPEN, QUARTERS]
    now, before = counts[OPEN, QUARTERS], counts[OPEN, QUARTERS - 4]
    rate = per_1000(pd.Series([now]), pd.Series([living])).iloc[0]
    told = (
        (f"Open on {day(one.days[-1])}", shown(now), change(now, before)),
        ("New in the last year", shown(counts[NEW, LAST]), change(counts[NEW, LAST], counts[NEW, BEFORE])),
        ("Closed in the last year", shown(counts[CLOSED, LAST]), change(counts[CLOSED, LAST], counts[CLOSED, BEFORE])),
        ("Open per 1,000 children", "c" if pd.isna(rate["rate"]) else number(rate["rate"], 1), _sure(rate)),
    )
    for column, (label, value, delta) in zip(st.columns(len(told)), told, strict=True):
        rated = "1,000" in label
        said = f"{BYAR}, of the children who live there." if rated else None
        column.metric(
            label, value, delta, delta_color="off", delta_arrow="off" if rated else "auto", border=True, help=said
        )


def _sure(rate: pd.Series) -> str | None:
    return None if pd.isna(rate["rate"]) else between(rate["low"], rate["high"])


def _figure(frame: pd.DataFrame) -> object:
    fig = make_subplots(
        rows=1, cols=2, horizontal_spacing=0.08,
        subplot_titles=("<b>Open</b> on the first day after each quarter", "<b>New and closed</b> in each quarter"),
    )  # fmt: skip
    fig.add_scatter(
        x=frame["day"], y=frame["open"], mode="lines+markers", name="open", line={"color": ACCENT}, showlegend=False,
        hovertemplate="%{x|%-d %b %Y}: %{y:,.0f} open<extra></extra>", row=1, col=1,
    )  # fmt: skip
    for name, colour, pattern in (("new", ACCENT, ""), ("closed", "#a9b8cc", "/")):
        fig.add_bar(
            x=frame["quarter"].iloc[1:], y=frame[name].iloc[1:], name=name.capitalize(), row=1, col=2,
            marker={"color": colour, "pattern": {"shape": pattern, "fgcolor": QUIET, "size": 5}},
            hovertemplate=f"%{{x}}: %{{y:,.0f}} {name}<extra></extra>",
        )  # fmt: skip
    fig.update_layout(height=360, margin={"t": 40}, barmode="group", legend={"x": 0.97, "xanchor": "right", "y": 1.02})
    fig.update_annotations(font_size=14, xanchor="left", align="left")
    for at, annotation in enumerate(fig.layout.annotations):
        annotation.x = (0.0, 0.54)[at]
    fig.update_yaxes(rangemode="tozero", title=None)
    fig.update_xaxes(tickformat="%b %Y", nticks=5, row=1, col=1)
    fig.update_xaxes(tickmode="array", tickvals=list(frame["quarter"].iloc[4::4]), row=1, col=2)
    return fig


def _said(frame: pd.DataFrame, new: Any, closed: Any) -> str:
    """What the charts show, in two sentences."""
    known = frame.dropna(subset=["open"])
    if len(known) < 2:
        return "Too few children are open to show a trend."
    first, last = known["open"].iloc[0], known["open"].iloc[-1]
    way = "up" if last > first else "down" if last < first else "level"
    then, now = month(known["day"].iloc[0]), month(known["day"].iloc[-1])
    said = f"**{number(last)} children** were open in {now}: {way} from {number(first)} in {then}."
    if pd.isna(new) or pd.isna(closed):
        return said
    pace = "Fewer ended than began" if new > closed else "More ended than began" if closed > new else "As many ended"
    return f"{said} {pace} in the last year: {number(new)} began, {number(closed)} ended."
