"""Planning, key workers: who a list of so many would reach, how many rightly, how many in vain, and who is missed."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.disclosure.control import DEFAULT
from analytics.management.capacity import Part, Range, by
from analytics.management.fair import RULES, share
from data.access.gate import Session
from pages.components import charts
from pages.components.look import ACCENT, BANDS
from pages.components.words import number
from pages.management.planning_parts import Asked, asked, head_of, one, ranged, within
from pages.management.takeaway import chart, table

_GROUPINGS = {
    "area": "Area", "sex": "Sex", "age": "Age", "ethnicity": "Ethnicity", "sen": "Special needs",
    "deprivation": "Neighbourhood",
}  # fmt: skip
_COLUMNS = {
    "name": "Group", "children": "Children", "reached": "Reached", "found": "Rightly", "false": "False alarms",
    "missed": "Missed",
}  # fmt: skip


def show(session: Session) -> None:
    """The controls, four figures, the curve, and the groups."""
    found = asked(session)
    if found is None:
        return
    _figures(found)
    left, right = st.columns([5, 4])
    with left:
        _curve(found)
    with right:
        _groups(found)
    st.caption(
        f"Measured on {number(found.curve.children)} children; {number(found.curve.positives.value)} of them "
        f"{within(found.spec)}, by what is recorded. Whom nobody found counts as a false alarm or not at all. "
        "Ends in brackets: 19 of 20 such cities would lie between them. Today's children are taken to be alike. "
        f"{DEFAULT.words}"
    )


def _figures(found: Asked) -> None:
    whole = found.whole
    boxes = st.columns(4)
    boxes[0].metric("Reached", number(whole.reached), f"of {number(whole.children)} children", delta_color="off",
                    delta_arrow="off", border=True)  # fmt: skip
    told = (
        ("Rightly", whole.found),
        ("False alarms", whole.false_alarms),
        ("Missed", whole.missed),
    )
    for box, (label, figure) in zip(boxes[1:], told, strict=True):
        box.metric(label, f"about {number(figure.value)}", f"{number(figure.low)} to {number(figure.high)}",
                   delta_color="off", delta_arrow="off", border=True)  # fmt: skip


def _curve(found: Asked) -> None:
    told, scale, here = found.curve, found.children / found.curve.children, found.whole
    x = [round(size * scale) for size in told.sizes]
    fig = charts.figure(height=290)
    low, high = (list(ends * scale) for ends in (told.low, told.high))
    fig.add_scatter(
        x=[*x, *x[::-1]], y=[*high, *low[::-1]], fill="toself", fillcolor="rgba(29,63,114,0.13)", line={"width": 0},
        mode="lines", name="19 of 20 lie here", hoverinfo="skip",
    )  # fmt: skip
    fig.add_scatter(
        x=x, y=list(told.found * scale), mode="lines+markers", name="rightly on it", line={"color": ACCENT},
        hovertemplate="a list of %{x:,.0f}: about %{y:,.0f}<extra></extra>",
    )  # fmt: skip
    _marker(fig, here.reached, here.found)
    fig.update_xaxes(title="children on the list", rangemode="tozero")
    fig.update_yaxes(title="of them rightly", rangemode="tozero")
    frame = pd.DataFrame({"size": x, "found": told.found * scale, "low": low, "high": high}).round(1)
    columns = {"size": "Children on the list", "found": "Rightly", "low": "From", "high": "To"}
    chart(fig, "planning_curve", _said(found), head_of(found, "What lists find"), frame, columns, wide=0.54)


def _marker(fig: go.Figure, reached: int, found: Range) -> None:
    fig.add_scatter(
        x=[reached], y=[found.value], mode="markers", name="this list",
        marker={"symbol": "diamond", "size": 14, "color": BANDS["heightened"], "line": {"color": "#fff", "width": 2}},
        error_y={
            "array": [found.high - found.value], "arrayminus": [found.value - found.low], "color": BANDS["heightened"],
        },
        hovertemplate="this list of %{x:,.0f}: about %{y:,.0f}<extra></extra>",
    )  # fmt: skip


def _said(found: Asked) -> str:
    whole, told = found.whole, found.whole.false_per_found
    said = (
        f"A list of **{number(whole.reached)}** would rightly hold about **{ranged(whole.found)}**, children like "
        f"those who {within(found.spec)}"
    )
    if told is not None:
        said += f". For each of them: about {ranged(told, 1)} others"
    more = min(whole.reached * 2, int(found.curve.longest * found.children / found.curve.children))
    if more > whole.reached:
        gained = found.curve.at(min(more * found.curve.children / found.children, found.curve.longest)).value
        gained = gained * found.children / found.curve.children - whole.found.value
        said += f". {number(more - whole.reached)} more places would find about {number(gained)} more"
    return said + "."


def _groups(found: Asked) -> None:
    grouping = st.selectbox("By", list(_GROUPINGS), format_func=_GROUPINGS.__getitem__, key="planning_grouping")
    rows = _areas(found) if grouping == "area" else [
        _row(part) for part in by(found.rows, found.curve, found.whole, grouping)
    ]  # fmt: skip
    if not rows:
        st.caption("Not measured by this.")
        return
    head = head_of(found, f"Who a list reaches, by {_GROUPINGS[grouping].lower()}")
    table(_frame(rows), "planning_groups", head, _COLUMNS, rows=8)
    if any(row["small"] for row in rows):
        st.caption("* few children: the figure says little.")


def _areas(found: Asked) -> list[dict[str, object]]:
    table = share(RULES[0], found.need, found.curve, found.places, found.children).table
    return [
        {"name": str(area), "children": row["children"], "reached": row["places"],
         "found": ranged(Range(*row[["found", "low", "high"]])),
         "false": one(row["false_alarms"]), "missed": one(row["missed"]), "small": False}
        for area, row in table.iterrows()
    ]  # fmt: skip


def _row(part: Part) -> dict[str, object]:
    false = None if part.found is None or part.reached is None else max(part.reached - part.found.value, 0.0)
    return {
        "name": part.name + (" *" if part.small else ""), "children": part.children, "reached": part.reached,
        "found": ranged(part.found), "false": one(false), "missed": one(part.missed), "small": part.small,
    }  # fmt: skip


def _frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    for column in ("children", "reached"):
        frame[column] = [one(None if value is None else float(str(value))) for value in frame[column]]
    frame["name"] = [str(name)[0].upper() + str(name)[1:] for name in frame["name"]]
    return frame
