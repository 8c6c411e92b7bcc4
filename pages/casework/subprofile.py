"""A group among the known cases: what sets it apart, and a person's word on what it is called."""

from __future__ import annotations

import streamlit as st

from analytics.casework.subprofiles import LONGEST_NAME, Named, give_name, told
from data.access.reader import AccessRefused
from data.access.roles import Permission, may
from pages.components.escape import text
from pages.entry.here import here


def sub_profile(one: Named, model: str) -> None:
    """What sets the group apart from the other known cases, and where the name comes from."""
    lines = told(one.group)
    said = "  \n".join(text(line) for line in lines) or "Nothing is commoner than among the other known cases."
    st.markdown(f":small[{said}]")
    if one.by is None:
        st.caption("The name was worked out from the records; nobody has looked at it yet.")
    else:
        st.caption(f"Named by {text(one.by)}. Worked out from the records: {text(one.group.proposed)}.")
    if may(here().reader.role, Permission.NAME_PROFILE):
        _review(one, model)


def _review(one: Named, model: str) -> None:
    with (
        st.form(f"sub_profile_{one.group.number}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        name = st.text_input(
            "Name of the group", one.name, max_chars=LONGEST_NAME, key=f"sub_profile_name_{one.group.number}"
        )
        sent = st.form_submit_button("Accept or reword")
    if sent:
        try:
            give_name(here().session, model, one.group, name or "")
        except AccessRefused as refused:
            st.error(text(refused))
        else:
            st.rerun()
