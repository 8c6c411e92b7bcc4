"""Caseload: who is open to what and where, how that changes, what compares fairly, and how soon help comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st

from analytics.disclosure.control import FREE
from analytics.management.caseload import AGES
from analytics.management.cells import SERVICES, Cells, cells
from data.access.gate import Session, cache_key
from data.access.roles import Permission
from data.snapshot.tables import RECORD_KEY
from pages.components.empty import empty
from pages.components.words import day
from pages.entry.here import fragment, here
from pages.entry.spec import PageSpec
from pages.management.caseload_compare import fairly
from pages.management.caseload_help import capacities, soon
from pages.management.caseload_list import children
from pages.management.caseload_outcomes import outcomes
from pages.management.caseload_parts import breakdown
from pages.management.caseload_shown import Shown
from pages.management.caseload_time import over_time
from pages.management.filters import ALL, Filter, filter_row, told

PAGE = PageSpec(
    path="caseload",
    title="Caseload",
    icon=":material/monitoring:",
    group="Management",
    needs=Permission.SEE_FIGURES,
    whom="managers and analysts",
    about="Who is open to which service and where, how that is changing, and how soon help comes.",
    place=10,
)
VIEWS: dict[str, Callable[[Shown], None]] = {
    "Over time": over_time, "Breakdown": breakdown, "Fair comparison": fairly, "Score to contact": soon,
    "Capacity": capacities, "Outcomes": outcomes, "Children": children,
}  # fmt: skip


def page() -> None:
    """The filters in a row, then one view at a time: all of it one fragment, so that a filter draws no frame anew."""
    st.title(PAGE.title)
    if RECORD_KEY.name not in here().snapshot.tables:
        empty(
            "The caseload would be here.", "These records were built by an earlier version, without what is needed.",
            "Build again.",
        )  # fmt: skip
        return
    fragment(_views)()


def _views() -> None:
    found = _cells(here().session, cache_key(here().session))
    wanted = _filters(found)
    chosen = filter_row("caseload", wanted)
    view = st.segmented_control(
        "View", list(VIEWS), default="Over time", required=True, key="caseload_view", label_visibility="collapsed",
        bind="query-params", persist_state="session",
    )  # fmt: skip
    VIEWS[view or "Over time"](Shown(found, chosen, told(wanted, chosen)))
    st.caption(
        f"{FREE} A child counts once for each service, at the ward where they live now. Records to {day(here().today)}."
    )


@st.cache_resource(show_spinner="Counting …", max_entries=4)
def _cells(_session: Session, key: tuple[object, ...]) -> Cells:
    """Kept by snapshot and scope (``key``); never changed, so that it need not be copied for everybody who looks."""
    return cells(_session)


def _filters(found: Cells) -> list[Filter]:
    """What a box offers follows from the service and the area alone, never from whether anybody is there."""
    return [
        Filter("kind", "Service", {"in_need": SERVICES["in_need"]} | SERVICES, wide=4),
        Filter("area", "Area", _offered("All areas", sorted(found.wards["area"].dropna().unique()))),
        Filter("ward", "Ward", lambda chosen: _wards(found, chosen["area"])),
        Filter("age", "Age", _offered("All ages", AGES)),
        Filter("team", "Team", lambda chosen: _offered("All teams", found.options("team", chosen["kind"]))),
        Filter("need", "Need", lambda chosen: _offered("All needs", found.options("need", chosen["kind"])), help=_NEED),
        Filter("source", "Told by", lambda chosen: _offered("Anybody", found.options("source", chosen["kind"])),
               help=_TOLD),
    ]  # fmt: skip


_NEED = "The main need, the reason, or the category of abuse, whichever the service writes down."
_TOLD = "Who made contact with the hub in the 90 days before it began."


def _wards(found: Cells, area: str) -> dict[str, str]:
    inside = found.wards if not area else found.wards[found.wards["area"] == area]
    return {ALL: "All wards"} | {str(code): str(name) for code, name in inside["name"].sort_values().items()}


def _offered(every: str, values: Iterable[str]) -> dict[str, str]:
    return {ALL: every} | {value: value[:1].upper() + value[1:] for value in values}
