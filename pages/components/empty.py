"""States with nothing in them: they say what would be there, why it isn't, and what to do next."""

from __future__ import annotations

import streamlit as st


def empty(what: str, why: str, then: str = "") -> None:
    """Nothing to show. ``what`` would be here, ``why`` it isn't, ``then`` what to do. Our own words only."""
    with st.container(border=True):
        st.markdown(f"**{what}**")
        st.markdown(f"{why} {then}".strip())


def problem(happened: str, do: str) -> None:
    """Something went wrong: what happened, in our own words, and what to do next."""
    st.warning(f"**{happened}**  \n{do}", icon=":material/error:")


def unknown(what: str) -> None:
    """Something that no record says. Not nil, not none: not known."""
    st.caption(f":material/help: {what}")
