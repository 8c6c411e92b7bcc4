"""Demand: contacts that needed no sharing, repeats, checks for nothing; and a report for one agency on its own."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analytics.disclosure.control import DEFAULT, shown
from analytics.triage.agency_report import paper
from analytics.triage.demand import Counted, Demand, counted, demand
from data.access.gate import Session, cache_key
from data.access.roles import Permission
from data.codes import CONTACT_OUTCOME, CONTACT_REASON
from pages.components import charts, tables
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.look import ACCENT, INVENTED, PROTECTS, SENSITIVE
from pages.components.words import day, month, number
from pages.entry.here import here
from pages.entry.spec import PageSpec

PAGE = PageSpec(
    path="demand",
    title="Demand",
    icon=":material/call_received:",
    group="Hub",
    needs=Permission.SEE_DEMAND,
    whom="managers and analysts",
    about="What reaches the hub, which contacts needed no sharing, and a report for each agency on its own.",
    place=30,
)
_PAIR = {"all": "Contacts", "unshared": "Needed no sharing", "share": "Of 100"}


def page() -> None:
    """A year in sentences, then a view at a time."""
    st.title(PAGE.title)
    found = _demand(here().session, cache_key(here().session), None)
    if found.agencies.empty:
        empty("What reached the hub would be here.", "No contact of the last twelve months has been decided.")
        return
    _sentences(found)
    views = {
        "Month by month": lambda: _months(found),
        "Agency and reason": lambda: _parts(found),
        "Repeat contacts": lambda: _again(found),
        "Checks for nothing": lambda: _checks(found),
        "Report for an agency": lambda: _report(list(found.agencies.index)),
    }
    picked = st.segmented_control(
        "View", list(views), default="Month by month", required=True, key="demand_view", label_visibility="collapsed"
    )
    views[picked]()
    st.caption(f"{DEFAULT.words} A contact that named several people counts once.")


@st.cache_data(show_spinner="Counting contacts …", max_entries=4)
def _counted(_session: Session, key: tuple[Any, ...]) -> Counted:
    """Cached by snapshot, scope and whether suggestions may be shown (``key``)."""
    return counted(_session)


@st.cache_data(show_spinner=False, max_entries=20)
def _demand(_session: Session, key: tuple[Any, ...], agency: str | None) -> Demand:
    """Of one agency or of all, from the same counts."""
    return demand(_counted(_session, key), agency)


def _sentences(found: Demand) -> None:
    every, some = found.agencies["all"].sum(), found.months["unshared"].sum(min_count=len(found.months))
    until = (pd.Timestamp(found.until) - pd.Timedelta(days=1)).date()
    said = f"From {month(found.since)} to {month(until)} the hub decided **{number(every)} contacts**. "
    if pd.notna(some):
        said += (
            f"For **{number(some)}** of them ({100 * some / every:.0f} of 100) no other agency was asked for anything."
        )
    st.markdown(said)
    nothing = found.checks["nothing"].sum(min_count=len(found.checks))
    if pd.notna(nothing):
        st.markdown(f"**{number(nothing)}** checks with other agencies told of nothing and led nowhere.")


def _months(found: Demand) -> None:
    fig = charts.figure(height=330)
    for name, label, colour in (("all", "decided", ACCENT), ("unshared", "needed no sharing", PROTECTS)):
        fig.add_scatter(
            x=found.months.index, y=found.months[name], name=label, mode="lines+markers", line={"color": colour},
            connectgaps=False, hovertemplate="%{x|%b %Y}: %{y:,.0f}<extra>" + label + "</extra>",
        )  # fmt: skip
    fig.update_yaxes(rangemode="tozero", title="contacts")
    fig.update_xaxes(tickformat="%b %Y", nticks=12)
    says = "Contacts decided in each month, and those of them for which nobody else was asked."
    charts.show(fig, key="demand_months", says=says)


def _parts(found: Demand) -> None:
    left, right = st.columns(2)
    with left:
        st.markdown("**By agency.** A high share may mean a call for advice, which is what the hub is for.")
        _pairs(found.agencies, "agencies", "Agency", _PAIR)
    with right:
        st.markdown("**By reason.** Where most contacts need nobody else, guidance may serve better than a form.")
        _pairs(_labelled(found.reasons, CONTACT_REASON.labels), "reasons", "Reason", _PAIR)


def _again(found: Demand) -> None:
    if found.again.empty:
        empty("Repeat contacts would be here.", "No contact is old enough for a year to have passed.")
        return
    st.markdown(
        "Contacts of the year before, by **what was decided first**, and of how many of them another contact about the "
        "same person came within twelve months. More repeats after *no further action* than after *early help* may "
        "mean that help was due; families who are watched more closely are also reported more."
    )
    columns = {"all": "Contacts", "again": "Another came within a year", "share": "Of 100"}
    _pairs(_labelled(found.again, CONTACT_OUTCOME.labels), "again", "Decided first", columns)


def _checks(found: Demand) -> None:
    st.markdown("Checks that **told of nothing and led nowhere**, by the agency whose contact it was.")
    columns = {"all": "Checks", "nothing": "For nothing", "share": "Of 100"}
    if found.suggested:
        st.markdown(
            "*Spared*: of these, the suggestion would not have asked. *Lost*: checks that told of a concern for which "
            "it would not have asked either. Both are of the past, and of contacts for which a worker did ask."
        )  # fmt: skip
        columns |= {"spared": "Spared", "lost": "Lost"}
    else:
        st.caption("What the suggestion would have spared is not told: no suggestion may be shown at present.")
    _pairs(found.checks, "checks", "Agency", columns)


def _labelled(rows: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    return rows.rename(index=lambda code: labels.get(code, code))


def _pairs(rows: pd.DataFrame, key: str, first: str, columns: dict[str, str]) -> None:
    """Counts as text, so that a withheld one shows as c; shares only where both counts are shown."""
    whole, part = (name for name in columns if name not in ("share", "spared", "lost"))
    rows = rows.sort_values(whole, ascending=False)
    share = (100 * rows[part] / rows[whole].where(rows[whole] > 0)).map(shown)
    told = rows.map(shown).assign(share=share, first=[str(name).capitalize() for name in rows.index])
    tables.table(told, key=f"demand_{key}", columns={"first": first, **columns}, rows=15)


def _report(agencies: list[str]) -> None:
    st.markdown(
        "For a partner agency, about **its own contacts alone**: why it called, how often nobody else needed asking, "
        "what checks told, and how often another contact followed. It names nobody."
    )  # fmt: skip
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    agency = left.selectbox("Agency", agencies, key="demand_agency", format_func=lambda name: text(name.capitalize()))
    wanted = right.button("Prepare the report", key="demand_prepare", icon=":material/picture_as_pdf:")
    mine = _demand(here().session, cache_key(here().session), agency)
    if wanted:
        mark = INVENTED if here().snapshot.invented else SENSITIVE
        made = paper(mine, agency, mark=mark, foot=f"Records to {day(here().today)}. {here().reader.name[:40]}.")
        right.download_button(
            "Download the report", made, "hub-contacts-of-an-agency.pdf", "application/pdf", type="primary",
            key="demand_download", icon=":material/download:", on_click="ignore",
        )  # fmt: skip
    if mine.reasons["all"].isna().all():
        st.caption("This agency made so few contacts that most counts are withheld.")
    _pairs(_labelled(mine.reasons, CONTACT_REASON.labels), "own", "Reason", _PAIR)
