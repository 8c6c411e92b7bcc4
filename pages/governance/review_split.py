"""Split a person: find them, see which agencies' records make them up, say which do not belong."""

from __future__ import annotations

import streamlit as st

from analytics.governance import review_records
from analytics.governance.review_past import pending
from analytics.governance.review_records import Client
from analytics.governance.review_split import Match, find, split
from data.access.reader import AccessRefused
from pages.casework.again import again
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import day, plural
from pages.entry.here import here

_DONE, _SPLITS = "review_split_done", "review_splits"


def split_person() -> None:
    """Find, look, take apart."""
    if done := st.session_state.pop(_DONE, ""):
        st.success(done, icon=":material/call_split:")
    asked = st.text_input(
        "Whom did the records mix up?", key="review_find", placeholder="name, date of birth, postcode or a number"
    )
    if not asked:
        st.caption("Where one person is made of two people's records, take the records apart here.")
        return
    found = find(here().session, asked)
    if not found:
        empty("The people who fit would be listed here.", "Nobody fits these words.", "Try another spelling, or less.")
        return
    chosen = st.radio("Who is it?", found, format_func=_match, key="review_match", index=0 if len(found) == 1 else None)
    if chosen is not None:
        _made_of(chosen)


def _match(one: Match) -> str:
    return f"{text(one.name)}, born {day(one.birth_date)}"


def _made_of(chosen: Match) -> None:
    """The agencies' clients behind a person, each to be ticked where it is somebody else's."""
    made_of = review_records.clients(review_records.records(here().session, [chosen.person]))
    if pending(here().session, [one.client for one in made_of]):
        st.info("A verdict on these records waits for the next build.", icon=":material/schedule:")
    if len(made_of) < 2:
        empty("Records to take apart would be here.", "One agency alone knows this person: there is nothing to split.")
        return
    st.markdown(f"**{text(chosen.name)}** is made of {plural(len(made_of), 'record')}. Tick those of somebody else.")
    with st.container(border=True, gap="xsmall"):
        off = [one.client for one in made_of if _record(one)]
    _take_apart(off, [one.client for one in made_of if one.client not in off])


def _record(one: Client) -> bool:
    born = ", ".join(day(date) for date in one.born) or "not known"
    tick, facts = st.columns([2, 3], vertical_alignment="center")
    # A new key after each split, so that no tick is left over.
    key = f"review_off_{one.client}_{st.session_state.get(_SPLITS, 0)}"
    ticked = tick.checkbox(f"**{text(one.names)}**  \n:small[{text(one.agencies)}]", key=key)
    facts.markdown(
        f"born {born} · {text(one.homes or 'no postcode')}  \n"
        f":small[number {text(one.number)} · last seen {day(one.seen_to)} · linked by {text(one.how)}]"
    )
    return bool(ticked)


def _take_apart(off: list[int], rest: list[int]) -> None:
    why, send = st.columns([5, 2], vertical_alignment="bottom")
    reason = why.text_input(
        "How do you know?",
        key=f"review_split_reason_{st.session_state.get(_SPLITS, 0)}",
        placeholder="such as: two sisters",
    )
    if not send.button("Split off", key="review_split", type="primary", disabled=not off, width="stretch"):
        return
    try:
        split(here().session, off, rest, reason)
    except AccessRefused as refusal:
        st.warning(text(str(refusal)))
        return
    st.session_state[_DONE] = (
        f"Written down: {plural(len(off), 'record')} split off from {len(rest)}. "
        "This person will be split in the next build."
    )
    st.session_state[_SPLITS] = st.session_state.get(_SPLITS, 0) + 1
    again()
