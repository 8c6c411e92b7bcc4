"""Ways from page to page. Whom a page is about travels in the session, never in the address."""

from __future__ import annotations

from datetime import date
from typing import Any, NoReturn

import streamlit as st

from pages.components.escape import text

# Streamlit goes to page objects, and makes them anew on every run; the frame keeps the latest here.
PAGES = "registered_pages"
_PERSON = "chosen_person"
#: What the lineage page keeps in the session begins so.
LINEAGE = "lineage_"


def go(path: str) -> NoReturn:
    """Leave this run for the page at ``path``."""
    st.switch_page(_page(path))


def link(path: str, label: str | None = None) -> None:
    """A link to a page, with its icon and title."""
    st.page_link(_page(path), label=label)


def open_person(person: int) -> NoReturn:
    """Go to the page of ``person``."""
    choose(person)
    go("person")


def choose(person: int) -> None:
    """From now on the pages of one person are about ``person``."""
    st.session_state[_PERSON] = person


def chosen_person() -> int | None:
    """Whom the person page is about, or None if nobody was chosen yet."""
    return st.session_state.get(_PERSON)


def open_lineage(
    person: int, indicator: str | None = None, as_of: date | None = None, event: int | None = None
) -> NoReturn:
    """Go to where ``indicator`` of ``person`` comes from; ``event`` is the record to begin with."""
    # The page's own boxes would remember what was chosen there before.
    for key in [each for each in st.session_state if str(each).startswith(LINEAGE)]:
        del st.session_state[key]
    asked = {"person": person, "indicator": indicator, "as_of": as_of, "event": event}
    for name, value in asked.items():
        st.session_state[LINEAGE + name] = value
    go("lineage")


def asked_lineage(name: str) -> Any:
    """What of a lineage was asked for, or None: ``person``, ``indicator``, ``as_of`` or ``event``."""
    return st.session_state.get(LINEAGE + name)


def person_link(name: str, person: int, key: str) -> None:
    """A person's name that opens their page. ``key`` tells it from the same person elsewhere on the page."""
    if st.button(text(name), key=f"person_{key}_{person}", type="tertiary", icon=":material/person:"):
        open_person(person)


def _page(path: str) -> Any:
    return st.session_state[PAGES][path]
