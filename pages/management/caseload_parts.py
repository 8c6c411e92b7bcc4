"""Breakdown: the same counts by area, ward, team, age, need or who told of them, side by side; and the way down."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from plotly.subplots import make_subplots

from analytics.disclosure.cell_key import VARIANCE
from analytics.disclosure.control import shown
from analytics.management.cells import CLOSED, LAST, LIVING, NEW, OPEN, QUARTERS, SERVICES
from analytics.management.rates import BYAR, per_1000
from pages.components import charts, tables
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.look import ACCENT
from pages.components.words import day, number
from pages.management.caseload_shown import Shown
from pages.management.takeaway import chart, take
from pages.management.view import between

BY = {
    "kind": "Service",
    "area": "Area",
    "ward": "Ward",
    "age": "Age",
    "team": "Team",
    "need": "Need",
    "source": "Told by",
}
#: Where the way down leads from each: city, area, ward, team, and then the children themselves.
_DOWN = {"kind": "area", "area": "ward", "ward": "team"}
_PANELS, _ACROSS = 12, 4
_FAR = 3.0  # standard deviations from which a change is more than chance


def breakdown(one: Shown) -> None:
    """A panel each, a table below; a row of it leads one step down."""
    by = st.segmented_control(
        "By", list(BY), format_func=lambda name: BY[name], default="area", required=True, key="caseload_by",
        bind="query-params", persist_state="session",
    )  # fmt: skip
    by = by or "area"
    rows = _rows(one, by)
    if rows["open"].isna().all():
        empty("A breakdown would be here.", "So few children fit these filters that every count is withheld.",
              "Choose fewer filters.")  # fmt: skip
        return
    what = f"{one.service if by != 'kind' else 'Every service'} by {BY[by].lower()}"
    head = one.head(what, f"{day(one.days[0])} to {day(one.days[-1])}", f"Rates: {BYAR}.")
    panels, labels = _over_time(one, rows)
    chart(_figure(one, rows), "caseload_panels", _said(rows, by), head, panels, labels)
    _table(one, rows, by)


def _rows(one: Shown, by: str) -> pd.DataFrame:
    """A row each: ``name``, counts, rates where there are children to be a part of; the most open first."""
    chosen = {name: value for name, value in one.chosen.items() if name != by}
    counts = one.found.counted(chosen, by)
    if by == "kind":
        counts = counts.reindex(list(SERVICES))
    if by == "ward":
        inside = one.found.wards["area"] == one.chosen["area"]
        counts = counts[counts.index.isin(one.found.wards.index[inside | (one.chosen["area"] == "")])]
    rows = pd.DataFrame(
        {
            "name": [_name(one, by, value) for value in counts.index],
            "open": counts[OPEN, QUARTERS], "before": counts[OPEN, QUARTERS - 4],
            "new": counts[NEW, LAST], "closed": counts[CLOSED, LAST],
        },
        index=counts.index,
    ).join(counts[OPEN][list(range(QUARTERS + 1))])  # fmt: skip
    if by in ("area", "ward", "age"):
        narrow = {name: one.chosen[name] for name in ("area", "ward", "age") if name != by}
        living = one.found.counted(narrow | {"kind": LIVING}, by)[OPEN, QUARTERS].reindex(rows.index)
        rows = rows.join(per_1000(rows["open"], living))
    order = rows["open"].fillna(-1).sort_values(ascending=False, kind="stable").index
    return rows if by in ("kind", "age") else rows.loc[order]


def _name(one: Shown, by: str, value: str) -> str:
    if by == "ward":
        return str(one.found.wards.loc[value, "name"])
    return SERVICES.get(value, value) if by == "kind" else value[:1].upper() + value[1:]


def _figure(one: Shown, rows: pd.DataFrame) -> object:
    """Small multiples in one figure: each Plotly chart of its own would cost the browser half a second."""
    part = rows.head(_PANELS)
    across = min(_ACROSS, len(part))
    down = -(-len(part) // across)
    fig = make_subplots(
        rows=down, cols=across, subplot_titles=[charts.label(name) for name in part["name"]],
        vertical_spacing=0.36 / down if down > 1 else 0.1, horizontal_spacing=0.05,
    )  # fmt: skip
    for at, (_, row) in enumerate(part.iterrows()):
        fig.add_scatter(
            x=one.days, y=[row[q] for q in range(QUARTERS + 1)], mode="lines+markers", line={"color": ACCENT},
            marker={"size": 4}, hovertemplate="%{x|%-d %b %Y}: %{y:,.0f} children<extra></extra>",
            row=at // across + 1, col=at % across + 1,
        )  # fmt: skip
    fig.update_layout(height=110 + 130 * down, showlegend=False, margin={"t": 34})
    fig.update_annotations(font_size=13)
    fig.update_yaxes(rangemode="tozero", nticks=4, title=None)
    fig.update_xaxes(tickformat="%Y", nticks=4)
    return fig


def _over_time(one: Shown, rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    frame = rows[["name", *range(QUARTERS + 1)]].rename(columns=str)
    return frame, {"name": "Name"} | {str(q): f"Open on {day(end)}" for q, end in enumerate(one.days)}


def _said(rows: pd.DataFrame, by: str) -> str:
    known = rows.dropna(subset=["open", "before"])
    few = f" The {_PANELS} with most children are drawn, all are in the table." if len(rows) > _PANELS else ""
    scale = f"Each panel has **a scale of its own**.{few}"
    if by == "kind" or len(known) < 2:
        return f"Children open on the first day after each quarter. {scale}"
    shift = known["open"] - known["before"]
    most = known.iloc[int(shift.abs().argmax())]
    way = "more" if most["open"] > most["before"] else "fewer"
    apart = abs(most["open"] - most["before"])
    # Of a dozen or so the largest is often two standard deviations out, by chance alone.
    usual = apart <= _FAR * (most["open"] + most["before"] + 2 * VARIANCE) ** 0.5
    chance = ", no more than chance brings among so many" if usual else ""
    return (
        f"The largest change in a year: **{text(most['name'])}**, {number(apart)} {way} open "
        f"({number(most['before'])} to {number(most['open'])}){chance}. {scale}"
    )


def _table(one: Shown, rows: pd.DataFrame, by: str) -> None:
    frame = rows.assign(
        **{name: rows[name].map(shown) for name in ("open", "before", "new", "closed")},
        rate=[between_rate(row) for _, row in rows.iterrows()] if "rate" in rows else "",
    )
    columns = {
        "name": BY[by], "open": f"Open on {day(one.days[-1])}", "before": f"On {day(one.days[-5])}",
        "new": "New in the last year", "closed": "Closed in the last year",
    }  # fmt: skip
    out = dict(columns)
    if "rate" in rows:
        columns["rate"] = "Open per 1,000 children (95 % interval)"
        out |= {"rate": "Open per 1,000 children", "low": "From", "high": "To"}
    row = tables.choose(frame[list(columns)], key=f"caseload_table_{by}", columns=columns, rows=9)
    left, right = st.columns([2, 3], vertical_alignment="center")
    with left:
        head = one.head(f"{one.service} by {BY[by].lower()}: table", one.last_year(), f"Rates: {BYAR}.")
        take(rows, f"caseload_table_{by}", head, out)
    if row is None:
        right.caption("Choose a row to look closer.")
        return
    value, down = str(rows.index[row]), _DOWN.get(by, by)
    right.button(
        f"Narrow the page to {text(rows['name'].iloc[row])}", icon=":material/zoom_in:", type="primary",
        key="caseload_down", on_click=_narrow, args=(by, value, down),
    )  # fmt: skip


def between_rate(row: pd.Series) -> str:
    return "c" if pd.isna(row["rate"]) else f"{number(row['rate'], 1)} ({between(row['low'], row['high'])})"


def _narrow(by: str, value: str, down: str) -> None:
    """Before the next run: the filter as chosen, and the view a step further down."""
    st.session_state[f"caseload_{by}"] = value
    st.session_state["caseload_by"] = down
    if down == by:
        st.session_state["caseload_view"] = "Children"
