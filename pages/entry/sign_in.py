"""Sign-in: by the council's identity provider where there is one. Demonstration accounts are offered only where the
snapshot says that nobody in it is real."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.access.roles import ROLES
from data.home import home
from data.journal.accounts import Account, offer_demonstration
from data.journal.journal import journal_of
from data.snapshot.reading import current
from pages.components import look
from pages.components.empty import empty, problem
from pages.components.escape import text
from pages.entry import who

TITLE = "Sign in"
# What each demonstration account is good for, in a line.
_FOR = {
    "lead_professional": "Finds a child, reads why, records a judgement.",
    "manager": "Sees the city in figures, shares out work.",
    "trainer": "Runs a training room on invented lives.",
    "analyst": "Reads the figures, checks sources and models.",
    "data_quality": "Checks what was sent, and which records are one person.",
    "auditor": "Reads who looked at whom, and why.",
    "hub_manager": "Sees how the hub decides, tries the suggestion out.",
    "mash_officer": "Grades and decides the contacts that reach the hub.",
}


def page() -> None:
    """The sign-in, at whatever address a stranger asked for; afterwards the session goes on at the same one."""
    st.title("Kinsight")
    with current(home()) as snapshot:
        accounts = offer_demonstration(journal_of(home()), snapshot)
        if snapshot.invented:
            look.banner()
    if not accounts and not who.by_provider():
        empty("No way to sign in has been set up.", "Demonstration accounts exist only for an invented city.")
        return
    st.markdown("It joins what agencies know of families, shows whose life looks like a known case, and says why.")
    if who.by_provider():
        _provider()
    if accounts:
        _demonstration(accounts)


def _provider() -> None:
    """The way to the identity provider; for somebody whom it knows and who has no account here, what to do."""
    if known := who.vouched_for():
        problem("You have no account here.", f"You are signed in as {text(known)}. Ask your manager for an account.")
        # As a callback: the session, and with it the click, was emptied before this is drawn.
        st.button("Sign out", key="sign_out_provider", icon=":material/logout:", on_click=who.sign_out)
    elif st.context.is_embedded:
        # Identity providers refuse to be framed: the sign-in opens beside, and the frame is loaded again after it.
        st.markdown("You are not signed in to Kinsight. Sign in once in a tab of its own, then reload this page.")
        st.link_button("Sign in in a new tab", "/", type="primary", icon=":material/open_in_new:")
    else:
        st.markdown("Use the account that you sign in to your computer with. Whatever you open is logged.")
        if st.button("Sign in with your work account", key="sign_in_provider", type="primary", icon=":material/login:"):
            st.login()


def _demonstration(accounts: Sequence[Account]) -> None:
    st.markdown("**Who would you like to be?** These accounts are for trying it; whatever you open is logged.")
    for row in range(0, len(accounts), 3):
        for column, account in zip(st.columns(3), accounts[row : row + 3], strict=False):
            with column, st.container(border=True, height="stretch"):
                _card(account)


def _card(account: Account) -> None:
    role = ROLES[account.role].label
    st.markdown(f"**{text(account.name)}**  \n{role}" + (f", {text(account.team)}" if account.team != role else ""))
    st.caption(_FOR[account.role])
    if st.button(f"Sign in as {text(account.name)}", key=f"sign_in_{account.id}"):
        who.sign_in(account.id)
        st.rerun()
