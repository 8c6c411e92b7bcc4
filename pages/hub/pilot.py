"""Pilot: how officers work with the suggestion, how many contacts a trial of it needs, and what one came to."""

from __future__ import annotations

from typing import Any

import streamlit as st

from analytics.triage.clock import hub_now
from analytics.triage.pilot import current
from analytics.triage.pilot_facts import Followed, of_past, of_pilot
from analytics.triage.pilot_figures import Evaluation, evaluation
from analytics.triage.pilot_words import KIND, PRACTICE, day, state
from analytics.triage.practice import practice
from data.access.gate import Session, cache_key
from data.access.roles import Permission
from data.journal import hub
from data.journal.pilot import Pilot, pilots
from pages.components.empty import empty
from pages.components.escape import text
from pages.entry.here import here
from pages.entry.spec import PageSpec
from pages.hub.pilot_planning import planning
from pages.hub.pilot_results import results
from pages.hub.pilot_setting import setting

PAGE = PageSpec(
    path="pilot",
    title="Pilot",
    icon=":material/experiment:",
    group="Hub",
    needs=Permission.SEE_PILOT,
    whom="the hub's manager",
    about="How officers work with the suggestion; a trial of it beside present practice, and what it came to.",
    place=40,
)


def page() -> None:
    """Where things stand in a sentence; then a view at a time."""
    st.title(PAGE.title)
    st.markdown(_stands())
    views = {
        "Setting": setting,
        "How many contacts": lambda: planning(_past(here().session, cache_key(here().session))[0]),
        "Try it on a year past": _year,
        "Results": _results,
    }
    picked = st.segmented_control(
        "View", list(views), default="Setting", required=True, key="pilot_view", label_visibility="collapsed"
    )
    views[picked]()


def _stands() -> str:
    session = here().session
    pilot = current(session)
    if pilot is None:
        return f"**No pilot runs.** {PRACTICE[practice(session)]}."
    return f"**{KIND[pilot.kind].split(':')[0]}**, pilot {pilot.number}. {text(state(pilot, hub_now(session).date()))}"


def _year() -> None:
    found, told = _past(here().session, cache_key(here().session))
    if found.rows.empty:
        empty("A year past would be compared here.", "No contact is old enough for its aftermath to be whole.")
        return
    results(told)


def _results() -> None:
    every = pilots(here().session.journal)
    if not every:
        empty(
            "What a pilot came to would be here.",
            "None has been begun: nothing is told here of contacts that were in no pilot.",
            "A year past can be compared beside it, and says so.",
        )
        return
    chosen = st.selectbox("Pilot", every[::-1], format_func=_named, key="pilot_chosen")
    told = _of(here().session, (*cache_key(here().session), chosen, *_written()), chosen)
    results(told)


def _named(one: Pilot) -> str:
    return f"{one.number}, {KIND[one.kind].split(':')[0].lower()}, from {day(one.starts_on)}"


def _written() -> tuple[Any, ...]:
    """How much the hub has written by now: what was worked out before that is out of date."""
    journal = here().session.journal
    rows = (hub.contacts(journal), hub.grades(journal), hub.decisions(journal), hub.second_looks(journal))
    return (*(len(each) for each in rows), hub_now(here().session).date())


@st.cache_data(show_spinner="Comparing decisions of a year past …", max_entries=4)
def _past(_session: Session, key: tuple[Any, ...]) -> tuple[Followed, Evaluation]:
    """Cached by snapshot, scope and whether suggestions may be shown (``key``)."""
    found = of_past(_session)
    return found, evaluation(found)


@st.cache_data(show_spinner="Comparing the arms …", max_entries=8)
def _of(_session: Session, key: tuple[Any, ...], _pilot: Pilot) -> Evaluation:
    """Cached by snapshot, scope, pilot and how much was written since (``key``)."""
    return evaluation(of_pilot(_session, _pilot))
