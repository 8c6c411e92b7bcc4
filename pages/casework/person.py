"""Person: everything the agencies know of one child or adult, and what the models say of a child, judgement first."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analytics.casework import person as people
from analytics.casework.deep_link import whom
from analytics.casework.last_seen import Look
from data.access.reader import AccessRefused
from data.access.roles import Permission, may
from pages.casework import agencies, kin, known, looks, score, story
from pages.casework.flags import show_flags, show_nothing
from pages.casework.header import show_header
from pages.components.empty import empty, problem
from pages.components.escape import text
from pages.components.links import choose, chosen_person, link
from pages.components.words import day
from pages.entry.here import here
from pages.entry.spec import PageSpec

PAGE = PageSpec(
    path="person",
    title="Person",
    icon=":material/person:",
    group="Casework",
    needs=Permission.SEE_PERSON,
    whom="lead professionals",
    about="One child or adult: story, family, agencies, score and similar cases.",
    place=20,
    listed=False,
)
TABS: dict[str, Callable[[int], None]] = {
    "Story": story.show,
    "Family and friends": kin.show,
    "Agencies": agencies.show,
    "Score": score.show,
    "Similar cases": known.show,
    "Record of views": looks.show,
}
#: Tabs of what is worked out about somebody rather than recorded.
_WORKED_OUT = ("Score", "Similar cases")


def page() -> None:
    """The person of the address (``?id=``, an opaque number) or the one last chosen."""
    person = _asked_for()
    if person is None:
        st.title("Person")
        empty("Nobody is chosen yet.", "This page shows one person.", "Find them on the Search page.")
        link("search")
        return
    looked = _looked_before(person)
    try:
        head = people.header(here().session, person)
    except AccessRefused as refusal:
        _refused(refusal)
        return
    choose(person)  # whoever came by an address goes on to the family's page from here
    show_header(head, people.events(here().session, person), looked)
    restricted = show_flags(person).restricted
    tabs = st.tabs(list(TABS), key=f"person_tab_{person}", on_change="rerun")
    for tab, (name, show) in zip(tabs, TABS.items(), strict=True):
        if tab.open:
            with tab:
                (show_nothing if restricted and name in _WORKED_OUT else show)(person)


def _refused(refusal: AccessRefused) -> None:
    """The same words for a child of another area and for a number that is nobody's."""
    st.title("Person")
    problem("You can't see this.", text(refusal))
    if may(here().reader.role, Permission.BREAK_GLASS):
        st.markdown(
            "Where a child may be in danger now, emergency access is asked for on the Search page, with a reason."
        )
    link("search")


def _asked_for() -> int | None:
    """An address names nobody to those who may not see them: the gate answers for it as for any other number."""
    told = st.query_params.get("id", "")
    if not (told.isdecimal() and len(told) <= 16):
        return chosen_person()
    meant = _meant(int(told))
    if len(meant) < 2:
        return meant[0] if meant else int(told)
    st.markdown("**The records under this link are several people's now.** Whom do you mean?")
    return st.radio("Whom do you mean?", meant, index=None, format_func=_called, label_visibility="collapsed")


def _meant(number: int) -> tuple[int, ...]:
    """Whom the number in the address is now, asked once a session and snapshot."""
    key = f"person_meant_{number}_{here().snapshot.id}"
    if key not in st.session_state:
        st.session_state[key] = whom(here().session, number)
    found: tuple[int, ...] = st.session_state[key]
    return found


def _called(person: int) -> str:
    head = people.header(here().session, person)
    return f"{text(head.name)}, born {day(head.birth_date)}"


def _looked_before(person: int) -> Look | None:
    """When the reader last looked, before this visit: their own clicks of a minute ago are the same visit."""
    key = f"person_looked_{person}"
    if key not in st.session_state:
        st.session_state[key] = people.last_looked(here().session, person)
    found: Look | None = st.session_state[key]
    return found
