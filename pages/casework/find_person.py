"""A box that finds one person on a page that is not Search."""

from __future__ import annotations

import streamlit as st

from analytics.casework.search import search
from pages.entry.here import here


def find_person(key: str, label: str = "Find the person") -> int | None:
    """Whom the reader typed and chose; None where nothing is typed, or nobody found."""
    typed = st.text_input(
        label,
        key=f"{key}_query",
        type="search",
        placeholder="name, date of birth, postcode or number",
        max_chars=200,
    )
    if not (typed or "").strip():
        return None
    found = search(here().session, typed).cards
    options = {
        card.person: f"{card.name}, born {card.birth_date:%Y}" if card.birth_date else card.name for card in found
    }
    if not options:
        st.caption("Nobody of that name or number is in your area.")
        return None
    chosen: int | None = st.selectbox(
        "Which one", list(options), format_func=lambda person: options[person], key=f"{key}_choice"
    )
    return chosen
