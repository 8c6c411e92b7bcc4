"""Record of views: who looked at this person, when and why. Everybody who looks can see that they were seen."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from analytics.casework import person as people
from analytics.casework.rows import each
from pages.components.escape import text
from pages.components.words import moment
from pages.entry.here import here


def show(person: int) -> None:
    """The access log of one person, newest first."""
    rows = people.looks(here().session, person)
    st.markdown("Every look at this person is written down before anything is shown. Nobody can change or delete it.")
    for row in each(rows):
        with st.container(border=True, gap=None):
            who, when, why = st.columns([4, 4, 3])
            who.markdown(f"**{text(row.name)}** · {text(row.role)}")
            when.markdown(_when(row.at, row.until))
            why.markdown(text(row.purpose or "no reason given"))
            st.caption(text(row.did))


def _when(at: datetime, until: datetime) -> str:
    return moment(at) if (until - at).seconds < 60 else f"{moment(at)} to {until:%H:%M}"
