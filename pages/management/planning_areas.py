"""Planning, between areas: four ways of sharing places out, and what each does to whom."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.disclosure.control import shown
from analytics.management.capacity import Range
from analytics.management.fair import RULES, Shared, listed_now, share
from data.access.gate import Session, cache_key
from pages.components import charts
from pages.components.look import SERIES
from pages.components.words import number
from pages.management.planning_parts import Asked, asked, head_of, ranged, within
from pages.management.takeaway import chart, table

#: Told apart by shape as well as by colour, for whoever prints in grey.
_SHAPES = ("circle-open", "square-open", "diamond-open", "triangle-up-open")


def show(session: Session) -> None:
    """What each way does in all, then in each area, then one way in full."""
    found = asked(session)
    if found is None:
        return
    every = [share(way, found.need, found.curve, found.places, found.children) for way in RULES]
    left, right = st.columns(2)
    with left:
        _whole(every, found)
    with right:
        _chances(every, found)
    names = {one.rule.name: one for one in every}
    picked = st.segmented_control(
        "Share places", list(names), default="Equal chance", required=True, key="planning_way"
    )
    _one(names[picked], session, found)
    st.caption(
        "Need is told by the neighbourhoods that children live in: what was measured of each fifth of deprivation, and "
        "how many children of each fifth an area has. It knows only whom professionals identified, so an area where "
        "fewer are noticed seems to need less. Which way is fair is for people to say; this shows what each one does."
    )


def _whole(every: list[Shared], found: Asked) -> None:
    best = max(every, key=lambda one: one.found)
    evenest = min(every, key=lambda one: one.widest)
    st.markdown(
        f"**{best.rule.name}** finds most: about {number(best.found)}. **{evenest.rule.name}** leaves the least "
        f"between areas: chances of being reached lie {number(100 * evenest.widest)} in 100 apart."
    )
    rows = [
        {"way": one.rule.name, "found": number(one.found), "false": number(one.table["false_alarms"].sum()),
         "missed": number(one.table["missed"].sum()), "apart": number(100 * one.widest)}
        for one in every
    ]  # fmt: skip
    columns = {"way": "Places shared", "found": "Rightly", "false": "False alarms", "missed": "Missed",
               "apart": "Apart"}  # fmt: skip
    table(pd.DataFrame(rows), "planning_ways", head_of(found, "Ways of sharing places"), columns)


def _chances(every: list[Shared], found: Asked) -> None:
    fig = charts.figure(height=130 + 42 * len(found.where.asked))
    for at, one in enumerate(every):
        fig.add_scatter(
            x=list(100 * one.table["chance"]), y=[charts.label(name) for name in one.table.index], mode="markers",
            orientation="h", name=one.rule.name,
            marker={"symbol": _SHAPES[at], "size": 12, "color": SERIES[at], "line": {"width": 2.5}},
            hovertemplate="%{y}: %{x:.0f} of 100<extra>" + one.rule.name + "</extra>",
        )  # fmt: skip
    fig.update_layout(scattermode="group")
    fig.update_xaxes(title="of 100 whom it is right to look for, reached", rangemode="tozero")
    says = f"**The chance of being reached** in each area, of children who {within(found.spec)}."
    frame = pd.DataFrame({one.rule.name: (100 * one.table["chance"]).round(1) for one in every})
    frame.insert(0, "area", [str(name) for name in frame.index])
    columns = {name: "Area" if name == "area" else f"{name}: reached, of 100" for name in frame.columns}
    chart(fig, "planning_chances", says, head_of(found, "Chances of being reached"), frame, columns, wide=0.48)


def _one(one: Shared, session: Session, found: Asked) -> None:
    st.markdown(f"**{one.rule.name}.** {one.rule.words}")
    frame = one.table.map(lambda value: "–" if pd.isna(value) else number(value))
    frame["found"] = [ranged(Range(row["found"], row["low"], row["high"])) for _, row in one.table.iterrows()]
    frame["share"] = [f"{1000 * value:.1f}" for value in one.table["share"]]
    frame["chance"] = ["–" if pd.isna(value) else f"{100 * value:.0f}" for value in one.table["chance"]]
    frame.insert(0, "area", [str(name) for name in one.table.index])
    columns = {
        "area": "Area", "places": "Places", "children": "Children", "share": "Places per 1,000",
        "found": "Rightly", "false_alarms": "False alarms", "missed": "Missed", "chance": "Reached, of 100",
    }  # fmt: skip
    if not found.model.withheld:
        now = _now(session, cache_key(session), found.model.name, found.places)
        frame["now"] = [shown(now.get(name, float("nan"))) for name in one.table.index]
        columns["now"] = "Highest scores today"
    table(frame, "planning_areas", head_of(found, f"Places by area: {one.rule.name.lower()}"), columns)


@st.cache_data(show_spinner=False, max_entries=200)
def _now(_session: Session, key: tuple[object, ...], model: str, places: int) -> pd.Series:
    """Cached by snapshot, scope and shown models (``key``), model and length of the list."""
    return listed_now(_session, model, places)
