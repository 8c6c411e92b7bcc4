"""Outcomes of the tool: what came of allocations, what followed beside children alike, family outcomes sustained."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analytics.fairness.reading import models
from analytics.management.export import Head
from analytics.management.tool_outcomes import STILL, Given, funnel, given
from data.access.gate import Session
from data.access.roles import Permission
from data.journal.casework import OUTCOMES
from pages.components import charts
from pages.components.empty import empty
from pages.components.look import ACCENT
from pages.components.words import day, number
from pages.entry.here import fragment, here
from pages.entry.spec import PageSpec
from pages.management import tool_after, tool_families
from pages.management.filters import ALL, Filter, filter_row, told
from pages.management.takeaway import chart, table
from pages.management.tool_parts import NUDGED, counted, of_100

PAGE = PageSpec(
    path="tool-outcomes",
    title="Outcomes of the tool",
    icon=":material/flag_check:",
    group="Management",
    needs=Permission.SEE_FIGURES,
    whom="managers and analysts",
    about="What came of allocations, what followed beside children like them, and family outcomes sustained.",
    place=30,
)
_VIEWS = ("What came of it", "What followed", "Families")


def page() -> None:
    """The filters, then one view: all of it one fragment, so that a filter draws no frame anew."""
    st.title(PAGE.title)
    fragment(_views)()


def _views() -> None:
    session = here().session
    every = given(session)
    picked = st.segmented_control(
        "View", _VIEWS, default=_VIEWS[0], required=True, key="tool_view", label_visibility="collapsed"
    )
    if picked == "Families":
        tool_families.show(session, every)
        return
    if not len(every):
        empty(
            "What came of allocations would be here.",
            "Nobody has been allocated to a key worker yet.",
            "Children are allocated on the page *Heightened risk*, and followed up on *Allocations*.",
        )
        return
    wanted = _wanted(session, every)
    chosen = filter_row("tool", wanted)
    if picked == "What followed":
        tool_after.show(session, every, chosen["list"], chosen["team"], told(wanted, chosen))
    else:
        _funnel(every.only(chosen["list"], chosen["team"]), every, told(wanted, chosen), models(session))


def _wanted(session: Session, every: Given) -> list[Filter]:
    labels = {one.name: one.label for one in models(session)}
    lists = {name: labels.get(name, name) for name in sorted(set(every.rows["model"]) - {""})}
    teams = {name: name for name in sorted(set(every.rows["team"]) - {""})}
    return [Filter("list", "List", {ALL: "All lists"} | lists), Filter("team", "Team", {ALL: "All teams"} | teams)]


def _funnel(some: Given, every: Given, filters: dict[str, str], known: list[Any]) -> None:
    safe = funnel(some)
    if pd.isna(safe["all"]) or not safe["all"]:
        empty("What came of allocations would be here.", "Too few of them are of this list and team.", "Widen them.")
        return
    names = [*OUTCOMES, STILL]
    for box, name in zip(st.columns(len(names) + 1), ["all", *names], strict=True):
        label = "Allocated" if name == "all" else name.capitalize()
        box.metric(label, counted(safe[name]), "in all" if name == "all" else of_100(safe[name], safe["all"]),
                   delta_color="off", delta_arrow="off", border=True)  # fmt: skip
    left, right = st.columns([3, 7])
    head = Head("What came of allocations", f"By {day(here().today)}, as written in the journal", NUDGED, filters)
    with left:
        frame = pd.DataFrame({"came": [name.capitalize() for name in names], "count": [safe[name] for name in names]})
        fig = charts.figure(height=250)
        fig.add_bar(
            x=list(frame["count"]), y=list(frame["came"]), orientation="h", marker={"color": ACCENT},
            text=[counted(one) for one in frame["count"]], textposition="outside", cliponaxis=False,
            hovertemplate="%{y}: %{x:,.0f}<extra></extra>",
        )  # fmt: skip
        fig.update_yaxes(autorange="reversed")
        fig.update_xaxes(title="allocations", range=[0, 1.2 * frame["count"].max()])
        chart(
            fig, "tool_funnel", _said(safe), head, frame, {"came": "What came of it", "count": "Allocations"}, wide=0.29
        )
    with right:
        _lists(every, {one.name: one.label for one in known}, filters)
    st.caption(f"{NUDGED} *Accepted help* is what a key worker wrote; it says nothing of whether the help helped.")


def _said(safe: pd.Series) -> str:
    accepted, whole = safe["accepted help"], safe["all"]
    if pd.isna(accepted):
        return "Too few accepted help to say how many."
    return f"Of **{number(whole)}** allocations **{number(accepted)}** accepted help: {of_100(accepted, whole)}."


def _lists(every: Given, labels: dict[str, str], filters: dict[str, str]) -> None:
    """The same list by list, of every team."""
    rows = []
    for name in sorted(set(every.rows["model"])):
        safe = funnel(every.only(name, "") if name else Given(every.rows[every.rows["model"] == ""]))
        rows.append({"list": labels.get(name, name) or "No list", **safe})
    frame = pd.DataFrame(rows)
    st.markdown("**List by list**, of all teams.")
    short = {name: name.capitalize().removesuffix(" help").removesuffix(" away") for name in (*OUTCOMES, STILL)}
    columns = {"list": "List", "all": "Allocated"} | short
    told_ = frame.assign(**{name: frame[name].map(counted) for name in columns if name != "list"})
    head = Head("What came of allocations by list", f"By {day(here().today)}", NUDGED)
    table(told_, "tool_lists", head, columns, out=frame)
