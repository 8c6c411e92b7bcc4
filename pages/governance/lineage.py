"""Lineage: where a figure of a person comes from, step by step, down to the line of the agency's file."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from analytics.casework.rows import each
from analytics.governance import lineage
from analytics.governance.lineage import Figure
from data.access.roles import Permission
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.links import LINEAGE, asked_lineage, link, open_person
from pages.components.words import day, plural
from pages.entry.here import here
from pages.entry.spec import PageSpec
from pages.governance.lineage_change import show_change
from pages.governance.lineage_row import show_links, show_row
from pages.governance.lineage_steps import step

PAGE = PageSpec(
    path="lineage",
    title="Lineage",
    icon=":material/account_tree:",
    group="Casework",
    needs=Permission.TRACE,
    whom="lead professionals",
    about="Where a figure on a person's page comes from, down to the line of the agency's file.",
    place=25,
    listed=False,
)


def page() -> None:
    """The figure, what it counts, the records counted; of one of them the row and its person; what would change it."""
    person = asked_lineage("person")
    if person is None:
        empty("No figure is chosen yet.", "This page follows one figure of one person.", "Find the person first.")
        link("search")
        return
    as_of = asked_lineage("as_of") or here().today
    _head(person)
    told = _choose(person, as_of)
    if told is None:
        return
    rows = lineage.counted(here().session, person, told)
    with step(1, "The figure"):
        st.markdown(f"**{text(told.sentence)}** :gray[as of {day(as_of)}, by what was known the evening before]")
    with step(2, "What it counts"):
        _declared(told)
    with step(3, "The records counted"):
        event = _records(told, rows)
    if event is not None:
        row = show_row(person, event, told)
        show_links(person, row, told)
    show_change(person, told, rows)


def _head(person: int) -> None:
    title, back = st.columns([5, 2], vertical_alignment="bottom")
    title.title("Where this comes from")
    name = lineage.name(here().session, person)
    if back.button(f"Back to {text(name)}", key="lineage_back", icon=":material/arrow_back:", type="tertiary"):
        open_person(person)


def _choose(person: int, as_of: date) -> Figure | None:
    """The figure that was asked for; any other of the same person can be chosen instead."""
    all_figures = {each.feature.name: each for each in lineage.figures(here().session, person, as_of)}
    asked = asked_lineage("indicator")
    if asked and asked not in all_figures:
        all_figures[asked] = lineage.figure(here().session, person, asked, as_of)
    if not all_figures:
        empty(
            "The figures of this person would be listed here.",
            f"Nothing recorded makes one up on {day(as_of)}: figures are of children of the ages a model asks about.",
        )
        return None
    names = list(all_figures)
    chosen = st.selectbox(
        "Figure", names, index=names.index(asked) if asked else 0, key=f"lineage_figure_{person}",
        format_func=lambda name: f"{all_figures[name].feature.theme}: {all_figures[name].sentence}",
    )  # fmt: skip
    st.session_state[f"{LINEAGE}indicator"] = chosen
    return all_figures[chosen]


def _declared(told: Figure) -> None:
    days = lineage.window(told)
    over = ("Over", f"{day(days[0])} to {day(days[1])}" if days else f"what stands on {day(told.as_of)}")
    *first, last = lineage.declared(told)
    st.markdown("  \n".join(f"{text(asked)}: **{text(answer)}**" for asked, answer in (*first, over, last)))


def _records(told: Figure, rows: pd.DataFrame) -> int | None:
    """What is counted, to choose one from; the one that was asked for first."""
    if rows.empty:
        st.markdown("No single record stands behind it: nothing was recorded, or it was put together from several.")
        return None
    some = f"The latest {plural(lineage.MOST, 'record')}" if len(rows) == lineage.MOST else plural(len(rows), "record")
    st.markdown(f"**{some}.** Choose one to see where it comes from.")
    lines = {int(row.event): _line(row) for row in each(rows[rows["event"].notna()])}
    for row in each(rows[rows["event"].isna()]):
        st.markdown(f"- {_line(row)} :gray[(from the register of known cases)]")
    if not lines:
        return None
    asked = asked_lineage("event")
    events = list(lines)
    return st.radio(
        "Record", events, index=events.index(asked) if asked in lines else 0, format_func=lambda event: lines[event],
        label_visibility="collapsed", key=f"lineage_record_{told.feature.name}",
    )  # fmt: skip


def _line(row: Any) -> str:
    return (
        f"**{day(row.occurred_on)}** · {text(row.who)}{text(row.said)} · {text(row.from_source)} "
        f":gray[known {day(row.known_on)}]"
    )
