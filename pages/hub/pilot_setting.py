"""The setting: how officers work outside a pilot; a pilot begun or stopped; everything that was said before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd
import streamlit as st

from analytics.triage import pilot
from analytics.triage.clock import hub_now
from analytics.triage.pilot import LONGEST_REASON
from analytics.triage.pilot_measures import MEASURES
from analytics.triage.pilot_words import KIND, PRACTICE, SAFETY, SHORT, day
from analytics.triage.practice import practice
from data.access.reader import AccessRefused
from data.journal.accounts import reader_names
from data.journal.pilot import KINDS, PRACTICES, Pilot, pilots, practices
from pages.casework.again import again
from pages.components import tables
from pages.components.escape import plain, text
from pages.components.words import day_of, number
from pages.entry.here import here

_WEEKS = 13


def setting() -> None:
    """What may be changed now, and what was changed before."""
    running = pilot.current(here().session)
    if running is None:
        left, right = st.columns(2, gap="large")
        with left:
            _practice()
        with right:
            _begin()
    else:
        _running(running)
    _before()


def _practice() -> None:
    st.subheader("Outside a pilot")
    now = practice(here().session)
    with st.form("pilot_practice_form", border=False):
        chosen = st.radio(
            "How officers work", PRACTICES, index=PRACTICES.index(now), format_func=PRACTICE.__getitem__,
            key="pilot_practice",
        )  # fmt: skip
        why = st.text_input("Because", key="pilot_practice_why", max_chars=LONGEST_REASON)
        sent = st.form_submit_button("Keep this setting")
    st.caption("What an officer had seen when they graded is kept with each grade, whatever the setting.")
    if sent:
        _do(lambda: pilot.set_practice(here().session, chosen, why), "The setting is kept.")


def _begin() -> None:
    st.subheader("Begin a pilot")
    kind = st.radio("Kind", KINDS, format_func=KIND.__getitem__, key="pilot_kind")
    today = hub_now(here().session).date()
    first, last = st.columns(2)
    starts = first.date_input("First day", today, min_value=today, format="DD/MM/YYYY", key="pilot_starts")
    ends = last.date_input(
        "Last day", today + timedelta(weeks=_WEEKS), min_value=today, format="DD/MM/YYYY", key="pilot_ends"
    )
    fitting = [name for name, one in MEASURES.items() if kind in one.decides]
    measure = st.selectbox(
        "The figure that decides", fitting, format_func=lambda name: MEASURES[name].words, key=f"pilot_measure_{kind}",
        help="Chosen now and kept: whoever looks at many figures afterwards will find one that pleases.",
    )  # fmt: skip
    worth, planned = st.columns(2)
    smallest = worth.number_input(
        "Smallest difference, of 100", 0.1, 50.0, 3.0, 0.5, format="%.1f", key="pilot_smallest_kept"
    )
    contacts = planned.number_input("Contacts planned", 0, 1_000_000, 0, 100, key="pilot_planned")
    why = st.text_input("Because", key="pilot_why", max_chars=LONGEST_REASON)
    st.caption(SAFETY)
    if st.button("Begin the pilot", key="pilot_begin", type="primary"):
        _do(
            lambda: pilot.begin(here().session, kind, starts, ends, measure, why, smallest, contacts or None),
            "The pilot has begun.",
        )  # fmt: skip


def _running(one: Pilot) -> None:
    st.markdown(
        f"It decides by **{MEASURES[one.measure].words.lower()}**, chosen before the start. Because: {text(one.reason)}"
    )
    st.caption(SAFETY)
    why, press = st.columns([5, 2], vertical_alignment="bottom")
    said = why.text_input("Stop it because", key="pilot_stop_why", max_chars=LONGEST_REASON)
    if press.button("Stop the pilot", key="pilot_stop", width="stretch"):
        _do(lambda: pilot.stop(here().session, said), "The pilot is stopped.")
    st.caption("How officers work can't be changed while it runs: half of the contacts would be dealt with otherwise.")


def _do(what: Any, told: str) -> None:
    try:
        what()
    except AccessRefused as refusal:
        st.warning(text(refusal))
        return
    st.toast(told, icon=":material/check:")
    again()


def _before() -> None:
    journal = here().session.journal
    names = reader_names(journal)
    lines = [(one.at, one.by, PRACTICE[one.practice], one.reason) for one in practices(journal)]
    for one in pilots(journal):
        plan = f", {number(one.planned)} contacts planned" if one.planned else ""
        what = f"Pilot {one.number} begun: {SHORT[one.kind]}, {day(one.starts_on)} to {day(one.ends_on)}{plan}"
        lines.append((one.at, one.by, what, one.reason))
        if one.stopped_at is not None:
            lines.append((one.stopped_at, one.stopped_by or "", f"Pilot {one.number} stopped", one.stopped_why or ""))
    if not lines:
        st.caption("Nothing has been set so far: officers work as they did when Kinsight came.")
        return
    st.subheader("What was set before")
    rows = [
        {"on": day_of(at), "who": plain(names.get(by, by)), "what": what, "why": why}
        for at, by, what, why in sorted(lines, reverse=True)
    ]
    columns = {"on": "On", "who": "By", "what": "What", "why": "Because"}
    tables.table(pd.DataFrame(rows), "pilot_before", columns, rows=6)
