"""The form that gives somebody to a key worker. Being on a list is never the decision: a name stands under it."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from analytics.casework.allocations import FIRST_FOLLOW_UP, today
from analytics.casework.heightened import allocate
from data.journal.accounts import accounts
from pages.casework.again import again
from pages.entry.here import here

PURPOSES = ("Make contact and assess", "Talk it over with the network", "Review what is in place", "Direct work")
_LONGEST = 120


def allocate_form(person: int, model: str | None, key: str) -> None:
    """Key worker, what for, from which day, and when somebody asks what came of it. ``key`` begins the keys."""
    session = here().session
    known = {one.id: f"{one.name}, {one.team}" for one in accounts(session.journal) if one.role == "lead_professional"}
    day = today(session)
    with st.form(f"{key}_form", border=False):
        who, why, when, then, send = st.columns([4, 4, 2, 2, 2], vertical_alignment="bottom")
        worker = who.selectbox(
            "Key worker", list(known), format_func=lambda one: known.get(one, one), key=f"{key}_worker", index=None,
            placeholder="Choose, or type a name", accept_new_options=True,
        )  # fmt: skip
        purpose = why.selectbox("Purpose", PURPOSES, key=f"{key}_purpose", accept_new_options=True)
        since = when.date_input("From", day, format="DD/MM/YYYY", key=f"{key}_from")
        due = then.date_input(
            "Follow up by", day + timedelta(FIRST_FOLLOW_UP), min_value=day, format="DD/MM/YYYY", key=f"{key}_due"
        )
        sent = send.form_submit_button("Allocate", type="primary", width="stretch")
    if sent and not (worker or "").strip():
        st.warning("Say who is to work with this child.")
    elif sent and worker and purpose and isinstance(since, date) and isinstance(due, date):
        allocate(session, person, worker[:_LONGEST], since, purpose[:_LONGEST], due, model)
        again()
