"""Strategic picture: where need lies, which needs come together, moves between services, where little is known."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analytics.disclosure.control import FREE
from analytics.management.board import board
from analytics.management.board_pdf import paper
from analytics.management.caseload import AGES
from analytics.management.picture import GROUPS, NEEDS
from data.access.gate import cache_key, session
from data.access.roles import Permission, may
from data.home import home
from data.snapshot.tables import RECORD_KEY
from pages.components.empty import empty
from pages.components.look import INVENTED, SENSITIVE
from pages.components.words import day
from pages.entry.here import fragment, here
from pages.entry.spec import PageSpec
from pages.management import picture_map, picture_moves, picture_thin, picture_together
from pages.management.filters import ALL, Filter, filter_row, told
from pages.management.picture_parts import Shown, counted

PAGE = PageSpec(
    path="picture",
    title="Strategic picture",
    icon=":material/map:",
    group="Management",
    needs=Permission.SEE_FIGURES,
    whom="managers and analysts",
    about="Need by ward on a map, which needs come together, moves between services, and where records are thin.",
    place=15,
)
MAP, TOGETHER, MOVES, THIN = "Need by ward", "Needs together", "Moves", "Where records are thin"
#: One view at a time: each chart costs the browser half a second.
_VIEWS: dict[str, Callable[[Shown], None]] = {
    MAP: picture_map.show,
    TOGETHER: picture_together.show,
    MOVES: picture_moves.show,
    THIN: picture_thin.show,
}


def page() -> None:
    """One question at a time, its filters above: all of it one fragment, so that a filter draws no frame anew."""
    title, report = st.columns([5, 2], vertical_alignment="bottom")
    title.title(PAGE.title)
    if RECORD_KEY.name not in here().snapshot.tables:
        empty("The strategic picture would be here.", "These records were built by an earlier version.", "Build again.")
        return
    with report, st.container(horizontal=True, horizontal_alignment="right"):
        _report()
    fragment(_views)()


def _report() -> None:
    """The button that makes the report: asked for after the page was drawn, so with a session of its own."""
    if not may(here().reader.role, Permission.EXPORT_FIGURES):
        return
    reader, mark = here().session.reader_id, INVENTED if here().snapshot.invented else SENSITIVE

    def made() -> bytes:
        with session(home(), reader) as opened:
            return paper(board(opened), mark)

    st.download_button(
        "Report for the board (PDF)", made, f"board-report-{here().today:%Y-%m}.pdf", "application/pdf",
        key="picture_board", icon=":material/picture_as_pdf:", on_click="ignore",
        help="Three or four pages of fixed tables, the same every month. The log says that you took it.",
    )  # fmt: skip


def _views() -> None:
    picked = st.segmented_control(
        "View", list(_VIEWS), default=MAP, required=True, key="picture_view", label_visibility="collapsed"
    )
    found = counted(here().session, cache_key(here().session))
    wanted = _filters(picked, sorted(found.wards["area"].dropna().unique()))
    chosen = filter_row("picture", wanted) if wanted else {}
    _VIEWS[picked](Shown(found, chosen, told(wanted, chosen)))
    st.caption(
        f"{FREE} Records to {day(here().today)}. A child counts where they live now; what a family's records show "
        "counts for each of its children under 18."
    )


def _filters(view: str, areas: list[str]) -> list[Filter]:
    where = Filter("area", "Area", {ALL: "Whole city", **{area: area for area in areas}}, wide=2)
    age = Filter("age", "Age", {ALL: "All ages", **{age: age for age in AGES}}, wide=2)
    if view == MAP:
        needs = {one.name: f"{one.group}: {one.label}" for one in NEEDS.values()}
        return [Filter("need", "Need", needs, wide=4), where, age]
    if view == TOGETHER:
        return [Filter("group", "Needs", {group: group for group in GROUPS}, wide=2), where, age]
    return [Filter("period", "Period", picture_moves.PERIODS), where, age] if view == MOVES else []
