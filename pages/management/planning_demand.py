"""Planning, demand to come: each month's beginnings, the year ahead, and how far such forecasts have erred."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from analytics.disclosure.control import DEFAULT, shown
from analytics.management.demand import CITY, SERIES, Demand, year_of
from analytics.management.export import Head
from analytics.management.forecast import LEAST, LEVEL, YEAR
from data.access.gate import Session, cache_key
from pages.components import charts, tables
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.look import ACCENT
from pages.components.words import month, number, share
from pages.management.filters import ALL, Filter, filter_row
from pages.management.planning_parts import demanded
from pages.management.takeaway import chart, table

_TAKEN = {"month": "Month", "counted": "Counted", "middle": "Expected", "low": "From", "high": "To"}
#: Months of the past in the chart.
_SHOWN = 48


def show(session: Session) -> None:
    """Which series, its chart, its year in a sentence, and the forecasts' own record."""
    found = demanded(session, cache_key(session))
    if found.counts.empty:
        empty("Demand to come would be here.", "No source tells of any month that is whole.")
        return
    areas = dict.fromkeys(str(one[1]) for one in found.counts.columns.tolist())
    wanted = [
        Filter("series", "Help", SERIES),
        Filter("area", "Area", {ALL: CITY} | {area: area for area in areas if area != CITY}),
    ]
    chosen = filter_row("planning", wanted)
    kind, area = chosen["series"], chosen["area"] or CITY
    past, told = found.counts[kind, area], found.told((kind, area))
    if told is None:
        _too_few(past, kind, area)
        return
    filters = {"Help": SERIES[kind], "Area": area}
    head = Head("Demand to come", f"{month(told.index[0])} to {month(told.index[-1])}", DEFAULT.words, filters)
    _chart(past, told, kind, area, head)
    left, right = st.columns([4, 5])
    with left:
        _months(told)
    with right:
        _record(found, (kind, area), head)
    st.caption(
        f"{DEFAULT.words} A child counts once a month, where they live now; months are counted once their records have "
        "arrived. Forecasts are made from the counts as shown, each by itself: areas need not add up to the city. They "
        "know of no new law, service or campaign."
    )


def _too_few(past: pd.Series, kind: str, area: str) -> None:
    where = text(area) if area != CITY else "the whole city"
    empty(
        f"{SERIES[kind]} in {where}: too few to forecast.",
        f"{share(int(past.isna().sum()), len(past))} of its months are withheld; a forecast takes {LEAST}, nearly "
        "all of them shown.",
        "Look at the whole city, or at help that more children begin.",
    )


def _chart(past: pd.Series, told: pd.DataFrame, kind: str, area: str, head: Head) -> None:
    past = past.iloc[-_SHOWN:]
    ahead, back = list(told.index), list(told.index)[::-1]
    fig = charts.figure(height=290)
    fig.add_scatter(
        x=[*ahead, *back], y=[*told["high"], *told["low"][::-1]], fill="toself", fillcolor="rgba(29,63,114,0.14)",
        line={"width": 0}, mode="lines", name=f"{100 * LEVEL:.0f} of 100 lie here", hoverinfo="skip",
    )  # fmt: skip
    months = [pd.Timestamp(one).date() for one in past.index]
    fig.add_scatter(
        x=months, y=list(past), mode="lines+markers", name="counted",
        line={"color": ACCENT}, marker={"size": 5}, connectgaps=False,
        hovertemplate="%{x|%b %Y}: %{y:,.0f}<extra>counted</extra>",
    )  # fmt: skip
    fig.add_scatter(
        x=ahead, y=list(told["middle"]), mode="lines+markers", name="expected", line={"color": ACCENT, "dash": "dash"},
        marker={"symbol": "circle-open", "size": 7}, customdata=np.stack([told["low"], told["high"]], axis=1),
        hovertemplate="%{x|%b %Y}: %{y:,.0f} (%{customdata[0]:,.0f} to %{customdata[1]:,.0f})<extra>expected</extra>",
    )  # fmt: skip
    fig.update_yaxes(title="children a month", rangemode="tozero")
    fig.update_xaxes(tickformat="%b %Y", nticks=9)
    chart(fig, "planning_forecast", _said(past, told, kind, area), head, _both(past, told), _TAKEN)


def _both(past: pd.Series, told: pd.DataFrame) -> pd.DataFrame:
    """What was counted and what is expected, month by month."""
    counted = pd.DataFrame({"month": [month(pd.Timestamp(one).date()) for one in past.index], "counted": list(past)})
    ahead = told.round(1).assign(month=[month(one) for one in told.index])
    return pd.concat([counted.astype(object), ahead.astype(object)], ignore_index=True).fillna("")


def _said(past: pd.Series, told: pd.DataFrame, kind: str, area: str) -> str:
    middle, low, high = year_of(told)
    where = "" if area == CITY else f" in {text(area)}"
    said = (
        f"**{SERIES[kind]}{where}**: about **{number(middle)}** ({number(low)} to {number(high)}) from "
        f"{month(told.index[0])} to {month(told.index[-1])}"
    )
    before = past.iloc[-YEAR:]
    if before.isna().any():
        return said + ". Some months of the year before are withheld."
    return said + f"; in the twelve months before, {number(before.sum())}."


def _months(told: pd.DataFrame) -> None:
    frame = pd.DataFrame(
        {
            "month": [month(one) for one in told.index],
            "expected": told["middle"].map(number),
            "between": [
                f"{number(low)} to {number(high)}"
                for low, high in zip(told["low"].tolist(), told["high"].tolist(), strict=True)
            ],
        }
    )
    columns = {"month": "Month", "expected": "Expected", "between": f"{100 * LEVEL:.0f} of 100 lie between"}
    tables.table(frame, key="planning_months", columns=columns, rows=6)


def _record(found: Demand, key: tuple[str, str], head: Head) -> None:
    """How such forecasts did when they were made from the past."""
    tested = found.tested
    if tested is None:
        st.markdown(
            f"**How far have such forecasts erred?** That takes {LEAST + YEAR} months of records; there are "
            f"{len(found.counts)}."
        )
        return
    at = found.of.index(key)
    st.markdown(
        f"**How far have such forecasts erred?** Made again from {number(tested.origins)} months of the past for "
        f"{number(len(found.of))} series and twelve months ahead each, **{100 * tested.coverage:.0f} of 100** months "
        f"fell inside their interval ({100 * LEVEL:.0f} are meant to). Their error was "
        f"**{100 * tested.against_last_year:.0f} %** of that of telling the same month of last year."
    )
    error, naive = (float(np.nanmean(part[:, :, at])) for part in (tested.error, tested.of_last_year))
    inside = 100 * float(np.nanmean(tested.inside[:, :, at]))
    frame = pd.DataFrame(
        {
            "what": ["This series", "All series"],
            "error": [f"{error:,.1f} children", "–"],
            "naive": [f"{naive:,.1f} children", "–"],
            "mase": [f"{tested.mase[at]:.2f}", f"{np.nanmean(tested.mase):.2f}"],
            "inside": [shown(inside), shown(100 * tested.coverage)],
        }
    )
    columns = {
        "what": "", "error": "Misses by, a month", "naive": "Last year's month", "mase": "Scaled error",
        "inside": "Inside, of 100",
    }  # fmt: skip
    table(frame, "planning_record", replace(head, what="How far forecasts of demand erred"), columns)
    st.caption("Scaled error: 1 is what telling last year's month missed by before the trial began (MASE).")
