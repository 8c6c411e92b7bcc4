"""Corrections and erasure: what becomes of a request, and what still holds whoever was erased."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from analytics.governance import erasure
from data.access.reader import AccessRefused
from data.access.roles import Permission
from data.home import home
from data.snapshot.engine import StoreError
from pages.components import tables
from pages.components.empty import empty
from pages.components.words import day, number, plural
from pages.entry.here import here
from pages.entry.spec import PageSpec
from pages.governance.subject import choose_subject

PAGE = PageSpec(
    path="erasure",
    title="Corrections and erasure",
    icon=":material/person_remove:",
    group="Governance",
    needs=Permission.ERASE,
    whom="information governance",
    about="A person's request to be erased: what goes, what stays and why, and what still holds them.",
    place=45,
)
WHOLE = ""
_COUNTED = {
    "events": ("event", "events"), "ties": ("tie to others", "ties to others"), "contacts": ("contact", "contacts"),
    "scores": ("score", "scores"), "cases": ("known case", "known cases"),
}  # fmt: skip
_HELD = {"label": "Agency", "numbers": "Numbers", "records": "Ways written down"}
_COPIES = {"what": "What", "where": "Where", "kept": "Why it is still there"}
_REQUESTS = {
    "asked": "Asked", "who": "By", "person": "Person's number", "agency": "What goes", "ground": "Ground",
    "reason": "Reason", "state": "State",
}  # fmt: skip


def page() -> None:
    """A new request, those there are, and what still holds anybody."""
    st.title(PAGE.title)
    st.markdown(
        "A correction is the source's to make: its next delivery replaces the row, and both versions are kept as they "
        "were known. An erasure is made here: from the next build on nothing of the person is in any snapshot, "
        "however often an agency sends the same rows again."
    )
    if said := st.session_state.pop("erasure_said", None):
        st.success(said, icon=":material/check_circle:")
    _new()
    asked = erasure.requests(here().session, home())
    _requests(asked)
    _copies(asked)


def _new() -> None:
    st.subheader("A request")
    if chosen := choose_subject("erasure", "Nothing has to be erased."):
        _ask(*chosen)


def _ask(person: int, name: str) -> None:
    """What would go, and the form."""
    held = erasure.held(here().session, person)
    told = (plural(held.counts[key], *words) for key, words in _COUNTED.items() if held.counts[key])
    goes, stays = st.columns(2)
    with goes:
        st.markdown(f"**What will go.** {', '.join(told) or 'No event'}, and every record below.")
        tables.table(held.agencies[list(_HELD)], key="erasure_held", rows=6, columns=_HELD)
    with stays:
        st.markdown(
            "**What stays, and why.** Lines of the access log that name the person by number: who looked must stay "
            "provable (UK GDPR, article 17(3)(b) and (e)). What people decided, for the same reason. The agency's own "
            "records: they are the agency's to erase. Models hold what was learned from everybody, and no row of "
            "anybody."
        )
    labels = {WHOLE: "Everything"} | {
        row["agency"]: f"Only what {row['label']} says" for row in held.agencies.to_dict("records")
    }
    with st.form("erasure_form", border=True):
        agency = st.selectbox("What goes", list(labels), format_func=labels.__getitem__, key="erasure_agency")
        ground = st.selectbox(
            "Legal ground", list(erasure.GROUNDS), format_func=erasure.GROUNDS.__getitem__, key="erasure_ground"
        )
        reason = st.text_input("Reason, and who asked", key="erasure_reason", max_chars=500)
        sure = st.checkbox(f"This is about {name}", key="erasure_sure")
        if st.form_submit_button("Erase from the next build on", type="primary"):
            _submit(person, str(agency), str(ground), reason, sure)


def _submit(person: int, agency: str, ground: str, reason: str, sure: bool) -> None:
    if not sure:
        st.warning("Tick the box to say that this is the right person.", icon=":material/warning:")
        return
    try:
        request = erasure.ask(here().session, person, agency, ground, reason)
    except AccessRefused as refusal:
        st.warning(str(refusal), icon=":material/warning:")
        return
    st.session_state["erasure_said"] = (
        f"Request {number(request)} is written down. The next build leaves the person out."
    )
    st.rerun()


def _requests(asked: Any) -> None:
    st.subheader("Requests")
    if not asked:
        empty("Requests would be listed here, with what became of them.", "Nobody was asked to be erased.")
        return
    rows = [
        {
            "asked": day(date.fromisoformat(each.request.at[:10])), "who": each.by, "person": str(each.request.person),
            "agency": each.agency, "ground": erasure.GROUNDS[each.request.ground], "reason": each.request.reason,
            "state": each.state,
        }
        for each in asked
    ]  # fmt: skip
    tables.table(pd.DataFrame(rows), key="erasure_requests", rows=8, columns=_REQUESTS)


def _copies(asked: Any) -> None:
    """What lies outside the snapshot being served, and the button that deletes what can be deleted here."""
    if not asked:
        return
    st.subheader("What still holds them")
    tables.table(erasure.older_copies(here().session, home(), asked), key="erasure_copies", rows=10, columns=_COPIES)
    older = {copy.where for each in asked if each.done_in is not None for copy in each.older}
    waiting = any(each.done_in is None for each in asked)
    if waiting:
        st.caption("Older snapshots can be deleted once a build has left everybody out.")
    elif older:
        st.markdown(f"{plural(len(older), 'older snapshot')} can be deleted now; the one being served stays.")
        if st.button("Delete older snapshots", icon=":material/delete_forever:", key="erasure_purge"):
            _purge(asked)


def _purge(asked: Any) -> None:
    try:
        gone = erasure.purge(here().session, home(), asked)
    except StoreError as error:
        st.error(str(error), icon=":material/error:")
        return
    st.session_state["erasure_said"] = f"Deleted: {', '.join(gone)}."
    st.rerun()
