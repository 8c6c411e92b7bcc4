"""Planning: what so many key workers reach, places shared fairly between areas, demand to come, and what it costs."""

from __future__ import annotations

import streamlit as st

from data.access.roles import Permission
from pages.entry.here import fragment, here
from pages.entry.spec import PageSpec
from pages.management import planning_areas, planning_costs, planning_demand, planning_workers

PAGE = PageSpec(
    path="planning",
    title="Planning",
    icon=":material/event_upcoming:",
    group="Management",
    needs=Permission.SEE_FIGURES,
    whom="managers and analysts",
    about="What so many key workers would reach, how places are shared between areas, and the demand to come.",
    place=20,
)
#: One view at a time: each has a chart, which costs the browser half a second.
_VIEWS = {
    "Key workers": planning_workers.show,
    "Between areas": planning_areas.show,
    "Demand to come": planning_demand.show,
    "Costs": planning_costs.show,
}


def page() -> None:
    """One question at a time: all of it one fragment, so that a box draws no frame anew."""
    st.title(PAGE.title)
    fragment(_views)()


def _views() -> None:
    picked = st.segmented_control(
        "View", list(_VIEWS), default="Key workers", required=True, key="planning_view", label_visibility="collapsed"
    )
    _VIEWS[picked](here().session)
