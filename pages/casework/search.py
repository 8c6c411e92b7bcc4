"""Search: find a person by name, date of birth, postcode or any reference number, however it is spelt."""

from __future__ import annotations

import streamlit as st

from analytics.casework.search import MOST_OPENED, Found, open_outside, search, too_wide
from data.access.roles import Permission, may
from pages.casework.cards import card
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import plural
from pages.entry.here import here
from pages.entry.spec import PageSpec
from pages.entry.who import choose_purpose

PAGE = PageSpec(
    path="search",
    title="Search",
    icon=":material/search:",
    group="Casework",
    needs=Permission.SEARCH,
    whom="lead professionals",
    about="Find a child or adult by name, date of birth, postcode or number.",
    place=10,
)
_MANY, _MORE = 12, 36


def page() -> None:
    """One box, and cards below it."""
    title, reason = st.columns([3, 1], vertical_alignment="bottom")
    title.title("Find a person")
    with reason:
        choose_purpose()
    typed = st.text_input(
        "Name, date of birth, postcode or any reference number",
        key="search_query",
        type="search",
        placeholder="for example: jasmin kahn 2011",
        icon=":material/search:",
        max_chars=200,
    )
    if not (typed or "").strip():
        st.caption(
            "Spelling is forgiven, and so are nicknames, swapped names and earlier surnames. "
            "A year, part of a date (3 Mar), half a postcode or a ward's name narrows it down."
        )
        return
    _results(typed)


def _results(typed: str) -> None:
    wanted = _MORE if st.session_state.get("search_more_for") == typed else _MANY
    found = search(here().session, typed, limit=wanted)
    if too_wide(found):
        empty("That would list half the city.", "Add a name, a whole date of birth, a whole postcode or a number.")
        return
    _count(found)
    for number, one in enumerate(found.cards):
        card(one, f"search_{number}", here().today)
    _more(found, typed, wanted)
    if found.outside:
        _outside(found, typed)


def _count(found: Found) -> None:
    if found.total:
        st.markdown(f"**{plural(found.total, 'person')}** in your area" + _looked_for(found))
    elif not found.outside:
        empty(
            "Nobody of that name or number is recorded.",
            "Records may spell it quite differently, or the person may be new to the city.",
            "Try less: a surname and a year of birth, a postcode, or a number from a letter.",
        )
    else:
        st.markdown("**Nobody in your area matches**" + _looked_for(found))


def _looked_for(found: Found) -> str:
    """What was understood of the text, so that a misread date or number shows."""
    asked, said = found.asked, []
    if asked.names:
        said.append("name like " + text(" ".join(asked.names)))
    if asked.born:
        born = asked.born
        said.append(
            "born " + "/".join("?" if part is None else str(part) for part in (born.day, born.month, born.year))
        )
    if asked.postcodes:
        said.append("postcode " + text(", ".join(asked.postcodes)))
    if asked.numbers:
        said.append("number " + text(", ".join(asked.numbers)))
    return " · searched for " + "; ".join(said)


def _more(found: Found, typed: str, wanted: int) -> None:
    hidden = found.total - len(found.cards)
    if hidden <= 0:
        return
    st.caption(
        f"{plural(hidden, 'more person', 'more people')} match as well. A year of birth or a postcode narrows it down."
    )
    if wanted == _MANY and st.button("Show more", key="search_show_more"):
        st.session_state["search_more_for"] = typed
        st.rerun()


def _outside(found: Found, typed: str) -> None:
    """Nothing is told of people outside the area but that there are some; a reason opens them for a time, on record."""
    are = "matches" if found.outside == 1 else "match"
    st.markdown(f":material/lock: **{plural(found.outside, 'person')} outside your area {are}.**")
    if not may(here().reader.role, Permission.BREAK_GLASS):
        return
    if found.outside > MOST_OPENED:
        st.caption(f"Say more about the person to ask for emergency access: it opens {MOST_OPENED} people at most.")
        return
    with st.expander("Ask for emergency access"), st.form("search_glass", border=False):
        reason = st.text_input("Why you need to see this person now", key="search_glass_reason", max_chars=300)
        hours = st.radio(
            "For how long", [2, 8, 24], format_func=lambda n: f"{n} hours", horizontal=True, key="search_glass_hours"
        )
        st.caption("You see the record at once. The request, its reason and every look are in the access log.")
        if st.form_submit_button("Open the record", type="primary"):
            open_outside(here().session, typed, reason, hours)
            st.rerun()
