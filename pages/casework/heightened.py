"""Heightened risk: the ranked list of the reader's area, why in one line, and to whom each child is allocated."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analytics.casework import score as scoring
from analytics.casework.heightened import Listed, Ranked, allocate, ranked
from analytics.models.specs import MODEL
from data.access.roles import Permission, may
from data.journal.accounts import accounts
from pages.casework.again import again
from pages.components import look
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.links import link, person_link
from pages.components.words import age_on, day, listed, plural
from pages.entry.here import fragment, here
from pages.entry.spec import PageSpec

PAGE = PageSpec(
    path="heightened",
    title="Heightened risk",
    icon=":material/format_list_numbered:",
    group="Casework",
    needs=Permission.SEE_LIST,
    whom="lead professionals and managers",
    about="The children of your area whose records look most like known cases, and why.",
    place=40,
)
PURPOSES = ("Make contact and assess", "Talk it over with the network", "Review what is in place", "Direct work")
_PAGE = 15
_SHOWS = {"Heightened": ("heightened",), "With raised": ("heightened", "raised")}


def page() -> None:
    """Filters and the list, as one fragment."""
    st.title("Heightened risk")
    note = scoring.model_note(here().session, MODEL)
    if note is None or note.withheld:
        empty(
            "There is no list.",
            text(note.withheld) if note and note.withheld else "No model has been built.",
            "Search and similar cases work without it.",
        )
        if may(here().reader.role, Permission.SEE_SIMILAR):
            link("similar", "Children whose records look most like known cases")
        link("model", "How good the model is")
        return
    if note.caveat:
        st.info(text(note.caveat), icon=":material/science:")
    st.markdown(
        "A place on this list says that the **records** look like those of children who were later identified as "
        "sexually exploited. "
        "Some on it are not at risk, and some who are will never be on it. You decide."
    )
    fragment(_list)()


def _list() -> None:
    shows, wards, ages, news = st.columns([3, 3, 3, 2], gap="medium", vertical_alignment="bottom")
    with shows:
        chosen = st.segmented_control(
            "Level", list(_SHOWS), default="Heightened", required=True, key="heightened_level"
        )
    whole = ranked(here().session, MODEL, _SHOWS[chosen or "Heightened"])
    if not whole.children:
        empty(
            "Nobody in your area is on the list.",
            "No child here is among those whose records look most like known cases.",
        )
        return
    with wards:
        where = st.multiselect(
            "Ward", sorted({c.ward for c in whole.children if c.ward}), key="heightened_wards", placeholder="All wards"
        )
    with ages:
        low, high = st.slider("Age", 10, 17, (10, 17), key="heightened_ages")
    with news:
        new_only = st.toggle(
            "New only",
            key="heightened_new",
            help="At this level for the first time, or risen to it since last quarter.",
        )
    rows = [c for c in whole.children if _fits(c, where, low, high, new_only)]
    _summary(whole, rows)
    _shown(rows)


def _fits(child: Listed, wards: list[str], low: int, high: int, new_only: bool) -> bool:
    years = age_on(child.birth_date, here().today)
    return (
        (not wards or child.ward in wards) and (years is None or low <= years <= high) and (child.new or not new_only)
    )


def _summary(whole: Ranked, rows: list[Listed]) -> None:
    waiting = len(whole.children) - whole.allocated
    shown = "" if len(rows) == len(whole.children) else f" · {plural(len(rows), 'child')} fit the filters"
    st.markdown(
        f"**{plural(len(whole.children), 'child')}** in your area as of {day(whole.as_of)} · "
        f"{whole.allocated} allocated · {waiting} waiting{shown}"
    )


def _shown(rows: list[Listed]) -> None:
    count = st.session_state.get("heightened_shown", _PAGE)
    for child in rows[:count]:
        _row(child)
    if len(rows) > count and st.button(f"Show {min(_PAGE, len(rows) - count)} more", key="heightened_more"):
        st.session_state["heightened_shown"] = count + _PAGE
        again()


def _row(child: Listed) -> None:
    with st.container(border=True, gap=None):
        place, why, state = st.columns([3, 6, 3], gap="medium", vertical_alignment="center")
        with place, st.container(gap=None):
            _who(child)
        why.markdown("  \n".join(text(reason) for reason in child.reasons) or "Nothing single stands out.")
        with state, st.container(gap="xsmall"):
            _state(child)
        if st.session_state.get(f"heightened_open_{child.person}") and not child.key_worker:
            _allocate(child)


def _who(child: Listed) -> None:
    years = age_on(child.birth_date, here().today)
    if may(here().reader.role, Permission.SEE_PERSON):
        person_link(
            f"{child.place}. {child.name}, {years if years is not None else 'age not known'}",
            child.person,
            "heightened",
        )
    else:
        st.markdown(f"**{child.place}. {text(child.name)}, {years if years is not None else 'age not known'}**")
    watching = " · :material/notifications: watched" if child.watched else ""
    st.markdown(
        f":small[{look.band_words(child.band)} · {_moved(child)} · {text(child.ward or 'ward not known')}{watching}]"
    )


def _moved(child: Listed) -> str:
    if child.moved is None:
        return "new on the list"
    if child.new:
        return "new at this level"
    return (
        f"▲ up {child.moved} since last quarter"
        if child.moved > 0
        else f"▼ down {-child.moved} since last quarter"
        if child.moved < 0
        else "no change"
    )


def _state(child: Listed) -> None:
    open_now = f"Open: {listed(list(child.services))}" if child.services else "Nothing open"
    if child.key_worker:
        st.markdown(f"{open_now}  \n**With {text(child.key_worker)}**")
        return
    st.markdown(open_now)
    key = f"heightened_open_{child.person}"
    if may(here().reader.role, Permission.ALLOCATE) and st.button(
        "Close" if st.session_state.get(key) else "Allocate", key=f"{key}_button", icon=":material/person_add:"
    ):
        st.session_state[key] = not st.session_state.get(key)
        again()


def _allocate(child: Listed) -> None:
    """Key worker, day and purpose. Being on the list is never the decision: somebody's name stands under it."""
    known = {one.id: one.name for one in accounts(here().session.journal) if one.role == "lead_professional"}
    with st.form(f"heightened_allocate_{child.person}", border=False):
        who, when, why, send = st.columns([3, 2, 4, 2], vertical_alignment="bottom")
        worker = who.selectbox(
            "Key worker", list(known), format_func=lambda one: known[one], key=f"heightened_worker_{child.person}"
        )
        since = when.date_input("From", value="today", format="DD/MM/YYYY", key=f"heightened_from_{child.person}")
        purpose = why.selectbox("Purpose", PURPOSES, key=f"heightened_purpose_{child.person}")
        if send.form_submit_button("Allocate", type="primary", width="stretch") and worker and isinstance(since, date):
            allocate(here().session, child.person, worker, since, purpose)
            st.session_state.pop(f"heightened_open_{child.person}", None)
            again()
