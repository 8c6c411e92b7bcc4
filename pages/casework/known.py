"""Similar cases: this person against the known cases, and the nearest of them, without names."""

from __future__ import annotations

import streamlit as st

from analytics.casework import similar
from analytics.casework.score import numbers_allowed
from analytics.models.specs import MODEL
from pages.casework.again import again
from pages.casework.learned import learned
from pages.casework.mirror import case_line, followed, mirror
from pages.components.empty import empty
from pages.components.links import go, open_person
from pages.components.words import plural
from pages.entry.here import fragment, here

_KNOWN = "children whom professionals identified as sexually exploited"


def show(person: int) -> None:
    """As a fragment: opening a case redraws nothing else."""
    fragment(lambda: _tab(person))()


def _tab(person: int) -> None:
    session = here().session
    held = learned(session)
    if held is None:
        return
    row = similar.row_of(session, MODEL, person)
    if row is None:
        empty(
            "This person is not compared.",
            "Only children aged 10 to 17 who live here are held against the known cases.",
        )
        return
    one = held.values[row]
    st.markdown(
        f"Held against **{plural(held.card.n, 'known case')}**: {_KNOWN}, "
        "as they were at least 90 days before anybody said so. "
        "Alike is not the same: a likeness is a reason to ask, nothing more."
    )
    mirror(similar.against_profile(held, one), "this child", "common among known cases")
    st.subheader("Nearest known cases")
    numbered = numbers_allowed(session, MODEL)
    for case in similar.nearest_cases(session, MODEL, one, own=person):
        with st.container(border=True, gap="xsmall"):
            said, button = st.columns([8, 2], vertical_alignment="center")
            said.markdown(f"{case_line(case, numbered)}  \n:small[{followed(case)}]")
            key = f"person_case_{person}_{case.number}"
            opened = st.session_state.get(key, False)
            if button.button("Close" if opened else "Compare", key=f"{key}_button", width="stretch"):
                st.session_state[key] = not opened
                again()
            if opened:
                mirror(similar.against(held, one, held.cases[case.number]), "this child", "this case")
                if case.person is not None and st.button(
                    "This child is in your area: open their page", key=f"{key}_open", type="tertiary"
                ):
                    open_person(case.person)
    if st.button("Find other children like this one", key="person_find_similar", icon=":material/group:"):
        st.session_state["similar_mode"], st.session_state["similar_person"] = "A person", person
        go("similar")
