"""People whom members of a family were seen with outside it: who, in what way, on which days."""

from __future__ import annotations

from typing import Any

import streamlit as st

from analytics.casework.kin import associates
from analytics.casework.rows import each, items
from pages.casework.family_opened import Opened
from pages.components.empty import unknown
from pages.components.escape import text
from pages.components.links import person_link
from pages.components.words import day, listed, plural
from pages.entry.here import here

_DAYS = 4


def show(opened: Opened) -> None:
    """One block a member of whom any such report is known; those outside the reader's area are left out."""
    st.markdown(
        "Who was reported missing or suspected together with somebody of the family, or was named by a worker, and "
        "when. Plum marks those whom professionals had identified as exploited."
    )
    anybody = False
    for member in each(opened.members[opened.members["identified"]]):
        rows = associates(here().session, int(member.person))
        if rows.empty:
            continue
        anybody = True
        st.subheader(text(member.name), anchor=False)
        for row in each(rows):
            _row(row, member.number)
    if not anybody:
        unknown(
            "Nobody is recorded. Only people met in the same report or named by a worker are known; friends are not."
        )


def _row(row: Any, number: int) -> None:
    name, about = st.columns([4, 8], vertical_alignment="center")
    with name:
        if row.identified:
            person_link(row.name, int(row.person), f"family_friend_{number}")
        else:
            st.markdown(f":material/lock: {text(row.name)}")
    facts = [f"**{text(row.tie)}** {_days(row)}"]
    facts.append(f"{plural(int(row.years), 'year')} old" if row.years == row.years else "age not known")
    if row.area:
        facts.append(text(row.area))
    if row.known_case:
        facts.append(":red-badge[identified as exploited]")
    about.markdown(" · ".join(facts))


def _days(row: Any) -> str:
    """The latest days, and how many more there were."""
    days = [one.date() if hasattr(one, "date") else one for one in map(_plain, items(row.days))]
    rest = len(days) - _DAYS
    said = listed([day(one) for one in days[:_DAYS]] + ([f"{rest} more"] if rest > 0 else []))
    return f"on {said}" if said else ""


def _plain(value: Any) -> Any:
    """A day of a list column, which DuckDB hands over as NumPy's."""
    import pandas as pd

    return pd.Timestamp(value)
