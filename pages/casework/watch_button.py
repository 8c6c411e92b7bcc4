"""The button by which somebody is watched: with a reason and an end, or no longer."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from analytics.casework.allocations import today
from analytics.casework.watching import LONGEST, SHORTEST_REASON, USUAL, stop, watch, watching
from pages.components.escape import text
from pages.components.words import day
from pages.entry.here import here


def watch_button(person: int) -> None:
    """What the watch is, or the form to begin one."""
    mine = watching(here().session, person)
    if mine is None:
        with st.popover("Watch", icon=":material/notifications:", type="tertiary"):
            watch_form(person, "Watch")
        return
    with st.popover("Watched", icon=":material/notifications_active:", type="tertiary"):
        until = f"until {day(date.fromisoformat(mine.until))}" if mine.until else "with no end set"
        st.markdown(f"You watch {until}." + (f" Why: {text(mine.reason)}" if mine.reason else ""))
        if st.button("Stop watching", key=f"watch_stop_{person}", icon=":material/notifications_off:"):
            stop(here().session, person)
            st.rerun()


def watch_form(person: int, label: str, reason: str = "") -> None:
    """Why, and until when."""
    now = today(here().session)
    with st.form(f"watch_form_{person}", border=False):
        why = st.text_input("Why", value=reason, key=f"watch_reason_{person}", max_chars=300)
        until = st.date_input(
            "Until", now + timedelta(USUAL), min_value=now, max_value=now + timedelta(LONGEST), format="DD/MM/YYYY",
            key=f"watch_until_{person}",
        )  # fmt: skip
        sent = st.form_submit_button(label, type="primary")
    st.caption("What comes in about somebody you watch stands on Home and on the page Watching. Others don't see it.")
    if sent and len(why.strip()) < SHORTEST_REASON:
        st.warning("Say in a few words why you watch.")
    elif sent and isinstance(until, date):
        watch(here().session, person, why, until)
        st.rerun()
