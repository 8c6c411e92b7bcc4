"""Home: who you are here, what is new for you, and where you can go."""

from __future__ import annotations

import streamlit as st

from data.access.roles import may
from pages.components.escape import text
from pages.components.links import link
from pages.components.words import day
from pages.entry.here import here
from pages.entry.new_for_you import new_for_you
from pages.entry.registry import declared
from pages.entry.spec import PageSpec
from pages.entry.who import role_label

TITLE = "Home"


def page() -> None:
    """The pages of the reader's role, each with a sentence."""
    reader = here().reader
    st.title(f"Hello, {text(reader.name)}")
    team = f", {text(reader.team)}" if reader.team else ""
    st.markdown(f"You are signed in as **{role_label(reader)}**{team}. The records speak of {day(here().today)}.")
    new_for_you()
    for group in dict.fromkeys(page.spec.group for page in declared()):
        specs = [page.spec for page in declared() if page.spec.group == group]
        _group(group, [spec for spec in specs if may(reader.role, spec.needs)])


def _group(name: str, specs: list[PageSpec]) -> None:
    listed = [spec for spec in specs if spec.listed]
    if listed:
        st.subheader(name)
    for start in range(0, len(listed), 3):
        for column, spec in zip(st.columns(3), listed[start : start + 3], strict=False):
            with column, st.container(border=True, height="stretch"):
                link(spec.path)
                st.caption(spec.about)
