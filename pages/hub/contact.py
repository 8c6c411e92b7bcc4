"""One contact: what was said, the family at a glance, earlier contacts; then grade, suggestion, decision."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analytics.triage import queue
from analytics.triage.live import glance, known
from analytics.triage.queue import Contact, Earlier, Person
from pages.components.escape import text
from pages.components.words import day, moment, plural, who
from pages.entry.here import here
from pages.hub.grading import grading
from pages.hub.words import outcome_words, reason_words

_TIES = {"parent": "Parents", "sibling": "Brothers and sisters", "partner": "Partner", "child": "Children"}
_FACTS, _BEFORE = 5, 4


def contact(one: Contact, seen: str, every: Sequence[Contact]) -> None:
    """The whole contact, and the way to its decision. ``seen``: what the list has told of the suggestion already."""
    told(one)
    grading(one, seen, [other for other in every if other.number in one.twins])


def told(one: Contact) -> None:
    """What was said, about whom, and what is on record: no grade and no suggestion in it."""
    session = here().session
    about = queue.people(session, one.told)
    st.markdown(
        f"**{text(one.agency.capitalize())}**, {moment(one.received_at)} · {reason_words(one.reason)} · "
        f":gray[{text(one.number)}]"
    )
    with st.container(border=True):
        st.text(one.narrative)
    people, before = st.columns(2, gap="medium")
    with people:
        _people(about, queue.family(session, one.told))
    with before:
        _before(queue.earlier(session, one.told))
        _facts(glance(known(session, one.told)))


def _people(about: Sequence[Person], family: Sequence[Person]) -> None:
    lines = [f"**{text(each.name)}**, {_person(each)}" for each in about]
    st.markdown("**About**  \n" + "  \n".join(lines))
    for kind, label in _TIES.items():
        mine = [each for each in family if each.kind == kind]
        if mine:
            st.markdown(f":small[**{label}**]  \n" + "  \n".join(f":small[{text(e.name)}, {_person(e)}]" for e in mine))
    if not family:
        st.markdown(":small[:gray[No family on record.]]")


def _person(one: Person) -> str:
    open_now = f" · {text(', '.join(one.services))}" if one.services else ""
    return f"{who(one.born, one.sex, here().today)}{open_now}"


def _before(earlier: Sequence[Earlier]) -> None:
    if not earlier:
        st.markdown("**Earlier contacts**  \nNone on record.")
        return
    lines = []
    for one in earlier[:_BEFORE]:
        same = " · :material/join_inner: the same, told twice" if one.same else ""
        lines.append(
            f":small[{day(one.received_at.date())}, {text(one.agency)}, {reason_words(one.reason)}: "
            f"**{outcome_words(one.outcome)}**{same}]"
        )
    more = f"  \n:small[:gray[and {plural(len(earlier) - _BEFORE, 'earlier one')}]]" if len(earlier) > _BEFORE else ""
    st.markdown(f"**{plural(len(earlier), 'earlier contact')}**  \n" + "  \n".join(lines) + more)


def _facts(found: Sequence[str]) -> None:
    if found:
        st.markdown("**On record**  \n" + "  \n".join(f":small[{text(one)}]" for one in found[:_FACTS]))
    else:
        st.markdown("**On record**  \n:small[Nothing of concern in two years.]")
