"""Review: uncertain pairs one at a time, wrong links taken apart, and what was decided before."""

from __future__ import annotations

import streamlit as st

from analytics.governance.review import Waiting, waiting
from analytics.governance.review_past import NextBuild, next_build
from data.access.roles import Permission
from pages.components.words import listed, number, plural
from pages.entry.here import fragment, here
from pages.entry.spec import PageSpec
from pages.governance.review_pair import pair
from pages.governance.review_past import decided
from pages.governance.review_split import split_person

PAGE = PageSpec(
    path="review",
    title="Review",
    icon=":material/compare_arrows:",
    group="Governance",
    needs=Permission.REVIEW_LINKS,
    whom="data-quality officers",
    about="Pairs of records of which nobody is sure whether they are one person; wrong links taken apart.",
    place=16,
)
_VIEWS = {"Uncertain pairs": pair, "Split a person": split_person, "What was decided": decided}


def page() -> None:
    """The state of things, then one view at a time: whoever is shown is written down as seen."""
    st.title(PAGE.title)
    fragment(_views)()


def _views() -> None:
    st.markdown(_state(waiting(here().session), next_build(here().session)))
    chosen = st.segmented_control(
        "View", list(_VIEWS), default="Uncertain pairs", required=True, key="review_view", label_visibility="collapsed"
    )
    _VIEWS[chosen or "Uncertain pairs"]()


def _state(left: Waiting, coming: NextBuild) -> str:
    """How much is left, and what the next build will do."""
    waits = (
        f"**{plural(left.total, 'pair')}** left to review: {number(left.linked)} inside one person (are they two?), "
        f"{number(left.apart)} between two people (are they one?)."
        if left.total
        else "**No pair is left to review.**"
    )
    doing = [
        f"{verb} {plural(count, what, many)}"
        for verb, count, what, many in (
            ("split", coming.splits, "person", "people"), ("join", coming.joins, "pair", "pairs"),
        )
        if count
    ]  # fmt: skip
    return f"{waits} The next build will {listed(doing)}." if doing else f"{waits} Nothing waits for the next build."
