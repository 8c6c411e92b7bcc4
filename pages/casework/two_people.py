"""Two people side by side: what they share, where they differ, what is not known of one of them."""

from __future__ import annotations

import streamlit as st

from analytics.casework import similar
from analytics.casework.person import header
from analytics.casework.space import Space
from analytics.casework.weighing import Wishes
from analytics.models.specs import SPECS
from pages.casework.find_person import find_person
from pages.casework.mirror import mirror
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.links import person_link
from pages.components.words import listed, who
from pages.entry.here import here


def two_people(held: Space, wishes: Wishes) -> None:
    """Both must be within the reader's right; the gate is asked for both at once."""
    left, right = st.columns(2, gap="large")
    with left:
        one = find_person("similar_one", "One person")
    with right:
        other = find_person("similar_other", "The other person")
    if one is None or other is None:
        st.caption("Find both, and what they share and where they differ is shown side by side.")
        return
    if one == other:
        empty("That is one person twice.", "Somebody has everything in common with themselves.", "Find another.")
        return
    _side_by_side(held, one, other, wishes)


def _side_by_side(held: Space, one: int, other: int, wishes: Wishes) -> None:
    session = here().session
    rows = similar.rows_of(session, held.model, [one, other])
    heads = [header(session, person) for person in (one, other)]
    for column, head in zip(st.columns(2, gap="large"), heads, strict=True):
        with column, st.container(border=True, gap=None):
            person_link(head.name, head.person, "two")
            facts = [who(head.birth_date, head.sex, here().today), head.ward or ""]
            st.markdown(f":small[{text(', '.join(fact for fact in facts if fact))}]")
    left_out = [head.name for head in heads if head.person not in rows]
    if left_out:
        low, high = SPECS[held.model].ages
        empty(
            f"{text(listed(left_out))} can not be compared.",
            f"Only children aged {low} to {high} who live here are held against each other.",
        )
        return
    left, right = (held.values[rows[person]] for person in (one, other))
    mirror(similar.against(held, left, right, wishes.silent(held.names)), heads[0].name, heads[1].name)
