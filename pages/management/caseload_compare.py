"""Fair comparison: wards in a funnel rather than in a league table, and areas this year beside the last."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.casework.rows import each
from analytics.disclosure.control import shown
from analytics.management.cells import BEFORE, LAST, LIVING, NEW, OPEN, QUARTERS
from analytics.management.rates import BYAR, Funnel, expected, funnel, per_1000
from pages.components import charts
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.look import ACCENT, BANDS, QUIET
from pages.components.words import day, listed, number
from pages.management.caseload_shown import Shown
from pages.management.takeaway import chart, table
from pages.management.view import between

_WARDS, _YEARS = "Wards", "This year and last"
_OPEN, _NEW = "Open now", "New in the last year"
_EQUAL = "At equal age and deprivation"
_EQUALLY = "Beside what the city's own rates for each age group and deprivation would bring in that ward."
_UNUSUAL = BANDS["heightened"]
_RULE = (
    "Limits allow for chance and for what naturally differs among places, and the more are looked at, the further one "
    "must stand out (5 % that any is pointed out wrongly). A place that stands out is a reason to ask, not a verdict."
)


def fairly(one: Shown) -> None:
    """What is compared, and how."""
    left, middle, right = st.columns([3, 3, 4], vertical_alignment="bottom")
    with left:
        what = st.segmented_control("Compare", [_WARDS, _YEARS], default=_WARDS, required=True, key="caseload_compare")
    with middle:
        measure = st.segmented_control("Count", [_OPEN, _NEW], default=_OPEN, required=True, key="caseload_measure")
    stage, period = (NEW, LAST) if measure == _NEW else (OPEN, QUARTERS)
    if what == _YEARS:
        _years(one, stage)
        return
    with right:
        equal = st.toggle(_EQUAL, value=True, key="caseload_equal", help=_EQUALLY)
    _funnel(one, stage, period, equal)


def _funnel(one: Shown, stage: str, period: int | str, equal: bool) -> None:
    """Every ward beside the others, whatever ward is chosen; the filter by area leaves those of the area."""
    chosen = one.chosen | {"ward": ""}
    count = one.found.counted(chosen, "ward")[stage, period]
    living = one.found.counted({"kind": LIVING, "age": one.chosen["age"]}, "ward")[OPEN, QUARTERS]
    inside = one.found.wards.index[(one.found.wards["area"] == one.chosen["area"]) | (one.chosen["area"] == "")]
    usual = expected(one.found, chosen, stage, period).reindex(inside) if equal else None
    found = funnel(count.reindex(inside), living.reindex(inside), usual)
    if found.rows.empty:
        empty(
            "Wards would be compared here.", "Fewer than three have a count that may be shown.", "Choose fewer filters."
        )
        return
    rows = found.rows.assign(name=one.found.wards["name"]).sort_values("living")
    when = f"On {day(one.days[-1])}" if stage == OPEN else one.last_year()
    equally = ", at equal age and deprivation" if equal else ", as they are"
    what = f"{one.service}: {'open' if stage == OPEN else 'new'} for every 1,000 children by ward{equally}"
    head = one.head(what, when, f"Rates: {BYAR}.", _RULE)
    out = {
        "name": "Ward", "living": "Children who live there", "count": "Children", "rate": "Per 1,000", "low": "From",
        "high": "To", "shift": "More per 1,000 than the others", "limit": "Limit", "unusual": "Stands out",
    }  # fmt: skip
    chart(_drawn(rows), "caseload_funnel", _said(rows, found), head, rows, out)
    st.caption(f"{_RULE} Rates in the table: {BYAR}, widened for the moved counts.")


def _drawn(rows: pd.DataFrame) -> go.Figure:
    fig = charts.figure(height=380)
    smooth = rows["limit"].rolling(5, 1, center=True).mean()
    for side, label in ((1, "what chance and nature allow"), (-1, "")):
        fig.add_scatter(
            x=rows["living"], y=side * smooth, mode="lines", name=label, showlegend=side > 0, hoverinfo="skip",
            line={"color": QUIET, "dash": "dot", "shape": "spline"},
        )  # fmt: skip
    for unusual, label in ((False, "ward"), (True, "stands out")):
        part = rows[rows["unusual"] == unusual]
        fig.add_scatter(
            x=part["living"], y=part["shift"], name=label, mode="markers+text" if unusual else "markers",
            text=[charts.label(name) for name in part["name"]], textposition="bottom center",
            customdata=part[["rate", "count"]].to_numpy(),
            hovertemplate="%{text}: %{y:+.1f} per 1,000; %{customdata[1]:,.0f} children, "
            "%{customdata[0]:.1f} per 1,000<extra></extra>",
            marker={"size": 10, "color": _UNUSUAL if unusual else ACCENT, "symbol": "diamond" if unusual else "circle"},
        )  # fmt: skip
    fig.update_yaxes(title="more or fewer per 1,000 than the others", zeroline=True, zerolinecolor=QUIET)
    fig.update_xaxes(title="children who live in the ward")
    return fig


def _said(rows: pd.DataFrame, found: Funnel) -> str:
    out = rows[rows["unusual"]]
    equally = "age and deprivation being equal" if found.adjusted else "as they are, deprived or not"
    how = f"Each mark is one of **{len(rows)} wards** beside the others, {equally}."
    if out.empty:
        return f"{how} **No ward stands out** by more than chance and natural differences."
    parts = [
        listed([f"**{text(name)}**" for name in side["name"]]) + f" {way} the others"
        for side, way in ((out[out["shift"] > 0], "above"), (out[out["shift"] < 0], "below"))
        if len(side)
    ]
    return f"{how} {'; '.join(parts)} by more than chance and natural differences allow."


def _years(one: Shown, stage: str) -> None:
    """Areas and the city, this year beside the one before, with their intervals."""
    now, then = ((OPEN, QUARTERS), (OPEN, QUARTERS - 4)) if stage == OPEN else ((NEW, LAST), (NEW, BEFORE))
    city = {name: value for name, value in one.chosen.items() if name not in ("area", "ward")}
    counts = pd.concat([one.found.counted(city | {"area": "", "ward": ""}).set_axis(["Whole city"]),
                        one.found.counted(city | {"ward": ""}, "area")])  # fmt: skip
    age = {"kind": LIVING, "age": one.chosen["age"]}
    living = pd.concat([one.found.counted(age).set_axis(["Whole city"]), one.found.counted(age, "area")])[
        OPEN, QUARTERS
    ]
    living = living.reindex(counts.index)
    rows = pd.concat(
        [per_1000(counts[at], living).assign(count=counts[at], year=label, name=counts.index)
         for at, label in ((then, "a year before"), (now, "now"))]
    ).dropna(subset=["rate"])  # fmt: skip
    if rows.empty:
        empty("Areas would be compared here.", "Their counts are withheld.", "Choose fewer filters.")
        return
    labels = {"a year before": f"{day(one.days[-5])}", "now": f"{day(one.days[-1])}"}
    if stage == NEW:
        labels = {"a year before": "the year before", "now": "the last year"}
    what = f"{one.service}: {'open' if stage == OPEN else 'new in a year'} for every 1,000 children by area, two years"
    head = one.head(what, f"{day(one.days[-9])} to {day(one.days[-1])}", f"Rates: {BYAR}, of those who live there now.",
                    only=("Age", "Team", "Need", "Told by"))  # fmt: skip
    out = {"name": "Area", "year": "When", "count": "Children", "rate": "Per 1,000", "low": "From", "high": "To"}
    rows = rows.assign(when=rows["year"].map(labels))
    says = _moved(rows)
    chart(_dots(rows), "caseload_years", says, head, rows.assign(year=rows["when"]), out)
    frame = rows.assign(
        year=rows["when"], count=rows["count"].map(shown),
        told=[f"{number(row.rate, 1)} ({between(row.low, row.high)})" for row in each(rows)],
    )  # fmt: skip
    columns = {"name": "Area", "year": "When", "count": "Children", "told": "Per 1,000 (95 % interval)"}
    table(frame, "caseload_years_table", head, columns, out, 8, rows.assign(year=rows["when"]))


def _moved(rows: pd.DataFrame) -> str:
    """Which areas changed by more than their intervals."""
    wide = rows.pivot(index="name", columns="year", values=["low", "high"]).dropna()
    up = [name for name, row in wide.iterrows() if row["low", "now"] > row["high", "a year before"]]
    down = [name for name, row in wide.iterrows() if row["high", "now"] < row["low", "a year before"]]
    told = [f"{text(listed([str(name) for name in names]))} {way}"
            for names, way in ((up, "rose"), (down, "fell")) if names]  # fmt: skip
    change = f"**{'; '.join(told)}** by more than chance." if told else "**No area changed** by more than chance would."
    return f"{change} The bars are {BYAR}: where they overlap much, don't read a difference into it."


def _dots(rows: pd.DataFrame) -> go.Figure:
    fig = charts.figure(height=90 + 46 * rows["name"].nunique())
    for year, colour, symbol in (("a year before", QUIET, "circle-open"), ("now", ACCENT, "diamond")):
        part = rows[rows["year"] == year]
        fig.add_scatter(
            x=part["rate"], y=[charts.label(name) for name in part["name"]], mode="markers", orientation="h",
            name=part["when"].iloc[0],
            marker={"size": 10, "color": colour, "symbol": symbol},
            error_x={"array": part["high"] - part["rate"], "arrayminus": part["rate"] - part["low"], "color": colour},
            hovertemplate="%{y}: %{x:.1f} per 1,000<extra></extra>",
        )  # fmt: skip
    fig.update_layout(scattermode="group")
    fig.update_yaxes(autorange="reversed")
    fig.update_xaxes(title="for every 1,000 children", rangemode="tozero")
    return fig
