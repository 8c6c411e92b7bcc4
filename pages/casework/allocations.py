"""Allocations: who is with whom, what came of it, and what has to be followed up."""

from __future__ import annotations

import streamlit as st

from analytics.casework import allocations as given
from analytics.casework.allocations import Allocation, allocated, by_worker, today
from data.access.roles import Permission, may
from pages.casework.allocation_team import capacity, team_table
from pages.casework.cards import head
from pages.casework.follow_up import follow_up_form
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import day, listed, number, plural
from pages.entry.here import fragment, here
from pages.entry.spec import PageSpec

PAGE = PageSpec(
    path="allocations",
    title="Allocations",
    icon=":material/assignment_ind:",
    group="Casework",
    needs=Permission.SEE_ALLOCATIONS,
    whom="lead professionals and managers",
    about="Who is with whom, what came of it, and what is to be followed up.",
    place=42,
)
EVERYBODY = "Every team"
_MOST = 40


def page() -> None:
    """Everything as one fragment: whose, then the open ones, the team in figures, and how the others ended."""
    st.title(PAGE.title)
    fragment(_allocations)()


def _allocations() -> None:
    every = allocated(here().session)
    if not every:
        empty(
            "Nobody is allocated yet.",
            "A child is given to a key worker on the page Heightened risk.",
            "From then on they stand here, until it is written down what came of it.",
        )
        return
    whose, shows = st.columns([4, 9], gap="medium", vertical_alignment="bottom")
    with whose:
        mine = _whose(every)
    views = {"Open": _open, "By worker": _team, "Ended": _ended}
    view = shows.segmented_control(
        "Show", list(views), default="Open", required=True, key="allocations_view", label_visibility="collapsed"
    )
    chosen = st.session_state.get("allocations_whose")
    capacity(chosen if chosen in {one.team for one in every} else None, every)
    views[view or "Open"](mine)


def _whose(every: tuple[Allocation, ...]) -> tuple[Allocation, ...]:
    """One's own, one's team's, or everybody's within the scope; a manager has none of their own."""
    reader = here().reader
    teams = sorted({one.team for one in every if one.team})
    own = [] if may(reader.role, Permission.SET_CAPACITY) else ["Mine"]
    offered = [*own, *teams, EVERYBODY]
    chosen = st.selectbox("Whose", offered, key="allocations_whose") if len(offered) > 1 else EVERYBODY
    if chosen == "Mine":
        return tuple(one for one in every if one.worker == here().session.reader_id)
    return every if chosen == EVERYBODY else tuple(one for one in every if one.team == chosen)


def _open(mine: tuple[Allocation, ...]) -> None:
    now, still = today(here().session), [one for one in mine if one.open]
    over = sum(one.days_over(now) > 0 for one in still)
    if not still:
        empty("Nobody is with you now." if mine else "Nobody here.", "What was allocated has ended, or nothing was.")
        return
    late = f", **{number(over)}** of them with a follow-up that is overdue" if over else ", no follow-up overdue"
    st.markdown(f"**{plural(len(still), 'person')}** allocated{late}.")
    for one in still[:_MOST]:
        _one(one)
    if len(still) > _MOST:
        st.caption(f"The {_MOST} longest due are shown; choose a team to see the others.")


def _one(one: Allocation) -> None:
    with st.container(border=True, gap=None):
        name, course, state = st.columns([4, 6, 3], gap="medium", vertical_alignment="center")
        with name:
            head(one, f"allocation_{one.number}")
        course.markdown(_course(one))
        with state, st.container(gap="xsmall"):
            st.markdown(_due(one))
            follow_up_form(one)


def _course(one: Allocation) -> str:
    """With whom, since when, what for, and the last thing that was written down."""
    told = f"With **{text(one.key_worker)}** since {day(one.from_date)}: {text(one.purpose)}."
    if one.steps:
        last = one.steps[-1]
        said = text(last.followed) if last.followed else "nothing more was said"
        told += f"  \n:small[{day(last.on)}, {text(last.by)}: {said}]"
    services = f"Open: {listed([text(s) for s in one.services])}" if one.services else "Nothing else open"
    return f"{told}  \n:small[{services}]"


def _due(one: Allocation) -> str:
    late = one.days_over(today(here().session))
    if late:
        return f":red-badge[:material/alarm: overdue by {plural(late, 'day')}]"
    return f"Follow up by {day(one.due)}"


def _team(mine: tuple[Allocation, ...]) -> None:
    team_table(by_worker(mine, today(here().session)))


def _ended(mine: tuple[Allocation, ...]) -> None:
    over = sorted((one for one in mine if not one.open), key=lambda one: one.ended or one.from_date, reverse=True)
    if not over:
        empty("Nothing has ended yet.", "How an allocation ended stands here once it is written down.")
        return
    counted = {outcome: sum(one.outcome == outcome for one in over) for outcome in given.OUTCOMES}
    st.markdown(
        f"**{plural(len(over), 'allocation')}** ended: "
        + ", ".join(f"{number(count)} {outcome}" for outcome, count in counted.items() if count)
        + "."
    )
    for one in over[:_MOST]:
        with st.container(border=True, gap=None):
            name, course = st.columns([4, 9], gap="medium", vertical_alignment="center")
            with name:
                head(one, f"allocation_{one.number}")
            course.markdown(f"**{text((one.outcome or 'closed').capitalize())}**, {day(one.ended)}  \n{_course(one)}")
