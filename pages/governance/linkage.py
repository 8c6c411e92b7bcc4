"""Linkage: how well the agencies' records were joined into people, for whom less well, and what waits for review."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.disclosure.control import DEFAULT
from analytics.governance import linkage
from analytics.governance.linkage import ALONE, WAYS, Overview
from analytics.governance.review import waiting
from data.access.roles import Permission, may
from pages.components import tables
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.links import link
from pages.components.words import number, plural
from pages.entry.here import here
from pages.entry.spec import PageSpec
from pages.governance.linkage_charts import histogram, over_time, reviewed, weights
from pages.governance.linkage_groups import for_whom

PAGE = PageSpec(
    path="linkage",
    title="Linkage",
    icon=":material/join:",
    group="Governance",
    needs=Permission.SEE_SOURCES,
    whom="those who work with or answer for the data",
    about="How well records were joined into people, for whom less well, and what waits for review.",
    place=15,
)


def page() -> None:
    """The figures of now, then one view at a time."""
    st.title(PAGE.title)
    told = linkage.overview(here().session)
    st.markdown(
        f"Agencies know their clients under **{number(told.clients)}** numbers of their own. "
        f"Linkage takes them for **{number(told.people)}** people."
    )
    _figures(told)
    views = {
        "Over time": over_time,
        "How sure": lambda: histogram(told),
        "By source": _by_source,
        "For whom": lambda: for_whom(told),
        "As reviewed": lambda: reviewed(told),
        "What weighs": weights,
    }
    picked = st.segmented_control(
        "View", list(views), default="Over time", required=True, key="linkage_view", label_visibility="collapsed"
    )
    views[picked or "Over time"]()


def _figures(told: Overview) -> None:
    """What was measured, what waits, and that nobody was linked who must not be."""
    left = waiting(here().session)
    cells = [*_measured(told), ("Waiting for review", number(left.total), "Pairs that nobody has decided.")]
    if told.never_linked is not None:
        shown = "none" if told.never_linked == 0 else number(told.never_linked)
        cells.append(("Adopted pairs linked", shown, "A child's names before and after adoption are never one person."))
    for column, (label, value, told_more) in zip(st.columns(len(cells)), cells, strict=True):
        column.metric(label, value, help=told_more, border=True)
    if told.never_linked:
        st.error(
            f"**{plural(told.never_linked, 'pair')} that must never be linked "
            f"{'is' if told.never_linked == 1 else 'are'} one person.** Stop the use of this snapshot and build again.",
            icon=":material/error:",
        )
    if told.quality:
        st.caption(
            "Precision and recall are measured against the invented city's truth, over pairs of clients. With real "
            "files nobody knows the truth: *As reviewed* says what can be said."
        )
    if may(here().reader.role, Permission.REVIEW_LINKS) and left.total:
        link("review", f"Review the {plural(left.total, 'uncertain pair')}")


def _measured(told: Overview) -> list[tuple[str, str, str]]:
    known = [name for name in _QUALITY if name in told.quality]
    return [(_QUALITY[name][0], f"{100 * told.quality[name]:.2f} %", _QUALITY[name][1]) for name in known]


_QUALITY = {
    "precision": ("Precision", "Of the pairs that were linked, how many are one person."),
    "recall": ("Recall", "Of the pairs that are one person, how many were linked."),
    "f1": ("F1", "The two together (their harmonic mean)."),
}


def _by_source() -> None:
    rows = linkage.by_source(here().session)
    if rows.empty:
        empty("How each source's clients were linked would be here.", "This snapshot holds nobody.")
        return
    ways = [way for way in WAYS if way in rows]
    alone = rows.sort_values(ALONE, ascending=False).iloc[0]
    st.markdown(_least_linked(str(alone["label"]), float(alone[ALONE])))
    percent = {way: st.column_config.ProgressColumn(way, format="%.0f %%", min_value=0, max_value=100) for way in ways}
    clients = {"clients": st.column_config.NumberColumn("Clients", format="localized")}
    tables.table(
        rows.assign(**{way: 100 * rows[way] for way in ways}), key="linkage_sources", rows=16,
        columns={"label": "Source", **clients, **percent},
    )  # fmt: skip
    st.caption(f"Sources of one agency that share its numbers are told as one. {DEFAULT.words}")


def _least_linked(label: str, share: float) -> str:
    if share == 0 or pd.isna(share):
        return "How each source's clients were linked. Few or none are linked with nobody."
    return (
        f"How each source's clients were linked. Most often with nobody: **{text(label)}**, {100 * share:.0f} % of "
        "whose clients no other source knows, or none could be found for."
    )
