"""Who belongs to a family: everybody in it, kin as a tree, and homes on one line of time."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analytics.casework.rows import each
from analytics.families import reading, telling
from pages.casework.family_figures import homes_figure, tree_figure
from pages.casework.family_opened import Opened
from pages.components.charts import show as show_figure
from pages.components.empty import unknown
from pages.components.escape import text
from pages.components.links import person_link
from pages.components.words import age, day, month, who
from pages.entry.here import here


def show(opened: Opened) -> None:
    """Homes now in sentences, everybody in a list beside the tree, then homes over time."""
    session = here().session
    homes = reading.homes(session, opened.person, opened.family)
    ties = reading.ties(session, opened.person, opened.family)
    said = telling.living(opened.members, homes) + telling.two_homes(opened.members, homes, ties)
    st.markdown("\n".join(f"- {text(one)}." for one in said) or ":gray[Where they live now is not known.]")
    left, right = st.columns([5, 5], gap="large")
    with left:
        st.subheader("Everybody in the family")
        for row in each(opened.members):
            _member(row)
    with right:
        show_figure(
            tree_figure(opened.members, ties),
            f"family_tree_{opened.family}",
            ":small[Parents above their children. Broken lines are step-parents; amber marks who is looked after "
            "elsewhere, grey who has left. A line between two adults: a couple, dotted once they had parted.]",
        )
    st.subheader("Homes over time")
    if homes.empty:
        unknown("No agency holds an address of anybody here that the family shared.")
        return
    show_figure(
        homes_figure(opened.members, homes, here().today),
        f"family_homes_{opened.family}",
        ":small[Each home has a colour: those of one colour on one day lived together. Hatched: in a placement. "
        "Addresses are known as agencies hear of them, which may be months after a move.]",
    )


def _member(row: Any) -> None:
    name, about = st.columns([5, 7], vertical_alignment="center")
    with name:
        if row.identified:
            person_link(row.name, int(row.person), "family")
        else:
            st.markdown(f":material/lock: {text(row.name)}")
    about.markdown(" · ".join(_facts(row)))


def _facts(row: Any) -> list[str]:
    born = None if pd.isna(row.born) else row.born.date()
    tie = "opened from" if row.chosen else row.tie
    facts = [f"**{text(tie)}**" if tie else ""]
    if not pd.isna(row.died):
        facts.append(f"died {day(row.died.date())}, at {age(born, row.died.date())}")
    elif born is not None:
        facts.append(who(born, row.sex, here().today))
    else:
        facts.append("age not known" if row.identified else "age not shown")
    if not pd.isna(row.placed_since):
        facts.append(f"looked after elsewhere since {month(row.placed_since.date())}")
    if not pd.isna(row.until):
        facts.append(f"lived with them until {month(row.until.date())}")
    elif not pd.isna(row.since):
        facts.append(f"since {month(row.since.date())}")
    return [fact for fact in facts if fact]
