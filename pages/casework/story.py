"""Story: what happened to a person, on a line of time and in words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from analytics.casework import person as people
from analytics.casework.gaps import Gap, between_episodes, silences
from analytics.casework.rows import each
from data.events import KINDS, LANES
from pages.casework.again import again
from pages.casework.timeline import CROWDED, timeline
from pages.components.charts import show as show_chart
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import day, listed, plural, span
from pages.entry.here import fragment, here

_PERIODS = {"12 months": 365, "2 years": 730, "All": None}
_LISTED, _MORE, _GAPS = 12, 100, 4


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
    gaps = [gap for gap in between_episodes(shown) if gap.ends > first]
    chart = timeline(recent, gaps, here().today, first)
    show_chart(chart, f"person_timeline_{person}", f":small[{_says(recent, first)}]")
    _gaps([*gaps, *(gap for gap in silences(shown, here().today) if gap.ends > first)])
    _listed(person, recent)


def _says(recent: pd.DataFrame, first: date) -> str:
    """What to see in the figure, and how to read it."""
    crowded = recent.groupby("label").size()
    monthly = [f"{str(name).lower()} ({n:,})" for name, n in crowded[crowded > CROWDED].items()]
    said = (
        f"{plural(len(recent), 'thing')} recorded since {day(first)}. Bars last, marks are moments, dotted lines are "
        "gaps; teal and diamonds are strengths. Drag across a part to enlarge it, double-click to go back."
    )
    return said + (f" Counted together, the larger the mark the more: {text(listed(monthly))}." if monthly else "")


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


def _gaps(gaps: list[Gap]) -> None:
    """The longest in words: what a drawing shows by leaving it out."""
    if not gaps:
        return
    longest = sorted(sorted(gaps, key=lambda gap: -gap.days)[:_GAPS], key=lambda gap: gap.begins)
    said = [f"**{_what(gap)}** {span(gap.begins, gap.ends)} ({_long(gap.days)})" for gap in longest]
    more = f"; and {plural(len(gaps) - _GAPS, 'shorter one')}" if len(gaps) > _GAPS else ""
    st.markdown(f":small[Gaps: {'; '.join(said)}{more}.]")


def _what(gap: Gap) -> str:
    if not gap.kind:
        return "no agency chosen here recorded anything new"
    name = KINDS[gap.kind].label
    return f"{text(name if name[:2].isupper() else name[:1].lower() + name[1:])}, nothing"


def _long(days: int) -> str:
    """``3 weeks``, ``5 months``: as long as somebody would say it was."""
    return plural(round(days / 7), "week") if days < 84 else plural(round(days / 30.4), "month")


def _listed(person: int, shown: pd.DataFrame) -> None:
    """The latest in words; more behind a button, so that the page stays short however much was recorded."""
    st.subheader("Latest first")
    key = f"person_listed_{person}"
    count = st.session_state.get(key, _LISTED)
    st.markdown("\n".join(_line(row) for row in each(shown.head(count))))
    hidden = len(shown) - count
    if hidden > 0 and st.button(f"Show {min(hidden, _MORE)} more of {len(shown):,}", key=f"person_show_more_{person}"):
        st.session_state[key] = count + _MORE
        again()


def _line(row: Any) -> str:
    began = row.occurred_on.date()
    ended = None if pd.isna(row.ended_on) else row.ended_on.date()
    when = span(began, ended) if row.lasts else day(began)
    mark = " :green-badge[strength]" if row.protective else ""
    before = f" :small[corrected on {day(row.known_on.date())}, before: {text(row.was)}]" if row.was else ""
    return f"- **{when}** · {text(row.said)}{mark}{before} :small[:gray[{text(row.from_source)}]]"
