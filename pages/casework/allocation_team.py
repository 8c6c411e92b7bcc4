"""A team's allocations in figures, worker by worker, and how many places it has."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analytics.casework.allocations import MOST_PLACES, Allocation, Caseload, places, set_places
from data.access.roles import Permission, may
from pages.casework.again import again
from pages.components import tables
from pages.components.words import number
from pages.entry.here import here


def capacity(team: str | None, every: Sequence[Allocation]) -> None:
    """How many places the team has and how many are taken; a manager may say how many there are."""
    if team is None:
        return
    told = places(here().session).get(team)
    taken = sum(one.open and one.team == team for one in every)
    line, change = st.columns([6, 2], vertical_alignment="center")
    room = "how many it can take on has not been said" if told is None else f"capacity **{number(told)}**"
    free = "" if told is None else f" · **{number(max(told - taken, 0))}** free"
    over = f" · **{number(taken - told)} too many**" if told is not None and taken > told else ""
    line.markdown(f"{room[:1].upper()}{room[1:]} · **{number(taken)}** allocated{free}{over}")
    if may(here().reader.role, Permission.SET_CAPACITY):
        with (
            change,
            st.popover("Set capacity", icon=":material/groups:"),
            st.form("allocations_capacity", border=False),
        ):
            count = st.number_input("People at one time", 0, MOST_PLACES, told or taken, key="allocations_places")
            if st.form_submit_button("Set", type="primary"):
                set_places(here().session, team, int(count))
                again()


def team_table(loads: Sequence[Caseload]) -> None:
    """One row a key worker, whoever has most overdue first."""
    over = sum(load.overdue for load in loads)
    st.markdown(
        f"**{number(sum(load.open for load in loads))}** open with {number(len(loads))} key workers; "
        + (f"**{number(over)}** follow-ups overdue." if over else "no follow-up overdue.")
    )
    frame = pd.DataFrame(
        [
            (
                load.key_worker,
                load.team or "no account here",
                load.open,
                load.overdue,
                load.soon,
                ", ".join(f"{count} {outcome}" for outcome, count in load.ended.items()) or "none yet",
            )
            for load in loads
        ],
        columns=["worker", "team", "open", "overdue", "soon", "ended"],
    )
    columns = {
        "worker": "Key worker", "team": "Team", "open": "Open", "overdue": "Overdue", "soon": "Due within a week",
        "ended": "How others ended",
    }  # fmt: skip
    tables.table(frame, "allocations_team", columns)
