"""Queue: the contacts that wait at the hub; one of them with its family; the officer grades, sees, decides."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from analytics.triage.desk import BY_ORDER, NOT_SEEN
from analytics.triage.practice import may_order
from analytics.triage.queue import SERVICE_HOURS, Contact, waiting
from data.access.policy import why_no_suggestion
from data.access.roles import Permission
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import age_on, number
from pages.entry.here import fragment, here
from pages.entry.spec import PageSpec
from pages.hub.contact import contact
from pages.hub.new_contact import new_contact, take_button
from pages.hub.words import reason_words, waited

PAGE = PageSpec(
    path="queue",
    title="Queue",
    icon=":material/inbox:",
    group="Hub",
    needs=Permission.SEE_QUEUE,
    whom="officers of the hub",
    about="The contacts that wait: what was said, the family at a glance, your grade, then a suggestion with reasons.",
    place=10,
)
OLDEST, GRAVEST = "Oldest first", "Gravest first"
#: How many contacts stand in the list at one time.
SHOWN = 12


def page() -> None:
    """The queue as one fragment, so that a key goes from contact to contact without the frame."""
    st.title(PAGE.title)
    fragment(_queue)()


def _queue() -> None:
    head, order, take = st.columns([6, 4, 2], gap="medium", vertical_alignment="center")
    with order:
        gravest = _gravest_first()
    with take:
        take_button()
    new_contact()
    found = waiting(here().session, gravest)
    head.markdown(_headline(found))
    if not found:
        empty("Nothing waits.", "Every contact has been decided.", "A new one stands here the moment it comes.")
        return
    chosen = _chosen(found)
    left, right = st.columns([4, 9], gap="medium")
    with left:
        for one in found[:SHOWN]:
            _line(one, one.number == chosen.number)
        if len(found) > SHOWN:
            st.caption(f"And {number(len(found) - SHOWN)} more, which follow as these are decided.")
    with right:
        contact(chosen, BY_ORDER if gravest else NOT_SEEN, found)


def _gravest_first() -> bool:
    """By the suggested level only where levels may be suggested and the hub has it so; else nothing is to be chosen."""
    if not may_order(here().session) or why_no_suggestion(here().session.journal, here().snapshot):
        return False
    chosen = st.segmented_control(
        "Order", [OLDEST, GRAVEST], default=OLDEST, required=True, key="queue_order", label_visibility="collapsed",
        help="Gravest first shows something of the suggestion before you grade; that is kept with your grade.",
    )  # fmt: skip
    return chosen == GRAVEST


def _headline(found: tuple[Contact, ...]) -> str:
    if not found:
        return "**0** waiting"
    late = sum(one.late for one in found)
    longest = max((one.waited for one in found), default=timedelta(0))
    over = f" · :red[**{number(late)}** over {SERVICE_HOURS} hours]" if late else f" · none over {SERVICE_HOURS} hours"
    return f"**{number(len(found))}** waiting · the longest for **{waited(longest)}**{over}"


def _chosen(found: tuple[Contact, ...]) -> Contact:
    """The one that was clicked while it waits, else the first."""
    wanted = st.session_state.get("queue_chosen")
    return next((one for one in found if one.number == wanted), found[0])


def _line(one: Contact, chosen: bool) -> None:
    """A contact in the list: who told, about whom, for what, how long ago."""
    # On the ground of the chosen one a red clock could not be read.
    clock = f":red[{waited(one.waited)}]" if one.late and not chosen else waited(one.waited)
    twice = "  \n:material/join_inner: told by two agencies" if one.twins else ""
    label = f"**{text(one.agency.capitalize())}** · {_about(one)} · {clock}  \n{reason_words(one.reason)}{twice}"
    if st.button(label, key=f"queue_{one.number}", type="primary" if chosen else "secondary", width="stretch"):
        st.session_state["queue_chosen"] = one.number
        st.rerun(scope="fragment")


def _about(one: Contact) -> str:
    """``child 7``, ``3 children``, ``adult 81``."""
    ages = [age_on(person.born, here().today) for person in one.people]
    adults = [years is not None and years >= 18 for years in ages]
    noun = "people" if any(adults) and not all(adults) else "adults" if any(adults) else "children"
    if len(ages) > 1:
        return f"{number(len(ages))} {noun}"
    single = "adult" if any(adults) else "child"
    return single if ages[0] is None else f"{single} {ages[0]}"
