"""Similar cases: this person against the known cases, and the nearest of them, without names."""

from __future__ import annotations

import numpy as np
import streamlit as st

from analytics.casework import similar
from analytics.casework.afterwards import NEAREST
from analytics.casework.score import numbers_allowed
from analytics.casework.space import Space, SubProfile, Values
from analytics.casework.subprofiles import named
from analytics.casework.weighing import Wishes, near_cases
from analytics.models.specs import SPECS
from pages.casework.again import again
from pages.casework.learned import known_cases_of, learned
from pages.casework.mirror import case_line, followed, mirror
from pages.casework.next import show_next
from pages.casework.weights import my_weights, said
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.links import go, open_person
from pages.components.words import plural
from pages.entry.here import fragment, here

_ALL = "all"


def show(person: int) -> None:
    """As a fragment: opening a case redraws nothing else."""
    fragment(lambda: _tab(person))()


def _tab(person: int) -> None:
    session = here().session
    model = known_cases_of(f"person_known_of_{person}")
    held = learned(session, model)
    if held is None:
        return
    row = similar.row_of(session, model, person)
    if row is None:
        low, high = SPECS[model].ages
        empty(
            "This person is not compared.",
            f"Only children aged {low} to {high} who live here are held against the known cases.",
        )
        return
    one = held.values[row]
    group, wishes = _against(person, held)
    _mirror(held, one, group, wishes)
    near = near_cases(held, one, wishes, row)
    _nearest(person, held, one, near, wishes)
    order = np.argsort(-near, kind="stable")[:NEAREST].tolist()
    show_next(model, order)
    if st.button("Find other children like this one", key="person_find_similar", icon=":material/group:"):
        st.session_state["similar_mode"], st.session_state["similar_person"] = "A person", person
        st.session_state["similar_of"] = model
        go("similar")


def _against(person: int, held: Space) -> tuple[SubProfile | None, Wishes]:
    """Which of the known cases the person is held against, and what is to count."""
    groups = {str(one.group.number): one for one in named(here().session, held)}
    words = {_ALL: f"All {plural(held.card.n, 'known case')}"} | {
        key: f"{one.name} ({plural(len(one.group.cases), 'case')})" for key, one in groups.items()
    }
    chosen = _ALL if not groups else st.selectbox(
        "Held against", list(words), format_func=lambda key: words[key], key=f"person_profile_{person}_{held.model}"
    )  # fmt: skip
    wishes = my_weights(held, f"person_{held.model}")
    said(wishes)
    return (groups[chosen].group if chosen in groups else None), wishes


def _mirror(held: Space, one: Values, group: SubProfile | None, wishes: Wishes) -> None:
    count = held.card.n if group is None else len(group.cases)
    st.markdown(
        f"Held against **{plural(count, 'known case')}** of {text(SPECS[held.model].label.lower())}, as they were at "
        f"least {SPECS[held.model].gap_days} days before professionals said so. Alike is not the same: a likeness is a "
        "reason to ask, nothing more."
    )
    without = wishes.silent(held.names)
    mirror(similar.against_profile(held, one, group, without), "this child", "common among known cases")


def _nearest(person: int, held: Space, one: Values, near: np.ndarray, wishes: Wishes) -> None:
    session = here().session
    st.subheader("Nearest known cases")
    numbered = numbers_allowed(session, held.model)
    if not numbered:
        st.caption("In order of likeness. No numbers are shown: the model has not passed, or nobody has approved it.")
    for case in similar.nearest_cases(session, held.model, near, own=person):
        with st.container(border=True, gap="xsmall"):
            line, button = st.columns([8, 2], vertical_alignment="center")
            line.markdown(f"{case_line(case, numbered)}  \n:small[{followed(case)}]")
            key = f"person_case_{person}_{held.model}_{case.number}"
            opened = st.session_state.get(key, False)
            if button.button("Close" if opened else "Compare", key=f"{key}_button", width="stretch"):
                st.session_state[key] = not opened
                again()
            if opened:
                theirs, without = held.cases[case.number], wishes.silent(held.names)
                mirror(similar.against(held, one, theirs, without), "this child", "this case")
                if case.person is not None and st.button(
                    "This child is in your area: open their page", key=f"{key}_open", type="tertiary"
                ):
                    open_person(case.person)
