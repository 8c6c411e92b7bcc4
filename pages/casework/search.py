"""Search: find a person by name, date of birth, address or any reference number, however it is spelt."""

from __future__ import annotations

import streamlit as st

from analytics.casework.asked import Asked
from analytics.casework.search import Found, search, too_wide
from data.access.roles import SEARCH_PURPOSES, Permission
from pages.casework import glass
from pages.casework.cards import card
from pages.components import keys
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import listed, part_of_day, plural
from pages.entry import emergency
from pages.entry.here import here
from pages.entry.spec import PageSpec
from pages.entry.who import ask_purpose

PAGE = PageSpec(
    path="search",
    title="Search",
    icon=":material/search:",
    group="Casework",
    needs=Permission.SEARCH,
    whom="lead professionals",
    about="Find a child or adult by name, date of birth, address or number.",
    place=10,
)
_MANY, _MORE = 12, 36


def page() -> None:
    """One box, and cards below it."""
    st.title("Find a person")
    typed = st.text_input(
        "Name, date of birth, postcode or any reference number",
        key="search_query",
        type="search",
        placeholder="for example: jasmin kahn 2011",
        icon=":material/search:",
        max_chars=200,
    )
    keys.search_box("search_query", "person_search_")
    said = ask_purpose(SEARCH_PURPOSES)
    emergency.ended()
    if not (typed or "").strip():
        _nothing_typed()
    elif said is None:
        empty("Why are you looking?", "Choose a reason above: it is written beside whatever you are shown.")
    else:
        _results(typed)


def _nothing_typed() -> None:
    st.markdown("Any of these, in any order, and as many as you know:")
    for kind, examples in (
        ("A name", "`yasmin khan` · `khan yasmin` · `jasmin kahn` · `bill` for William · an earlier surname"),
        ("When they were born", "`2011` · `3 mar` · `mar 2011` · `03/03/2011` · an age: `14`"),
        ("Where they live or lived", "`AV7 2BD` · `av7` · the name of a ward or street"),
        ("A number", "NHS, pupil or national insurance number · any agency's reference · a school's number"),
    ):
        what, how = st.columns([2, 7])
        what.markdown(f"**{kind}**")
        how.markdown(examples)
    st.caption("Enter searches. The arrow keys go through the cards, Enter opens one, Esc comes back to the box.")


def _results(typed: str) -> None:
    wanted = _MORE if st.session_state.get("search_more_for") == typed else _MANY
    found = search(here().session, typed, limit=wanted)
    if too_wide(found):
        empty("That would list half the city.", "Add a name, a whole date of birth, a whole postcode or a number.")
        return
    _count(found)
    near = [one for one in found.cards if one.near]
    for number, one in enumerate(near):
        card(one, f"search_{number}", here().today)
    _more(found, len(near), typed, wanted)
    if found.outside:
        glass.outside(found)
    if less := [one for one in found.cards if not one.near]:
        st.markdown("**Less alike**" if near or found.outside else "**Nearest to it**")
        for number, one in enumerate(less, start=len(near)):
            card(one, f"search_{number}", here().today)


def _count(found: Found) -> None:
    if found.total:
        st.markdown(f"**{plural(found.total, 'person')}** in your area" + _looked_for(found.asked))
    elif found.outside or found.cards:
        st.markdown("**Nobody in your area matches**" + _looked_for(found.asked))
    else:
        empty(
            "Nobody of that name or number is recorded.",
            "Records may spell it quite differently, or the person may be new to the city.",
            "Try less: a surname and a year of birth, a postcode, or a number from a letter.",
        )


def _looked_for(asked: Asked) -> str:
    """What was understood of the text, so that a misread date or number shows."""
    said = []
    if asked.names:
        said.append("name or place like " + text(" ".join(asked.names)))
    if asked.born:
        said.append("born " + part_of_day(asked.born.year, asked.born.month, asked.born.day))
    if asked.age is not None:
        said.append(f"aged about {asked.age}")
    if asked.postcodes:
        said.append("postcode " + text(", ".join(asked.postcodes)))
    if asked.numbers:
        said.append("number " + text(", ".join(asked.numbers)))
    return f"  \n:small[Searched for {listed(said)}]"


def _more(found: Found, shown: int, typed: str, wanted: int) -> None:
    hidden = found.total - shown
    if hidden <= 0:
        return
    st.caption(
        f"{plural(hidden, 'more person', 'more people')} match as well. "
        "A year of birth, an area or a school's number narrows it down."
    )
    if wanted == _MANY and st.button("Show more", key="search_show_more"):
        st.session_state["search_more_for"] = typed
        st.rerun()
