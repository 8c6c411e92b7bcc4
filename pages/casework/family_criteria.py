"""Six criteria and ten outcomes of a family as one table each, with the records behind every tick."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analytics.families.criterion import Programme
from analytics.families.evidence import Standing, standings
from analytics.families.looking import PROGRAMMES
from pages.casework.family_evidence import show_records
from pages.casework.family_opened import Opened
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import day, listed, plural
from pages.entry.here import fragment, here

_WIDTHS = (2, 8, 6, 3)


def show(opened: Opened) -> None:
    """Both tables, as a fragment; nothing of the records is read until it is asked for."""
    fragment(lambda: _tables(opened))()


def _tables(opened: Opened) -> None:
    found = standings(here().session, opened.person, opened.family)
    if not any(found.values()):
        empty(
            "There is nothing to assess.",
            "The criteria and outcomes are of families with a child under 18, and no such child is in this family now.",
        )
        return
    for programme in PROGRAMMES:
        _table(opened, programme, found[programme.scheme])


def _table(opened: Opened, programme: Programme, rows: list[Standing]) -> None:
    st.subheader(programme.title)
    st.markdown(_summary(programme, rows))
    with st.container(border=True, gap="xxsmall"):
        for row in rows:
            _row(opened, programme, row)
    st.caption(_caveat(programme))


def _summary(programme: Programme, rows: list[Standing]) -> str:
    """How many, of how many, and what a programme would have made of it."""
    known = [row for row in rows if row.applies and row.met is not None]
    shows = [row for row in known if row.met is (programme.scheme == "headline")]
    what = "are met" if programme.scheme == "headline" else "show a need"
    noun = "criteria" if programme.scheme == "headline" else "outcomes"
    said = f"**{len(shows)} of the {len(rows)} {noun} {what}.** "
    enough = len(shows) >= programme.reach
    said += f"{'That is' if enough else 'That is not'} within the programme's reach, which begins at {programme.reach}."
    unknown_ones = [row.criterion.label for row in rows if row.applies and row.met is None]
    if unknown_ones:
        said += f" Not known: {text(listed([name.lower() for name in unknown_ones]))}."
    return said


def _caveat(programme: Programme) -> str:
    if programme.scheme == "headline":
        return "What is looked for follows the framework of 2015. It says what records show, not what a family is."
    return (
        "An outcome holds when no need of it has been on record for six months (attendance by census: three terms). "
        "That nothing is on record does not say that all is well."
    )


def _row(opened: Opened, programme: Programme, row: Standing) -> None:
    state, about, since, behind = st.columns(_WIDTHS, vertical_alignment="center")
    with state:
        _badge(programme, row)
    about.markdown(f"**{text(row.criterion.label)}**  \n:small[{text(row.criterion.sentence)}]")
    since.markdown(f":small[{_since(programme, row)}]")
    show_records(opened, programme, row, behind)


def _badge(programme: Programme, row: Standing) -> None:
    if not row.applies:
        st.badge("does not apply", color="gray", icon=":material/remove:")
    elif row.met is None:
        st.badge("not known", color="gray", icon=":material/help:")
    elif programme.scheme == "headline":
        st.badge("met", color="orange", icon=":material/check_circle:") if row.met else st.badge(
            "not met", color="gray", icon=":material/circle:"
        )
    elif row.met:
        st.badge("holds", color="green", icon=":material/check_circle:")
    else:
        st.badge("need", color="orange", icon=":material/priority_high:")


def _since(programme: Programme, row: Standing) -> str:
    if not row.applies:
        return "nobody in the family is of that age"
    if row.met is None:
        return "no source that would tell covers this family"
    if row.events:
        said = f"{plural(row.events, 'record')} of {plural(row.people, 'person')}, {_between(row.since, row.latest)}"
    elif row.since:
        said = f"since {day(row.since)}, when the last need was over"
    else:
        said = "nothing on record"
    if row.before is None or row.before is row.met:
        return said
    was = {True: "met", False: "not met"} if programme.scheme == "headline" else {True: "held", False: "a need"}
    return f"{said}  \n**a year ago: {was[row.before]}**"


def _between(first: date | None, last: date | None) -> str:
    return f"on {day(first)}" if first == last else f"{day(first)} to {day(last)}"
