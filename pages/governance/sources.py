"""Sources: what has arrived, how fresh, complete and steady it is, and what was rejected. Opened each Monday."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.governance import sources
from analytics.governance.sources import FRESH, LATE, NOTHING, STOPPED
from data.access.roles import Permission
from pages.components import tables
from pages.components.escape import text
from pages.components.words import day, listed, number, plural
from pages.entry.here import here
from pages.entry.spec import PageSpec
from pages.governance.sources_one import show_one
from pages.governance.sources_papers import show_papers

PAGE = PageSpec(
    path="sources",
    title="Sources",
    icon=":material/database:",
    group="Governance",
    needs=Permission.SEE_SOURCES,
    whom="those who work with or answer for the data",
    about="What each agency has sent, how fresh, complete and steady it is, and what was rejected.",
    place=10,
)
_MARKS = {FRESH: "✓ fresh", LATE: "! late", STOPPED: "✕ stopped", NOTHING: "– none yet"}
_ALL, _ONE, _PAPERS = "All sources", "One source", "Papers"
_VIEW, _SOURCE, _CHOSEN = "sources_view", "sources_one", "sources_chosen"


def page() -> None:
    """All sources at a glance, one source in depth, or the papers written from their declarations."""
    st.title(PAGE.title)
    _follow_choice()
    rows = sources.register(here().session)
    view = st.segmented_control(
        "Show", [_ALL, _ONE, _PAPERS], default=_ALL, required=True, key=_VIEW, label_visibility="collapsed"
    )
    if view == _ONE:
        _one(rows)
    elif view == _PAPERS:
        show_papers()
    else:
        _all(rows)


def _follow_choice() -> None:
    """A row that was chosen in the last run opens its source: widgets take a value only before they are drawn."""
    if chosen := st.session_state.pop(_CHOSEN, None):
        st.session_state[_SOURCE], st.session_state[_VIEW] = chosen, _ONE


def _all(rows: pd.DataFrame) -> None:
    st.markdown(_summary(rows))
    due = [f"every {plural(days, 'day')}" if days > 1 else "every day" for days in rows["refresh_days"]]
    frame = rows.assign(state=rows["state"].map(_MARKS), share=100 * rows["share_rejected"], expected=due)
    chosen = tables.choose(
        frame, key="register", rows=13,
        columns={
            "label": st.column_config.TextColumn("Source", width=250),
            "state": st.column_config.TextColumn("State", width=95),
            "heard_on": tables.day_column("Last heard of"),
            "expected": st.column_config.TextColumn("Due", width=105),
            "rows": st.column_config.NumberColumn("Rows", format="localized", width="small"),
            "share": st.column_config.NumberColumn("Rejected", format="%.2f %%", width="small"),
            "months": st.column_config.BarChartColumn("Rows by month, two years", y_min=0),
            "owner": "Owner",
        },
    )  # fmt: skip
    st.caption(
        "Choose a row to open its source. *Late* is measured against the rhythm declared, or the silence that is usual "
        "for the source where that is longer; *stopped* is twice that time and a month."
    )
    if chosen is not None:
        st.session_state[_CHOSEN] = str(rows.iloc[chosen]["source"])
        st.rerun()


def _summary(rows: pd.DataFrame) -> str:
    """How many have come, how much, and which need a call."""
    arrived = rows[rows["state"] != NOTHING]
    said = (
        f"{number(len(arrived))} of {plural(len(rows), 'source')} have sent data: {number(arrived['rows'].sum())} rows "
        f"up to {day(sources.last_day(here().session))}, of which {number(arrived['rejected'].sum())} were rejected. "
    )
    late = rows[rows["state"].isin([LATE, STOPPED])].sort_values("behind", ascending=False)
    if late.empty:
        return said + "**All of them are fresh.**"
    named = [f"{label} ({number(days)} days)" for label, days in zip(late["label"], late["behind"], strict=True)]
    return said + f"**Silent for longer than they should be:** {text(listed(named))}."


def _one(rows: pd.DataFrame) -> None:
    labels = dict(zip(rows["source"], rows["label"], strict=True))
    # The state holds the choice, also while another view is open and the box is not drawn.
    if st.session_state.get(_SOURCE) not in labels:
        st.session_state[_SOURCE] = next(iter(labels))
    name = st.selectbox("Source", list(labels), format_func=lambda key: labels[key], key=_SOURCE)
    show_one(name, rows[rows["source"] == name].iloc[0].to_dict())
