"""Somebody outside the area: a card that names nobody, and the request for emergency access."""

from __future__ import annotations

import streamlit as st

from analytics.casework.glass import HOURS, open_record
from analytics.casework.search import Found, Outside
from data.access.reader import AccessRefused
from data.access.roles import Permission, may
from pages.components.escape import text
from pages.components.words import listed, plural
from pages.entry.here import here

_ASKED = "search_glass_for"


def outside(found: Found) -> None:
    """Who fits outside the reader's area: nothing that they did not type, and whom to ask."""
    are = "matches" if found.outside == 1 else "match"
    st.markdown(f"**{plural(found.outside, 'person')} outside your area {are}**")
    if not found.elsewhere:
        st.caption("Say more about the person, such as a date of birth, to see which of your facts match.")
    for number, one in enumerate(found.elsewhere):
        _card(one, number)


def _card(one: Outside, number: int) -> None:
    with st.container(border=True, gap="xsmall"):
        who, how, act = st.columns([4, 6, 3], vertical_alignment="center")
        where = f"In {text(one.told[0])}" if one.told else "Where is not known"
        who.markdown(f":material/lock: **Somebody outside your area**  \n:small[{where}]")
        advice = "Ask the team there first: they can tell you more."
        how.markdown(f"Matched on {listed(list(one.matched))}  \n:small[{advice}]")
        if not may(here().reader.role, Permission.BREAK_GLASS):
            return
        asking = st.session_state.get(_ASKED) == one.person
        if act.button("Emergency access", key=f"search_outside_{number}", icon=":material/lock_open:", disabled=asking):
            st.session_state[_ASKED] = one.person
            st.rerun()
        if asking:
            _request(one.person)


def _request(person: int) -> None:
    with st.form("search_glass", border=False):
        reason = st.text_input("Why you need to see this person now", key="search_glass_reason", max_chars=300)
        hours = st.radio("For how long", HOURS, format_func=_hours, horizontal=True, key="search_glass_hours")
        st.caption("It opens at once and closes by itself. The request and every look are in the access log.")
        if not st.form_submit_button("Open the record", type="primary"):
            return
    try:
        open_record(here().session, person, reason, hours)
    except AccessRefused as refusal:
        st.error(text(refusal), icon=":material/error:")
        return
    st.session_state.pop(_ASKED, None)
    st.rerun()


def _hours(count: int) -> str:
    return plural(count, "hour")
