"""One missed child: what the model had of them on the day, what it did not know, and what came between."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analytics.missed.reading import Case, Reading, between, knew, not_known, readings
from analytics.missed.reviews import learn
from analytics.models.hindsight import GAP, SINCE, YEAR
from data.access.roles import Permission, may
from data.journal.missed_reviews import REASONS, SHORTEST_LESSON, MissedReview
from pages.components import tables
from pages.components.bars import Bar, Kind, bars
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.links import person_link
from pages.components.words import day, listed, month, number, plural
from pages.entry.here import here

_VIEWS = {YEAR: "Missed", GAP: "Others were first", SINCE: "Identified since"}
_SHOWN = 6


def one_by_one(model: str, found: list[Case], written: Sequence[MissedReview]) -> None:
    """A list of one kind, the lowest ranked first, and the chosen child below."""
    mine = {
        view: [case for case in found if case.phase == view and (view == GAP or not case.listed)] for view in _VIEWS
    }
    view = st.segmented_control(
        "Which", list(_VIEWS), format_func=lambda name: f"{_VIEWS[name]} ({len(mine[name])})", default=YEAR,
        required=True, key="missed_view", label_visibility="collapsed",
    )  # fmt: skip
    listed_here = mine[view or YEAR]
    if not listed_here:
        empty("Children would be here.", "There is nobody of this kind.")
        return
    row = tables.choose(
        _frame(listed_here, written),
        key=f"missed_cases_{model}_{view}",
        columns={
            "who": "Child", "about": "On that day", "rank": "Place in the ranking",
            "identified": "Identified", "notes": "Notes",
        },
        rows=6,
    )  # fmt: skip
    _one(model, listed_here[row or 0], written)


def _frame(mine: list[Case], written: Sequence[MissedReview]) -> pd.DataFrame:
    noted = [note.case for note in written]
    return pd.DataFrame(
        [
            (_who(case), _about(case), _rank(case), month(case.identified_on), noted.count(case.code) or None)
            for case in mine
        ],
        columns=["who", "about", "rank", "identified", "notes"],
    )


def _who(case: Case) -> str:
    return case.name or f"Case {case.code}"


def _about(case: Case) -> str:
    noun = {"F": "girl", "M": "boy"}.get(case.sex or "", "child")
    return noun if case.years is None else f"{noun}, {plural(case.years, 'year')}"


def _rank(case: Case) -> str:
    return f"{number(case.rank)} of {number(case.ranked)}{', on the list' if case.listed else ''}"


def _one(model: str, case: Case, written: Sequence[MissedReview]) -> None:
    session = here().session
    st.subheader(text(_who(case)))
    if case.person is not None and may(here().reader.role, Permission.SEE_PERSON):
        person_link(case.name or "", case.person, key=f"missed_open_{case.code}")
    elif case.name is None:
        st.caption("Without a name: this child is outside your area, or your role does not include names.")
    when = day(case.identified_on) if case.name else month(case.identified_on)
    st.markdown(f"{_about(case)} on {day(case.as_of)}, place {_rank(case)}; identified {when}.")
    told = readings(session, model, case)
    low, high = st.columns(2)
    with low:
        _moved("Why no higher", [one for one in told if one.amount < 0], "lowers", told)
    with high:
        _moved("What did speak for it", [one for one in told if one.amount > 0], "raises", told)
    st.caption("Longer bars counted for more, on that day and in the model that was measured there.")
    _unknown(told)
    left, right = st.columns(2)
    with left:
        _knew(model, case)
    with right:
        _between(model, case)
    _notes(model, case, written)


def _moved(title: str, mine: list[Reading], kind: Kind, told: list[Reading]) -> None:
    st.markdown(f"**{title}**")
    if not mine:
        st.markdown(":gray[Nothing that it had seen.]")
        return
    longest = max(abs(one.amount) for one in told)
    bars(
        [Bar(one.said, abs(one.amount), "") for one in mine[:_SHOWN]],
        "lowers" if kind == "lowers" else "raises",
        longest,
    )


def _unknown(told: list[Reading]) -> None:
    blank = not_known(told)
    if blank:
        st.markdown(f"**Not known on that day:** the model had not seen {text(listed(blank, 'or'))}.")
    share = sum(not one.known for one in told)
    st.caption(f"{number(share)} of {plural(len(told), 'indicator')} not known.")


def _knew(model: str, case: Case) -> None:
    st.markdown("**Who knew this child on that day**")
    sources = knew(here().session, model, case)
    if not sources:
        st.markdown(":gray[No source had told anything in two years, and none had them on its books.]")
        return
    frame = pd.DataFrame(
        [(one.label, one.events or None, one.last, "yes" if one.on_books else "") for one in sources],
        columns=["source", "events", "last", "books"],
    )
    tables.table(
        frame,
        key=f"missed_knew_{case.code}",
        columns={
            "source": "Source", "events": "Told in 2 years", "last": tables.day_column("Last"), "books": "On its books",
        },
        rows=6,
    )  # fmt: skip


def _between(model: str, case: Case) -> None:
    st.markdown("**What became known between then and the identification**")
    came = between(here().session, model, case)
    if not came:
        st.markdown(":gray[Nothing.]")
        return
    frame = pd.DataFrame(
        [(one.known_on if case.name else month(one.known_on), one.said, one.source) for one in came],
        columns=["known", "said", "source"],
    )
    known = tables.day_column("Known") if case.name else "Known"
    tables.table(
        frame, key=f"missed_between_{case.code}",
        columns={"known": known, "said": "What", "source": "Source"}, rows=6,
    )  # fmt: skip


def _notes(model: str, case: Case, written: Sequence[MissedReview]) -> None:
    for note in [note for note in written if note.case == case.code]:
        st.markdown(f"- **{text(REASONS.get(note.reason, note.reason))}:** {text(note.learned)} :gray[{text(note.by)}]")
    if not may(here().reader.role, Permission.REVIEW_MISSED):
        return
    with st.form(f"missed_note_{case.code}", clear_on_submit=True):
        reason = st.selectbox(
            "Why was this child missed, as far as you can see?", list(REASONS), format_func=REASONS.__getitem__,
            index=None, placeholder="Choose",
        )  # fmt: skip
        learned = st.text_area("What is to be learned from it?", help="No names: the note is about the case.")
        if not st.form_submit_button("Write it down"):
            return
    if reason is None or len(learned.strip()) < SHORTEST_LESSON:
        st.warning("Choose why, and say in a few words what is to be learned.")
        return
    learn(here().session, model, case.code, reason, learned)
    st.rerun()
