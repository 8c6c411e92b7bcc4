"""The learned space of known cases, or the words that stand where there is none."""

from __future__ import annotations

import streamlit as st

from analytics.casework.space import NoSpace, Space, space
from analytics.models.specs import MODEL
from data.access.gate import Session
from pages.components.empty import empty
from pages.components.escape import text


def learned(session: Session) -> Space | None:
    """The space of the session's snapshot; None, and the page says why, where too few cases were known."""
    try:
        with st.spinner("Reading the known cases"):
            return space(session, MODEL)
    except NoSpace as none:
        empty("There is nothing to compare with.", text(none))
        return None
