"""Agencies: who knows this person, what they know last, what is open, and under which names they wrote them down."""

from __future__ import annotations

import streamlit as st

from analytics.casework import person as people
from analytics.casework.rows import each
from analytics.casework.tell import as_date, source_label
from data.sources import SOURCES
from pages.components.empty import empty, unknown
from pages.components.escape import text
from pages.components.words import day, listed, plural
from pages.entry.here import here


def show(person: int) -> None:
    """One block an agency, the latest first, then names and what nobody has data on."""
    session = here().session
    rows = people.agencies(people.events(session, person))
    if rows.empty:
        empty(
            "No agency has recorded an event.", "They have written down who this person is, and nothing that happened."
        )
    for row in each(rows):
        with st.container(border=True, gap="xsmall"):
            name, latest, now = st.columns([5, 4, 3])
            ask = f"  \n:small[:gray[{text(row.owner)}  \n{text(row.call)}]]" if row.owner else ""
            name.markdown(f"**{text(row.agency)}** :small[{plural(row.events, 'event')}]{ask}")
            latest.markdown(f"Latest: {text(row.latest)}  \n:small[{day(row.latest_on.date())}]")
            now.markdown(f"Open now: {text(listed(row.open_now))}" if row.open_now else ":gray[nothing open]")
    _names(person)
    _not_covered(person)


def _names(person: int) -> None:
    st.subheader("Recorded as")
    rows = people.names(here().session, person)
    st.markdown(
        "\n".join(
            f"- {text(row.written or 'no name')}, born {day(as_date(row.birth_date))}"
            f" :small[:gray[{text(', '.join(source_label(s) for s in row.sources))}]]"
            for row in each(rows)
        )
    )


def _not_covered(person: int) -> None:
    """Sources that know only those on their books and do not know this person: silence there is not *none*."""
    known = set(people.coverage(here().session, person).query("now")["source"])
    silent = [source.label for source in SOURCES.values() if source.coverage == "enrolled" and source.name not in known]
    if silent:
        unknown(f"Not on the books now of: {text(listed(silent))}. Silence there does not mean that nothing happened.")
