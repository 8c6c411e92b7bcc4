"""What is new for the reader, in short, at the top of Home."""

from __future__ import annotations

import streamlit as st

from analytics.casework.allocations import Allocation
from analytics.casework.watching import Watched
from analytics.casework.whats_new import New, NewList, whats_new
from data.access.roles import Permission, may
from pages.components.escape import text
from pages.components.links import link
from pages.components.words import day, number, plural
from pages.entry.here import here

_NAMES = 3
_NEEDS = (Permission.WATCH, Permission.SEE_ALLOCATIONS, Permission.COUNT_LIST)


def new_for_you() -> None:
    """Three boxes: people watched, follow-ups due, new on the lists. Nothing for roles that have none of it."""
    role = here().reader.role
    if not any(may(role, one) for one in _NEEDS):
        return
    new = whats_new(here().session)
    parts = [(Permission.WATCH, _watched), (Permission.SEE_ALLOCATIONS, _due), (Permission.COUNT_LIST, _lists)]
    shown = [draw for needs, draw in parts if may(role, needs)]
    st.subheader("New for you")
    for column, draw in zip(st.columns(len(shown)), shown, strict=True):
        with column, st.container(border=True, height="stretch", gap="xsmall"):
            draw(new)


def _watched(new: New) -> None:
    link("watching", "People you watch")
    if not new.watching:
        st.caption("You watch nobody. Press Watch on a person's page.")
        return
    told = [_news(one) for one in new.watched[:_NAMES]]
    if new.moved:
        stands = "stands" if new.moved == 1 else "stand"
        told.append(
            f"**{number(new.moved)}** of {number(new.watching)} {stands} at another level than when you last looked"
        )
    if not told:
        told = [f"Nothing new about the {plural(new.watching, 'person')} you watch."]
    st.markdown("  \n".join(told))
    _more(len(new.watched))


def _news(one: Watched) -> str:
    more = len(one.news) - 1
    return f"**{text(one.name)}:** {text(one.news[0])}" + (f", and {plural(more, 'more thing')}" if more else "")


def _due(new: New) -> None:
    link("allocations", "To follow up")
    if not new.due:
        st.caption("No follow-up is due today.")
        return
    st.markdown("  \n".join(_late(one, new) for one in new.due[:_NAMES]))
    _more(len(new.due))


def _late(one: Allocation, new: New) -> str:
    late = one.days_over(new.day)
    return f"**{text(one.name)}:** " + (f"overdue by {plural(late, 'day')}" if late else "due today")


def _lists(new: New) -> None:
    link("heightened", "Above the line in the city" if here().reader.wards is None else "Above the line in your area")
    if not new.lists:
        st.caption("No list is shown: no model has passed its mark.")
        return
    st.markdown("  \n".join(_list(one) for one in new.lists))


def _list(one: NewList) -> str:
    since = f", **{number(one.new)}** new since {day(one.since.on)}" if one.since.on else ""
    return f"{text(one.label)}: **{number(one.heightened)}**{since}, {number(one.waiting)} waiting"


def _more(count: int) -> None:
    if count > _NAMES:
        st.caption(f"and {number(count - _NAMES)} more")
