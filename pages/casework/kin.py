"""Family and friends: who is who to this person, what touches the child through them, and when that was."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.casework import kin as relations
from analytics.casework.person import header
from analytics.casework.rows import each
from analytics.families import reading
from analytics.families.evidence import standings
from analytics.families.looking import PROGRAMMES
from data.access.roles import Permission, may
from pages.casework.tree import network
from pages.components.empty import empty, unknown
from pages.components.escape import text
from pages.components.links import link, person_link
from pages.components.words import age, day, listed, month, plural, who
from pages.entry.here import here

#: Ties that somebody entered into: of the others it is no news since when they are what they are.
_BEGUN = ("partner", "household")


def show(person: int) -> None:
    """Family, then people the child was seen with, then both as a small figure."""
    session = here().session
    family = relations.family(session, person)
    friends = relations.associates(session, person)
    left, right = st.columns([5, 4], gap="large")
    with left:
        st.subheader("Family and household")
        _family(family)
        if may(here().reader.role, Permission.SEE_FAMILY):
            _standing(person)
        st.subheader("Seen with")
        _friends(friends)
    with right:
        if len(family) + len(friends):
            network(header(session, person), family, friends)


def _standing(person: int) -> None:
    """Which criteria the family meets and which outcomes show a need, in a line each; the rest is one click away."""
    found = reading.families(here().session, person)
    if found.empty:
        return
    st.subheader("Criteria and outcomes")
    schemes = standings(here().session, person, int(found["number"].iloc[0]))
    for programme in PROGRAMMES:
        if rows := schemes[programme.scheme]:
            met = [row.criterion.label for row in rows if row.applies and row.met is (programme.scheme == "headline")]
            words = "criteria met" if programme.scheme == "headline" else "outcomes show a need"
            named = f": {text(listed([name.lower() for name in met]))}" if met else ""
            st.markdown(f"**{len(met)} of {len(rows)} {words}**{named}")
    link("family", "The whole family: each criterion with its records, homes over time")


def _family(rows: pd.DataFrame) -> None:
    if rows.empty:
        empty("No family is recorded.", "No source says who the parents or the household are.")
    for row in each(rows):
        name, about = st.columns([4, 6], vertical_alignment="center")
        with name:
            person_link(row.name, int(row.other), "kin")
        born = None if pd.isna(row.born) else row.born.date()
        facts = [
            f"**{text(row.tie)}**",
            who(born, row.sex, here().today)
            if pd.isna(row.died)
            else f"died {day(row.died.date())}, at {age(born, row.died.date())}",
        ]
        facts.append("same address" if row.lives_with else text(row.ward or "address not known"))
        if not pd.isna(row.until):
            facts.append(f"until {month(row.until.date())}")
        elif row.kind in _BEGUN and not pd.isna(row.since):
            facts.append(f"since {month(row.since.date())}")
        services = f"  \n:small[Open: {text(row.services)}]" if row.services else ""
        about.markdown(" · ".join(facts) + services)


def _friends(rows: pd.DataFrame) -> None:
    if rows.empty:
        unknown(
            "Nobody is recorded. Only people met in the same report or named by a worker are known; friends are not."
        )
    for row in each(rows):
        name, about = st.columns([4, 6], vertical_alignment="center")
        with name:
            if row.identified:
                person_link(row.name, int(row.person), "friend")
            else:
                st.markdown(f":material/lock: {text(row.name)}")
        facts = [
            f"**{text(row.tie)}** {'once' if row.times == 1 else f'{row.times} times'}, last {month(row.latest.date())}"
        ]
        facts.append(f"{plural(int(row.years), 'year')} old" if row.years == row.years else "age not known")
        if row.area:
            facts.append(text(row.area))
        if row.known_case:
            facts.append(":red-badge[identified as exploited]")
        about.markdown(" · ".join(facts))
