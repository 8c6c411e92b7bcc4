"""Where a page gets its reader and its rows: ``here()``, opened anew for every script run by the frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import wraps

import streamlit as st

from data.access.gate import Session, session
from data.access.reader import AccessRefused, Reader
from data.access.roles import ROLES
from data.home import home
from data.snapshot.reading import Snapshot
from pages.entry import errors, who


@dataclass(frozen=True)
class Here:
    """One script run of one reader. Hand ``session`` to the functions of ``analytics`` that answer a page."""

    session: Session
    reader: Reader

    @property
    def snapshot(self) -> Snapshot:
        return self.session.snapshot

    @property
    def today(self) -> date:
        """The day that the snapshot speaks of; ages are counted to it."""
        return self.snapshot.today


_HERE: ContextVar[Here | None] = ContextVar("here", default=None)


def here() -> Here:
    """The reader and session of this script run. Raises `RuntimeError` outside one."""
    found = _HERE.get()
    if found is None:
        raise RuntimeError("no page is being served: a fragment needs pages.entry.here.fragment, not st.fragment")
    return found


@contextmanager
def visiting(account: str) -> Iterator[Here]:
    """Open a session for ``account`` and look its reader up. Raises `AccessRefused`, `StoreError`, `OtherCity`."""
    with session(home(), account) as opened:
        if ROLES[opened.reader.role].machine:
            raise AccessRefused("This account is a machine's: it has no pages.")
        opened.purpose = who.purpose(opened.reader.role)
        visit = Here(opened, opened.reader)
        token = _HERE.set(visit)
        try:
            yield visit
        finally:
            _HERE.reset(token)


def fragment(draw: Callable[[], None], every: float | None = None) -> Callable[[], None]:
    """``st.fragment`` for parts that show data: it reruns without the frame, so it asks who is looking itself.

    Refusals and faults are told here too: Streamlit takes an error at the fragment's edge, before the frame sees it.
    ``every``: it reruns by itself after so many seconds.
    """

    @wraps(draw)
    def drawn() -> None:
        account = who.account_id()
        with errors.guarded():
            if _HERE.get() is not None or account is None:
                draw()
                return
            with visiting(account):
                draw()

    return st.fragment(drawn, run_every=every)
