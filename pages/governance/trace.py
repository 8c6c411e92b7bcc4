"""Trace a row: from a line of an agency's file to what became of it. Nobody is named."""

from __future__ import annotations

from typing import Any

import streamlit as st

from analytics.casework.rows import each
from analytics.governance import lineage_trace
from analytics.governance.lineage_trace import Trace
from data.access.roles import Permission
from data.sources import SOURCES
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import day, listed, plural
from pages.entry.here import here
from pages.entry.spec import PageSpec
from pages.entry.who import choose_purpose

PAGE = PageSpec(
    path="trace",
    title="Trace a row",
    icon=":material/account_tree:",
    group="Governance",
    needs=Permission.TRACE_ROW,
    whom="those who look after the data",
    about="What became of a line of an agency's file: taken or rejected, and the figures that rest on it.",
    place=15,
)


_HOW = {"same record": "as the same record", "alone": "by itself"}


def page() -> None:
    """Source, file and line; then what became of it."""
    title, reason = st.columns([5, 2], vertical_alignment="bottom")
    title.title(PAGE.title)
    with reason:
        choose_purpose("Quality of the data")
    st.markdown("Choose a line of a file, as its agency would name it, to see what became of it. Nobody is named here.")
    labels = {source.name: source.label for source in SOURCES.values()}
    left, middle, right = st.columns([3, 5, 2])
    source = left.selectbox(
        "Source", sorted(labels, key=labels.__getitem__), format_func=labels.__getitem__, key="trace_source"
    )
    files = lineage_trace.files(here().session, source)
    if not files:
        empty("Its files would be listed here.", "This source has sent nothing yet.")
        return
    file = middle.selectbox(
        "File", list(files), format_func=lambda number: _file(files[number]), key=f"trace_file_{source}"
    )
    line = right.number_input(
        "Line", min_value=1, value=None, step=1, key="trace_line", help="The header of a CSV is line 1."
    )
    if line is not None:
        _show(lineage_trace.trace(here().session, file, int(line), f"{files[file][0]}, line {int(line)}"))


def _file(told: tuple[str, str, Any]) -> str:
    name, part, delivered = told
    return f"{name} ({part}), delivered {day(delivered)}"


def _show(found: Trace) -> None:
    if found.rejected:
        st.markdown("**Rejected:** " + "; ".join(f"{text(field)} {text(rule)}" for field, rule in found.rejected) + ".")
        return
    if found.aside:
        st.markdown(f"**Set aside in it**, because it can't be read: {text(listed(list(found.aside)))}.")
    if found.events.empty:
        empty(
            "What the line became would be told here.",
            "It became no event of its own: it says who somebody is, repeats an earlier file, or isn't there.",
        )
        return
    st.markdown(f"**It became {plural(len(found.events), 'event')}:**")
    st.markdown("\n".join(_event(row) for row in each(found.events)))
    ways = [f"{int(row.clients)} {_HOW.get(row.how, 'by ' + text(row.how))}" for row in each(found.links)]
    clients = plural(int(found.links["clients"].sum()), "client")
    st.markdown(f"**Whom it is about** is put together from {clients} of the agencies: {listed(ways)}.")
    st.markdown(f"**Figures that count such events:** {text('; '.join(found.figures)) or 'none'}.")


def _event(row: Any) -> str:
    corrected = f"; corrected by a delivery of {day(row.corrected_on)}" if row.corrected_on == row.corrected_on else ""
    return f"- **{day(row.occurred_on)}** · {text(row.said)} :gray[known {day(row.known_on)}{corrected}]"
