"""Ways from page to page. Whom a page is about travels in the session, never in the address."""

from __future__ import annotations

from typing import Any, NoReturn

import streamlit as st

from pages.components.escape import text

# Streamlit goes to page objects, and makes them anew on every run; the frame keeps the latest here.
PAGES = "registered_pages"
_PERSON = "chosen_person"


def go(path: str) -> NoReturn:
    """Leave this run for the page at ``path``."""
    st.switch_page(_page(path))


def link(path: str, label: str | None = None) -> None:
    """A link to a page, with its icon and title."""
    st.page_link(_page(path), label=label)


def open_person(person: int) -> NoReturn:
    """Go to the page of ``person``."""
    st.session_state[_PERSON] = person
    go("person")


def chosen_person() -> int | None:
    """Whom the person page is about, or None if nobody was chosen yet."""
    return st.session_state.get(_PERSON)


def person_link(name: str, person: int, key: str) -> None:
    """A person's name that opens their page. ``key`` tells it from the same person elsewhere on the page."""
    if st.button(text(name), key=f"person_{key}_{person}", type="tertiary", icon=":material/person:"):
        open_person(person)


def _page(path: str) -> Any:
    return st.session_state[PAGES][path]
