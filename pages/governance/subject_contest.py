"""What a person contests, how each contest goes, and restriction of use while it is looked into."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analytics.subject_access import contesting
from analytics.subject_access.contesting import Case
from data.access.policy import RESTRICTED
from data.access.reader import AccessRefused
from data.journal.contests import OPEN, Contest
from pages.components.escape import text
from pages.components.words import day_of
from pages.entry.here import here

_STATUS = {"open": ":orange-badge[open]", "upheld": ":green-badge[upheld]", "not upheld": ":gray-badge[not upheld]"}


def show_contests(person: int) -> None:
    """What was contested, each open one with its answer, and a form for another."""
    st.subheader("What they contest")
    now = contesting.case(here().session, person)
    if not now.contests:
        st.markdown("Nothing is contested.")
    for one in now.contests:
        _one(one, now)
    with st.expander("Write down a contest", icon=":material/flag:"):
        _new(person)


def _one(one: Contest, now: Case) -> None:
    with st.container(border=True):
        by = text(now.names.get(one.by, one.by))
        st.markdown(
            f"{_STATUS[one.status]} **{one.number}. {text(one.which)}**  \n{text(one.said)}  \n"
            f":small[{text(contesting.ABOUT[one.about].split(':')[0])} · written down by {by} on {day_of(one.at)}]"
        )
        if one.status != OPEN and one.answered_at:
            who = text(now.names.get(one.answered_by or "", one.answered_by))
            st.markdown(f"**{one.status.capitalize()}** by {who} on {day_of(one.answered_at)}: {text(one.answer)}")
        else:
            _answer(one)


def _answer(one: Contest) -> None:
    with st.form(f"subject_answer_{one.number}", border=False):
        status = st.radio(
            "Decision", (contesting.UPHELD, contesting.NOT_UPHELD), index=None, format_func=str.capitalize,
            horizontal=True, key=f"subject_status_{one.number}",
        )  # fmt: skip
        words = st.text_input("Reasons, which the person gets", key=f"subject_words_{one.number}", max_chars=500)
        if st.form_submit_button("Decide under my name"):
            _written(
                lambda: contesting.answer(here().session, one, str(status), words), "The decision is written down."
            )


def _new(person: int) -> None:
    with st.form(f"subject_contest_{person}", border=False, clear_on_submit=False):
        about = st.selectbox(
            "What it is about", list(contesting.ABOUT), format_func=contesting.ABOUT.__getitem__, key="subject_about"
        )
        which = st.text_input(
            "Which one: what happened and when, or the agency's number, or the score",
            key="subject_which",
            max_chars=200,
        )
        said = st.text_area("What the person says is wrong, in their words", key="subject_said_words", max_chars=1000)
        if st.form_submit_button("Write it down", type="primary"):
            _written(
                lambda: contesting.contest(here().session, person, str(about), which, said),
                "The contest is written down, and shown on the person's page to whoever opens it.",
            )


def show_restriction(person: int) -> None:
    """Restrict use while a contest is looked into, or lift that."""
    st.subheader("Restriction of use")
    restricted = contesting.case(here().session, person).restricted
    st.markdown(RESTRICTED if restricted else "Use is not restricted. It can be while a contest is looked into.")
    with st.form(f"subject_restrict_{person}_{restricted}"):
        reason = st.text_input("Why", key=f"subject_restrict_why_{restricted}", max_chars=500)
        if st.form_submit_button("Lift the restriction" if restricted else "Restrict use"):
            _written(
                lambda: contesting.restrict(here().session, person, not restricted, reason),
                "Use is restricted from now on." if not restricted else "The restriction is lifted.",
            )


def _written(write: Callable[[], object], said: str) -> None:
    """Write, and draw the page anew with what was done; or say what is missing."""
    try:
        write()
    except AccessRefused as refusal:
        st.warning(str(refusal), icon=":material/warning:")
        return
    st.session_state["subject_said"] = said
    st.rerun()
