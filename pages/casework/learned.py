"""The learned space of known cases, or the words that stand where there is none."""

from __future__ import annotations

import streamlit as st

from analytics.casework.space import NoSpace, Space, space
from analytics.models.specs import MODEL, SPECS
from data.access.gate import Session
from pages.components.empty import empty
from pages.components.escape import text

#: What there are known cases of.
OF = {name: spec.label for name, spec in SPECS.items() if spec.profile}


def learned(session: Session, model: str = MODEL) -> Space | None:
    """The space of the session's snapshot; None, and the page says why, where too few cases were known."""
    try:
        with st.spinner("Reading the known cases"):
            return space(session, model)
    except NoSpace as none:
        empty("There is nothing to compare with.", text(none))
        return None


def known_cases_of(key: str) -> str:
    """Which known cases are meant; asked only where there are several kinds."""
    if len(OF) < 2:
        return next(iter(OF), MODEL)
    return st.segmented_control(
        "Known cases of", list(OF), format_func=lambda name: text(OF[name]), default=MODEL, required=True, key=key
    )  # fmt: skip
