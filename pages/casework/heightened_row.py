"""One child of the list: who, why, what is open, and the way to allocate."""

from __future__ import annotations

import streamlit as st

from analytics.casework.heightened import Listed
from analytics.casework.lists import Since
from data.access.roles import Permission, may
from pages.casework.again import again
from pages.casework.allocate import allocate_form
from pages.components import look
from pages.components.escape import text
from pages.components.links import person_link
from pages.components.words import age_on, day, listed, plural
from pages.entry.here import here


def row(child: Listed, model: str, compared: Since) -> None:
    """The child's box; with the form in it where somebody asked for it."""
    with st.container(border=True, gap=None):
        place, why, state = st.columns([4, 5, 4], gap="medium", vertical_alignment="center")
        with place, st.container(gap=None):
            _who(child, compared)
        why.markdown("  \n".join(text(reason) for reason in child.reasons) or "Nothing single stands out.")
        with state, st.container(gap="xsmall"):
            _state(child)
        if st.session_state.get(f"heightened_open_{child.person}") and not child.key_worker:
            allocate_form(child.person, model, f"heightened_{child.person}")


def _who(child: Listed, compared: Since) -> None:
    years = age_on(child.birth_date, here().today)
    name = f"{child.place}. {child.name}, {years if years is not None else 'age not known'}"
    if may(here().reader.role, Permission.SEE_PERSON):
        person_link(name, child.person, "heightened")
    else:
        st.markdown(f"**{text(name)}**")
    watching = " · :material/notifications: watched" if child.watched else ""
    st.markdown(
        f":small[{look.band_words(child.band)} · {moved(child, compared)} · "
        f"{text(child.ward or 'ward not known')}{watching}]"
    )


def moved(child: Listed, compared: Since) -> str:
    """What changed since the list that is compared with, in words."""
    if compared.on is None:
        return "first list"
    if child.new:
        return (
            f":material/fiber_new: risen from {child.band_before}" if child.band_before else ":material/fiber_new: new"
        )
    if not child.moved:
        return "same place"
    way = "▲ up" if child.moved > 0 else "▼ down"
    return f"{way} {plural(abs(child.moved), 'place')}"


def _state(child: Listed) -> None:
    services = [
        text(f"{one} ({child.worker})" if one == "social worker" and child.worker else one) for one in child.services
    ]
    open_now = f"Open: {listed(services)}" if services else "Nothing open"
    if child.key_worker:
        st.markdown(f"{open_now}  \n**With {text(child.key_worker)}** since {day(child.from_date)}")
        return
    st.markdown(open_now)
    key = f"heightened_open_{child.person}"
    if may(here().reader.role, Permission.ALLOCATE) and st.button(
        "Close" if st.session_state.get(key) else "Allocate", key=f"{key}_button", icon=":material/person_add:"
    ):
        st.session_state[key] = not st.session_state.get(key)
        again()
