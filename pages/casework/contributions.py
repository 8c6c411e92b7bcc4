"""What raises a score and what lowers it: bars with a sentence each, and behind each the records it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.casework import evidence
from analytics.casework.peers import Common, commonness
from analytics.casework.rows import each
from analytics.casework.score import Part, Score
from analytics.features.catalogue import CATALOGUE
from data.access.gate import Session, cache_key
from pages.casework.again import again
from pages.components.bars import Kind, bars, contribution
from pages.components.escape import text
from pages.components.links import open_lineage
from pages.components.words import age_on, day, odds, plural, signed
from pages.entry.here import here

_SHOWN = 7
_YES_NO = ("any", "open")
Behind = Callable[[Part, DeltaGenerator], None]


def show_parts(person: int, told: Score, model: str, born: date | None) -> None:
    """Both lists on one scale."""
    usual = _usual(told, model, age_on(born, told.as_of))
    raises = [one for one in told.parts if one.points > 0]
    lowers = [one for one in told.parts if one.points < 0]
    longest = max((abs(one.points) for one in told.parts), default=1)
    behind = partial(_records, person, told)
    parts("What raises it", raises, "raises", longest, usual, behind)
    parts("What lowers it", lowers, "lowers", longest, usual, behind)
    rest = f" What is too small to be named comes to {signed(told.rest)}." if told.rest else ""
    st.caption(
        f"Points: 10 are about 2.7 times the odds. They say what moved this score, not what caused anything.{rest}"
    )


def parts(
    title: str,
    listed: Sequence[Part],
    kind: Kind,
    longest: float,
    usual: dict[str, str],
    behind: Behind | None,
) -> None:
    """One list of contributions by theme; ``behind`` draws the records behind one, where the page has any to show."""
    st.subheader(title)
    if not listed:
        st.markdown(":gray[Nothing that it has seen.]")
    _themes(listed[:_SHOWN], kind, longest, usual, behind)
    if len(listed) > _SHOWN:
        with st.expander(f"{plural(len(listed) - _SHOWN, 'smaller one')}"):
            _themes(listed[_SHOWN:], kind, longest, usual, behind)


def _themes(listed: Sequence[Part], kind: Kind, longest: float, usual: dict[str, str], behind: Behind | None) -> None:
    """Theme by theme, the one with most points first; within each the greatest first."""
    sums: dict[str, int] = {}
    for one in listed:
        sums[one.theme] = sums.get(one.theme, 0) + one.points
    for theme in sorted(sums, key=lambda name: -abs(sums[name])):
        mine = [one for one in listed if one.theme == theme]
        together = f" {signed(sums[theme])}" if len(mine) > 1 else ""
        st.markdown(f":small[:gray[**{text(theme)}**{together}]]")
        for one in mine:
            _bar(one, kind, longest, usual.get(one.indicator, ""), behind)


def _bar(one: Part, kind: Kind, longest: float, note: str, behind: Behind | None) -> None:
    with st.container(gap=None):
        drawn, button = st.columns([9, 2], vertical_alignment="center") if behind else (st.container(), None)
        with drawn:
            bars([contribution(one.sentence, one.points, note)], kind, longest)
        if behind and button is not None:
            behind(one, button)


def _usual(told: Score, model: str, years: int | None) -> dict[str, str]:
    """Each indicator beside children of the same age, in words."""
    if years is None:
        return {}
    found = _shares(here().session, cache_key(here().session), model, told.as_of, years, told.parts)
    return {one.indicator: beside(one, found[one.indicator]) for one in told.parts if one.indicator in found}


def beside(one: Part, common: Common) -> str:
    """``As often or more: about 3 of 100 children of this age``."""
    feature = CATALOGUE[one.indicator]
    if feature.absent_is_nil and (one.value == 0 or feature.aggregate in _YES_NO):
        return f"So it is for {odds(common.as_little if one.value == 0 else common.as_much)} children of this age"
    if feature.absent_is_nil:
        return f"As much or more: {odds(common.as_much)} children of this age"
    if common.as_much >= common.as_little:
        return f"As little or less: {odds(common.as_little)} children of this age"
    return f"As much or more: {odds(common.as_much)} children of this age"


@st.cache_data(max_entries=512, show_spinner=False)
def _shares(
    _session: Session, key: tuple, model: str, as_of: date, years: int, parts: tuple[Part, ...]
) -> dict[str, Common]:
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
