"""A contact typed by hand: it is in the queue the moment it is kept."""

from __future__ import annotations

import streamlit as st

from analytics.triage import desk
from analytics.triage.desk import LONGEST
from analytics.triage.live import NewContact
from analytics.triage.queue import Person, find
from data.access.reader import AccessRefused
from data.codes import CONTACT_REASON
from data.contacts import AGENCIES
from pages.casework.again import again
from pages.components.escape import plain, text
from pages.components.words import day, who
from pages.entry.here import here

_OPEN = "queue_taking"


def take_button() -> None:
    """Opens the form, and closes it."""
    if st.button("New contact", key="queue_new", icon=":material/add:", width="stretch"):
        st.session_state[_OPEN] = not st.session_state.get(_OPEN)


def new_contact() -> None:
    """Whom it is about, who told, and what: where the button was pressed."""
    if not st.session_state.get(_OPEN):
        return
    with st.container(border=True):
        typed = st.text_input("Whom is it about?", key="queue_find", placeholder="Name, date of birth, postcode")
        people = _chosen(find(here().session, typed) if typed.strip() else ())
        agency, reason = st.columns(2)
        by = agency.selectbox("Told by", AGENCIES, index=None, key="queue_agency", format_func=str.capitalize)
        why = reason.selectbox(
            "Reason", list(CONTACT_REASON.labels), index=None, key="queue_reason",
            format_func=lambda code: CONTACT_REASON.labels[code].capitalize(),
        )  # fmt: skip
        said = st.text_area("What was said", key="queue_said", max_chars=LONGEST, height=90)
        if st.button("Put in the queue", key="queue_submit", type="primary"):
            _keep(NewContact(by or "", why or "", said, people))


def _chosen(found: tuple[Person, ...]) -> tuple[int, ...]:
    """Those found, and those chosen before by another search."""
    known: dict[int, Person] = st.session_state.setdefault("queue_met", {})
    known |= {one.person: one for one in found}
    if not known:
        return ()
    # In words beforehand: Streamlit asks for them outside a script run too, where nobody is there to look anything up.
    named = {person: _named(one) for person, one in known.items()}
    return tuple(st.multiselect("People", list(known), key="queue_people", format_func=named.__getitem__))


def _named(one: Person) -> str:
    return f"{plain(one.name)}, {who(one.born, one.sex, here().today)}, born {day(one.born)}"


def _keep(told: NewContact) -> None:
    try:
        number = desk.submit(here().session, told)
    except AccessRefused as refusal:
        st.warning(text(refusal))
        return
    for key in [key for key in st.session_state if str(key) in _KEPT]:
        del st.session_state[key]
    st.session_state["queue_chosen"] = number
    again()


_KEPT = (_OPEN, "queue_find", "queue_met", "queue_people", "queue_agency", "queue_reason", "queue_said")
