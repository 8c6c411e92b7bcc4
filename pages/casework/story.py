"""Story: what happened to a person, on a line of time and in words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from analytics.casework import person as people
from analytics.casework.rows import each
from data.events import LANES
from pages.casework.again import again
from pages.casework.timeline import timeline
from pages.components.charts import show as show_chart
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import day, plural, span
from pages.entry.here import fragment, here

_PERIODS = {"12 months": 365, "2 years": 730, "All": None}
_LISTED = 12


def show(person: int) -> None:
    """The timeline with its filters, and the same events as a list, latest first."""
    fragment(lambda: _story(person))()


def _story(person: int) -> None:
    happened = people.events(here().session, person)
    if happened.empty:
        empty(
            "No events are recorded.", "The agencies have written down who this person is, and nothing that happened."
        )
        return
    lanes, since = _filters(person, happened)
    shown = happened[happened["lane"].isin(lanes)]
    recent = shown[_reaches(shown, since)]
    if recent.empty:
        empty(
            "Nothing in this period.",
            "The agencies chosen here recorded nothing in it.",
            "Choose a longer period or more agencies.",
        )
        return
    first = max(since, recent["occurred_on"].min().date() - timedelta(days=20))
    says = (
        f"{plural(len(recent), 'thing')} recorded since {day(first)}. Bars last, marks are moments; teal and diamonds "
        "are strengths. Drag across a part to enlarge it, double-click to go back."
    )
    show_chart(timeline(recent, here().today, first), f"person_timeline_{person}", f":small[{says}]")
    _listed(person, recent)


def _reaches(shown: pd.DataFrame, since: date) -> pd.Series:
    """What happened in the period, and what lasted into it."""
    lasted = shown["lasts"] & (shown["ended_on"].isna() | (shown["ended_on"] >= pd.Timestamp(since)))
    return lasted | (shown["occurred_on"] >= pd.Timestamp(since))


def _filters(person: int, happened: pd.DataFrame) -> tuple[list[str], date]:
    present = [lane for lane in LANES if lane in set(happened["lane"])]
    left, right = st.columns([4, 2], vertical_alignment="bottom")
    with left:
        lanes = st.pills(
            "Agencies shown",
            present,
            selection_mode="multi",
            default=present,
            format_func=lambda lane: LANES[lane],
            key=f"person_lanes_{person}",
        )
    with right:
        period = st.segmented_control(
            "Period", list(_PERIODS), default="2 years", required=True, key=f"person_period_{person}"
        )
    days = _PERIODS[period or "2 years"]
    return list(lanes), date(1900, 1, 1) if days is None else here().today - timedelta(days=days)


def _listed(person: int, shown: pd.DataFrame) -> None:
    """The latest in words; the rest behind a button, so that the page stays short."""
    st.subheader("Latest first")
    everything = st.session_state.get(f"person_all_{person}", False)
    rows = shown if everything else shown.head(_LISTED)
    st.markdown("\n".join(_line(row) for row in each(rows)))
    hidden = len(shown) > len(rows)
    if hidden and st.button(f"Show all {len(shown)}", key=f"person_show_all_{person}"):
        st.session_state[f"person_all_{person}"] = True
        again()


def _line(row: Any) -> str:
    began = row.occurred_on.date()
    ended = None if pd.isna(row.ended_on) else row.ended_on.date()
    when = span(began, ended) if row.lasts else day(began)
    mark = " :green-badge[strength]" if row.protective else ""
    before = f" :small[corrected on {day(row.known_on.date())}, before: {text(row.was)}]" if row.was else ""
    return f"- **{when}** · {text(row.said)}{mark}{before} :small[:gray[{text(row.from_source)}]]"
