"""Who is looking: what the browser session remembers, and nothing more. Role and scope are the journal's to say.

A demonstration account is chosen, and remembered by the session alone. Anybody else is who the council's identity
provider says; the browser keeps that in Streamlit's signed cookie, and it holds for a working day.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress

import streamlit as st

from data.access.reader import AccessRefused, Reader, reader
from data.access.roles import PURPOSES, ROLES
from data.home import home
from data.journal.journal import Entry, Journal, journal_of
from pages.entry import settings

_ACCOUNT, _PURPOSE, _PICKER, _PILLS = "signed_in_account", "purpose_of_access", "purpose_picker", "purpose_pills"
_NOTED = "sign_in_noted"
# What each role mostly comes for, until they say otherwise; an auditor opens a record only to erase it.
_USUAL = {
    "lead_professional": "Allocated case",
    "manager": "Allocating work",
    "trainer": "Training",
    "analyst": "Quality of the data",
    "data_quality": "Quality of the data",
    "auditor": "Request of the person concerned",
    "mash_officer": "New contact or referral",
    "hub_manager": "Quality of the data",
}


def account_id() -> str | None:
    """The account that this session signed in with, or None."""
    return st.session_state.get(_ACCOUNT) or vouched_for()


def by_provider() -> bool:
    """Whether people sign in by an identity provider here."""
    return "is_logged_in" in st.user


def vouched_for() -> str | None:
    """The account that the identity provider vouches for, as long as its word is fresh; or None."""
    told = st.user.to_dict()
    if not told.get("is_logged_in") or told.get("email_verified") is False:
        return None
    issued, name = told.get("iat"), told.get(settings.claim())
    if not isinstance(issued, int | float) or time.time() - issued > settings.hours() * 3600:
        return None
    return str(name).strip().lower() or None if name else None


def purpose(role: str) -> str:
    """The reason for access in this session: what the reader chose, or what their role usually comes for."""
    return _said() or _USUAL.get(role, "")


def _said() -> str | None:
    # A box has its new value before the run begins, and loses it on pages that don't show it.
    state = st.session_state
    return state.get(_PICKER) or state.get(_PILLS) or state.get(_PURPOSE)


def ask_purpose(offered: Sequence[str]) -> str | None:
    """Ask once a session why somebody looks, with nothing chosen for them: where they can look anybody up."""
    state = st.session_state
    if _PILLS not in state and state.get(_PURPOSE) in offered:
        state[_PILLS] = state[_PURPOSE]
    state[_PURPOSE] = st.pills("Reason for access", offered, key=_PILLS)
    return state[_PURPOSE]


def choose_purpose(usual: str = PURPOSES[0]) -> str:
    """Ask for the reason for access, ``usual`` until told otherwise; it is written beside every access from then on."""
    now = st.session_state.get(_PURPOSE) or usual
    chosen = st.selectbox("Reason for access", PURPOSES, index=PURPOSES.index(now), key=_PICKER)
    st.session_state[_PURPOSE] = chosen
    return chosen


def sign_in(account: str) -> None:
    """Remember ``account`` for this session and write it down. Raises `AccessRefused` for one that is closed."""
    journal = journal_of(home())
    _record(journal, reader(journal, account), "sign in")
    st.session_state[_ACCOUNT] = account


def note_sign_in(who: Reader) -> None:
    """Write down, once a session, that somebody came by the identity provider."""
    if _ACCOUNT not in st.session_state and _NOTED not in st.session_state:
        _record(journal_of(home()), who, "sign in")
        st.session_state[_NOTED] = True


def sign_out() -> None:
    """Forget everything that this session knows, and at the identity provider too where it brought somebody."""
    journal = journal_of(home())
    # An account that was closed meanwhile leaves nobody to write down, and leaving is always allowed.
    with suppress(AccessRefused):
        _record(journal, reader(journal, account_id() or ""), "sign out")
    chosen = _ACCOUNT in st.session_state
    forget()
    if not chosen and st.user.to_dict().get("is_logged_in"):
        st.logout()


def forget() -> None:
    """Empty the session."""
    st.session_state.clear()


def role_label(who: Reader) -> str:
    """The reader's role as staff call it."""
    return ROLES[who.role].label


def _record(journal: Journal, who: Reader, action: str) -> None:
    journal.record(Entry(who.id, who.role, action))
