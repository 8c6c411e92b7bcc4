"""What raises a score and what lowers it: bars with a sentence each, and behind each the records it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.casework import evidence
from analytics.casework.rows import each
from analytics.casework.score import Part, Score, commonness
from data.access.gate import Session, cache_key
from pages.casework.again import again
from pages.components.bars import Kind, bars, contribution
from pages.components.escape import text
from pages.components.links import open_lineage
from pages.components.words import age_on, day, odds, plural
from pages.entry.here import here

_SHOWN = 7


def show_parts(person: int, told: Score, model: str, born: date | None) -> None:
    """Both lists on one scale."""
    usual = _usual(told, model, age_on(born, told.as_of))
    raises = [one for one in told.parts if one.points > 0]
    lowers = [one for one in told.parts if one.points < 0]
    longest = max((abs(one.points) for one in told.parts), default=1)
    parts("What raises it", raises, "raises", longest, usual, lambda one, beside: _records(person, told, one, beside))
    parts("What lowers it", lowers, "lowers", longest, usual, lambda one, beside: _records(person, told, one, beside))
    st.caption("Points: 10 are about 2.7 times the odds. They say what moved this score, not what caused anything.")


def parts(
    title: str,
    listed: Sequence[Part],
    kind: Kind,
    longest: float,
    usual: dict[str, str],
    behind: Callable[[Part, DeltaGenerator], None] | None,
) -> None:
    """One list of contributions; ``behind`` draws the records behind one of them, where the page has any to show."""
    st.subheader(title)
    if not listed:
        st.markdown(":gray[Nothing that it has seen.]")
    for one in listed[:_SHOWN]:
        with st.container(gap=None):
            drawn, button = st.columns([9, 2], vertical_alignment="center") if behind else (st.container(), None)
            with drawn:
                bars([contribution(one.sentence, one.points, usual.get(one.indicator, ""))], kind, longest)
            if behind and button is not None:
                behind(one, button)
    if len(listed) > _SHOWN:
        with st.expander(f"{plural(len(listed) - _SHOWN, 'smaller one')}"):
            bars([contribution(one.sentence, one.points) for one in listed[_SHOWN:]], kind, longest)


def _usual(told: Score, model: str, years: int | None) -> dict[str, str]:
    """How common that is among children of the same age, in words."""
    if years is None:
        return {}
    shares = _shares(here().session, cache_key(here().session), model, told.as_of, years, told.parts)
    return {name: f"{odds(share)} children of this age".capitalize() for name, share in shares.items() if share < 0.5}


@st.cache_data(max_entries=512, show_spinner=False)
def _shares(
    _session: Session, key: tuple, model: str, as_of: date, years: int, parts: tuple[Part, ...]
) -> dict[str, float]:
    """Cached by snapshot and scope (``key``), and by all that is asked: another child's figures are other figures."""
    return commonness(_session, model, as_of, years, parts)


def _records(person: int, told: Score, one: Part, beside: DeltaGenerator) -> None:
    """A button that opens the rows behind one contribution; nothing is read until it is asked for."""
    key = f"person_evidence_{person}_{one.indicator}"
    if one.value in (0, None) or one.value != one.value or not evidence.told_by_events(one.indicator):
        return
    opened = st.session_state.get(key, False)
    if beside.button("Hide the records" if opened else "Show the records", key=f"{key}_button", type="tertiary"):
        st.session_state[key] = not opened
        again()
    if opened:
        _listed(person, one.indicator, told.as_of, evidence.rows(here().session, person, one.indicator, told.as_of))


def _listed(person: int, indicator: str, as_of: date, rows: pd.DataFrame) -> None:
    """The records, each with the way to where it comes from."""
    if rows.empty:
        st.markdown(":small[No single record stands behind this: it was put together from several.]")
    for row in each(rows):
        said, way = st.columns([9, 2], vertical_alignment="center")
        line = "" if pd.isna(row.line) else f", row {int(row.line)}"
        said.markdown(
            f":small[**{day(row.occurred_on.date())}** · {text(row.who)}{text(row.said)} · {text(row.from_source)} "
            f":gray[({text(row.file_name)}{line}; known {day(row.known_on.date())})]]"
        )
        key = f"person_from_{person}_{indicator}_{row.event}"
        if not pd.isna(row.event) and way.button("Where this comes from", key=key, type="tertiary"):
            open_lineage(person, indicator, as_of, int(row.event))
