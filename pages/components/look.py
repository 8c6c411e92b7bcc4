"""The look: colours by meaning, and the one style sheet. Risk is amber to plum, protection teal, never red on green."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import streamlit as st

INK, QUIET, LINE, PAPER = "#1b2430", "#55606e", "#d5dbe3", "#ffffff"
ACCENT = "#1d3f72"
PROTECTS = "#0f766e"
BANDS = {"lower": "#5b6b7f", "raised": "#b45309", "heightened": "#7d2a63"}
#: Told apart in grey print too, each by a step of lightness; where lines meet, by dashes or marks besides.
SERIES = ("#1d3f72", "#0a7d72", "#c56a17", "#5a0c35", "#4b5563", "#5798d2")
RISK_SCALE = ("#fdf6df", "#f6cf86", "#d98324", "#9a3f53", "#5c1f55")

Badge = Literal["gray", "orange", "red", "green", "blue"]
# The theme gives Streamlit's "red" our plum and its "green" our teal.
_BADGES: dict[str, Badge] = {"lower": "gray", "raised": "orange", "heightened": "red"}
# A filled dot more for each step: the band can be read without its colour.
_DOTS = {"lower": "●○○", "raised": "●●○", "heightened": "●●●"}
#: What marks every page and paper: of an invented city, and of one whose people are real.
INVENTED, SENSITIVE = "Invented city: no real people", "OFFICIAL-SENSITIVE"
#: What marks every screen of training, whatever city it runs in.
TRAINING = "Training: every child on this screen is invented"
_CSS = Path(__file__).with_name("look.css")
# Streamlit's navigation is a list whose entries lie one level too deep to be its entries: to a screen reader it becomes
# a named group of links. Nothing from data goes in here.
_MENDED = """<script>
const mend = () => document.querySelectorAll("[data-testid=stSidebarNavItems]").forEach(list => {
    list.setAttribute("role", "group")
    list.setAttribute("aria-label", "Pages")
    list.querySelectorAll("li").forEach(entry => entry.setAttribute("role", "none"))
})
if (!window.kinsightMends) {
    window.kinsightMends = new MutationObserver(mend)
    window.kinsightMends.observe(document.body, {childList: true, subtree: true})
}
mend()
</script>"""
_LOGO = Path(__file__).with_name("logo.svg")
# A file of ours: for a :material/...: icon in the browser's tab, Streamlit would send each reader to Google's server.
ICON = Path(__file__).with_name("icon.svg")


def apply() -> None:
    """Put the style sheet and the name on the page: once a run, by the frame."""
    st.html(_CSS)
    st.html(_MENDED, unsafe_allow_javascript=True)
    st.logo(_LOGO, size="large")


def banner() -> None:
    """Say, on every page, that nobody here is real."""
    st.html(f'<div class="k-invented" role="note">{INVENTED}</div>')


def training() -> None:
    """Say, on every screen of training, that its children are not the council's."""
    st.html(f'<div class="k-training" role="note">{TRAINING}</div>')


def band(name: str) -> None:
    """A risk band as a badge: its word, its dots and, last, its colour."""
    st.badge(f"{_DOTS[name]} {name.capitalize()}", color=_BADGES[name])


def band_words(name: str) -> str:
    """A risk band as text, for tables: ``●●○ raised``."""
    return f"{_DOTS[name]} {name}"
