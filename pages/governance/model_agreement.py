"""How often readers agree with a model, of those who had judged for themselves first."""

from __future__ import annotations

import streamlit as st

from analytics.casework.agreement import Agreement, agreement
from pages.components.words import plural, share
from pages.entry.here import here


def agreed(model: str) -> None:
    """One sentence with its denominator, and whose views are left out of it."""
    found = agreement(here().session, model)
    st.subheader("Do readers agree?")
    st.markdown(_said(found))
    if found.skipped or found.seen_first:
        st.caption(_left_out(found))


def _said(found: Agreement) -> str:
    if not found.counted:
        return "Nobody has yet said so after judging for themselves."
    return (
        f"Readers agreed with **{share(found.agree, found.counted)}** of the scores that they saw after judging for "
        f"themselves, disagreed with {found.disagree} and were unsure of {found.unsure}."
    )


def _left_out(found: Agreement) -> str:
    return (
        f"Left out: {plural(found.skipped, 'view')} of readers who skipped judging first, and {found.seen_first} of "
        "readers who had met the child on a ranked list before they judged."
    )
