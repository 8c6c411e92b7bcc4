"""The children behind the figures, by name: asked for by a click, through the gate, by whoever may see a caseload."""

from __future__ import annotations

import streamlit as st

from analytics.management.listed import MOST, Listed, listed
from data.access.roles import Permission, may
from pages.components import tables
from pages.components.empty import empty
from pages.components.words import day, number
from pages.entry.here import here
from pages.management.caseload_shown import Shown

_COLUMNS = {
    "full": "Name", "years": "Age", "ward_name": "Ward", "area": "Area", "team": "Team", "need": "Need",
    "source": "Told by", "began": tables.day_column("Since"),
}  # fmt: skip


def children(one: Shown) -> None:
    """Nobody is shown until it is asked for."""
    if not may(here().reader.role, Permission.SEE_CASELOAD):
        empty(
            "The children behind these figures would be listed here.",
            "A list of children by name is another permission than figures, and your role does not include it.",
            "A manager or a lead professional of the area has it.",
        )  # fmt: skip
        return
    narrowed = "; ".join(f"{label}: {words}" for label, words in one.words.items() if label != "Service")
    st.markdown(
        f"Children open to **{one.service.lower()}** on {day(one.days[-1])}, by name"
        + (f" ({narrowed})." if narrowed else ", the whole city.")
        + " The log says who looked at whom, and for what reason."
    )
    asked = tuple(sorted(one.chosen.items()))
    if st.button("Show the children", key="caseload_names", icon=":material/group:", type="primary"):
        st.session_state["caseload_listed"] = asked
    if st.session_state.get("caseload_listed") != asked:
        return
    found = listed(here().session, one.chosen)
    if not found.every:
        empty("Nobody is open to this.", "No child whom you may see fits these filters.")
        return
    st.markdown(_said(found))
    tables.table(found.rows, key="caseload_children", columns=_COLUMNS, rows=12)


def _said(found: Listed) -> str:
    few = f" The {MOST} who have been open longest are listed: choose more filters to see the others." * (
        found.every > MOST
    )
    return f"**{number(found.every)}** whom you may see, those open longest first.{few}"
