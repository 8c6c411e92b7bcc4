"""Keys that Streamlit has none for: one small script of ours, which reads nothing and sends nothing."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_SCRIPT = Path(__file__).with_name("keys.js")


def search_box(box: str, card: str) -> None:
    """Put the focus into the widget ``box``; arrow keys go through the buttons whose keys begin with ``card``."""
    script = _SCRIPT.read_text(encoding="utf-8").replace("__BOX__", box).replace("__CARD__", card)
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
