"""Write down what came of an allocation: it goes on, or this is how it ended."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from analytics.casework.allocations import FIRST_FOLLOW_UP, LONGEST_TEXT, Allocation, follow_up, today
from data.access.reader import AccessRefused
from data.journal.casework import GOES_ON, OUTCOMES
from pages.casework.again import again
from pages.components.escape import text
from pages.entry.here import here

_STANDS = {GOES_ON: "It goes on", **{outcome: f"Ended: {outcome}" for outcome in OUTCOMES}}


def follow_up_form(one: Allocation) -> None:
    """How it stands, on which day, what followed, and by when it is looked at again."""
    now, key = today(here().session), f"follow_up_{one.number}"
    with (
        st.popover("Follow up", icon=":material/edit_note:", key=f"{key}_popover"),
        st.form(f"{key}_form", border=False),
    ):
        # No list that drops down: after one has closed, Tab leaves a popover and its other fields can't be reached.
        step = st.radio("How it stands", list(_STANDS), format_func=lambda s: _STANDS[s], key=f"{key}_step")
        day, then = st.columns(2)
        on = day.date_input("On", now, max_value=now, format="DD/MM/YYYY", key=f"{key}_on")
        followed = st.text_area("What followed", key=f"{key}_followed", max_chars=LONGEST_TEXT, height=80)
        due = then.date_input(
            "Next follow-up by", now + timedelta(FIRST_FOLLOW_UP), min_value=now, format="DD/MM/YYYY",
            key=f"{key}_due",
        )  # fmt: skip
        sent = st.form_submit_button("Write down", type="primary")
    if sent and isinstance(on, date) and isinstance(due, date):
        try:
            follow_up(here().session, one, step, on, followed, due)
        except AccessRefused as refused:
            st.warning(text(refused))
            return
        again()
