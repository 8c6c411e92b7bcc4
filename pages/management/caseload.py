"""Caseload: how many children are open to which service, where, and how that is changing."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st
from plotly.subplots import make_subplots

from analytics.disclosure.control import DEFAULT, shown
from analytics.management.caseload import SERVICES, Caseload, Service, caseload
from data.access.gate import Session, cache_key
from data.access.roles import Permission
from pages.components import charts, tables
from pages.components.escape import text
from pages.components.look import ACCENT
from pages.components.words import day, month, number, plural
from pages.entry.here import here
from pages.entry.spec import PageSpec
from pages.management.parts import quarters, ward_map

PAGE = PageSpec(
    path="caseload",
    title="Caseload",
    icon=":material/monitoring:",
    group="Management",
    needs=Permission.SEE_FIGURES,
    whom="managers and analysts",
    about="How many children are open to which service, where, and how that is changing.",
    place=10,
)
CITY = "Whole city"


def page() -> None:
    """Totals, trend, then the wards."""
    st.title(PAGE.title)
    days = quarters(here().today, 13)
    load = _caseload(here().session, cache_key(here().session), tuple(days))
    area = _filters(load)
    _totals(load, days, area)
    # One chart at a time: each costs the browser half a second.
    views = {"Over time": lambda: _trend(load, days, area), "By ward": lambda: _wards(load, days[-1], area)}
    picked = st.segmented_control(
        "View", list(views), default="Over time", required=True, key="caseload_view", label_visibility="collapsed"
    )
    views[picked]()
    st.caption(f"{DEFAULT.words} A child counts once for each service, where they live now.")


@st.cache_data(show_spinner="Counting …", max_entries=20)
def _caseload(_session: Session, key: tuple, days: tuple[date, ...]) -> Caseload:
    """Cached by snapshot and scope (``key``) and days. One rule for all: two together would give counts away."""
    return caseload(_session, list(days))


def _filters(load: Caseload) -> str:
    areas = sorted(load.wards["area"].dropna().unique())
    return st.columns([2, 5])[0].selectbox("Area", [CITY, *areas], key="caseload_area")


def _counts(load: Caseload, area: str) -> pd.Series:
    """Protected counts of the city or an area, by service and day."""
    return load.safe.whole if area == CITY else load.safe.groups.T[area]


def _totals(load: Caseload, days: list[date], area: str) -> None:
    counts = _counts(load, area)
    for column, service in zip(st.columns(len(SERVICES)), SERVICES, strict=True):
        now, before = counts[service.kind, days[-1]], counts[service.kind, days[-5]]
        change = None if pd.isna(now) or pd.isna(before) else f"{now - before:+,.0f} in a year"
        column.metric(service.label, shown(now), change, delta_color="off", border=True)


def _trend(load: Caseload, days: list[date], area: str) -> None:
    """Small multiples in one figure: each Plotly chart of its own would cost the browser half a second."""
    counts = _counts(load, area)
    series = {service: counts[service.kind].reindex(days) for service in SERVICES}
    titles = [f"<b>{service.label}.</b> {_said(values)}" for service, values in series.items()]
    fig = make_subplots(rows=2, cols=2, subplot_titles=titles, vertical_spacing=0.2, horizontal_spacing=0.07)
    for at, (service, values) in enumerate(series.items()):
        fig.add_scatter(
            x=list(values.index), y=list(values), mode="lines+markers", connectgaps=False, name=service.label,
            hovertemplate="%{x|%-d %b %Y}: %{y:,.0f} children<extra></extra>", line={"color": ACCENT},
            row=at // 2 + 1, col=at % 2 + 1,
        )  # fmt: skip
    fig.update_layout(height=430, showlegend=False, margin={"t": 32})
    fig.update_annotations(font_size=14, xanchor="left", align="left")
    for at, annotation in enumerate(fig.layout.annotations):
        annotation.x = 0.0 if at % 2 == 0 else 0.535
    fig.update_yaxes(rangemode="tozero", title=None)
    fig.update_xaxes(tickformat="%b %Y", nticks=5)
    charts.show(fig, key="caseload_trend", says="Children open to each service at the start of each quarter.")


def _said(values: pd.Series) -> str:
    """What the line shows, in a sentence."""
    known = values.dropna()
    if len(known) < 2:
        return "Too few children to show a trend."
    first, last = known.iloc[0], known.iloc[-1]
    way = "Up" if last > first else "Down" if last < first else "Level"
    then, now = month(known.index[0]), month(known.index[-1])
    return f"{way} from {number(first)} in {then} to {plural(int(last), 'child')} in {now}."


def _wards(load: Caseload, on: date, area: str) -> None:
    labels = {service.label: service for service in SERVICES}
    picked = st.segmented_control("Service", list(labels), default="In need", required=True, key="caseload_service")
    chosen = labels[picked]
    wards = load.wards if area == CITY else load.wards[load.wards["area"] == area]
    rates = _rates(load, chosen, on).loc[wards.index]
    left, right = st.columns([3, 2])
    with left:
        says = f"**{chosen.label}** on {day(on)}: children for every 1,000 who live in the ward."
        says += _highest(wards["name"], rates["rate"].dropna())
        charts.show(ward_map(wards, rates["rate"], "per 1,000"), key="ward_map", says=says)
    with right:
        frame = wards[["name", "area"]].join(rates).sort_values("rate", ascending=False)
        frame = frame.assign(count=frame["count"].map(shown), rate=frame["rate"].map(shown))
        tables.table(
            frame, key="ward_table", rows=13,
            columns={"name": "Ward", "area": "Area", "count": "Children", "rate": "Per 1,000"},
        )  # fmt: skip


def _highest(names: pd.Series, rates: pd.Series) -> str:
    if rates.empty:
        return ""
    highest = str(rates.idxmax())
    return f" The highest rate is in **{text(names[highest])}**: {number(rates.max())}."


def _rates(load: Caseload, service: Service, on: date) -> pd.DataFrame:
    """``count`` and ``rate`` per 1,000 children by ward; a withheld count has no rate."""
    count = load.safe.parts[service.kind, on]
    return pd.DataFrame({"count": count, "rate": 1000 * count / load.children.where(load.children > 0)})
