"""Rooms that are over: what was said in them, who was there, and a summary to take away."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from analytics.training import room as rooms
from analytics.training.room import Room, Sat
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import moment, plural
from pages.entry.here import here
from pages.training.room_paper import paper
from pages.training.room_said import agreement, asked_back


def past() -> None:
    """The reader's rooms that are over, one at a time."""
    st.subheader("Rooms that are over")
    found = rooms.past_rooms(here().session)
    if not found:
        empty("What your rooms said would be here.", "You have not held one yet.")
        return
    number = st.selectbox(
        "Room", range(len(found)), format_func=lambda at: when(found[at]), key="room_past", label_visibility="collapsed"
    )
    _one(found[number])


def when(room: Room) -> str:
    """The moment at which it was opened, as the trainer's clock had it."""
    return moment(datetime.fromisoformat(room.opened_at).astimezone())


def _one(room: Room) -> None:
    session = here().session
    were, held = rooms.sat(session, room), rooms.rounds(session, room)
    st.markdown(f"**{plural(len(were), 'person')}** took part, in **{plural(len(held), 'case')}**.")
    for this in held:
        with st.container(border=True):
            st.markdown(f"**{text(this.sheet.child)}, {this.sheet.age}**: {this.said.answered} answered")
            st.markdown("\n".join(f"- {line}" for line in agreement(this, over=True)))
    back = rooms.feedback(session, room)
    if back.words or any(map(sum, back.counts.values())):
        asked_back(back, len(were))
    _attendance(room, were)
    if st.button("Prepare the summary", key="room_prepare", icon=":material/picture_as_pdf:"):
        rooms.taken(session, room)
        st.download_button(
            "Download the summary", paper(room), "kinsight-room.pdf", "application/pdf", type="primary",
            key="room_download", icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def _attendance(room: Room, were: tuple[Sat, ...]) -> None:
    """Who was there; somebody who typed a name can be given their account by the trainer, who saw them."""
    with st.expander("Attendance"):
        for one in were:
            if one.name or one.account:
                known = f"account {text(one.account)}" if one.account else "no account"
                st.markdown(f"- {text(one.name or 'no name typed')}, {known}")
        if nameless := sum(not (one.name or one.account) for one in were):
            st.caption(f"{plural(nameless, 'person')} gave no name.")
        unknown = {one.seat: one for one in were if one.name and not one.account}
        if not unknown:
            return
        seat = st.selectbox(
            "Who", list(unknown), format_func=lambda each: text(unknown[each].name), key="room_vouch_who"
        )
        account = st.text_input("Their account here", max_chars=120, key="room_vouch_account")
        if st.button("Put it in their training record", key="room_vouch", disabled=not account.strip()):
            if rooms.vouch(here().session, room, unknown[seat], account):
                st.rerun()
            st.warning("There is no such account.")
