"""Who is looking: what the browser session remembers, and nothing more. Role and scope are the journal's to say."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from data.access.reader import AccessRefused, Reader, reader
from data.access.roles import PURPOSES, ROLES
from data.home import home
from data.journal.journal import Entry, Journal, journal_of

_ACCOUNT, _PURPOSE = "signed_in_account", "purpose_of_access"


def account_id() -> str | None:
    """The account that this session signed in with, or None."""
    return st.session_state.get(_ACCOUNT)


def purpose() -> str:
    """The reason for access that the reader gave for this session."""
    return str(st.session_state.get(_PURPOSE, PURPOSES[0]))


def choose_purpose() -> str:
    """Ask for the reason for access; it is written beside every access from then on."""
    chosen = st.selectbox("Reason for access", PURPOSES, index=PURPOSES.index(purpose()), key="purpose_picker")
    st.session_state[_PURPOSE] = chosen
    return chosen


def sign_in(account: str) -> None:
    """Remember ``account`` for this session and write it down. Raises `AccessRefused` for one that is closed."""
    journal = journal_of(home())
    _record(journal, reader(journal, account), "sign in")
    st.session_state[_ACCOUNT] = account


def sign_out() -> None:
    """Forget everything that this session knows."""
    journal = journal_of(home())
    # An account that was closed meanwhile leaves nobody to write down, and leaving is always allowed.
    with suppress(AccessRefused):
        _record(journal, reader(journal, account_id() or ""), "sign out")
    st.session_state.clear()


def role_label(who: Reader) -> str:
    """The reader's role as staff call it."""
    return ROLES[who.role].label


def _record(journal: Journal, who: Reader, action: str) -> None:
    journal.record(Entry(who.id, who.role, action))
