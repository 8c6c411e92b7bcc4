"""Emergency access as every page tells of it: what is open to the reader, for how long still, and that it ended."""

from __future__ import annotations

from datetime import datetime, timedelta

import streamlit as st

from analytics.casework.glass import Opened, end, opened
from pages.components.escape import text
from pages.components.words import moment, plural
from pages.entry.here import here


def banner() -> None:
    """On every page: what is open to the reader by emergency access, and for how long still."""
    for number, one in enumerate(opened(here().session)):
        if one.left:
            _standing(one, number)


def _standing(one: Opened, number: int) -> None:
    what = "One person" if one.person is not None else "A ward"
    said, act = st.columns([6, 1], vertical_alignment="center")
    said.warning(
        f"**Emergency access.** {what} outside your area is open to you until {_clock(one.until)}: {_left(one.left)}. "
        f"Your reason: {text(one.reason)}",
        icon=":material/lock_open:",
    )
    if one.person is not None and act.button("End it now", key=f"glass_end_{number}"):
        end(here().session, one.person)
        st.rerun()


def ended() -> None:
    """That an emergency access is over: told where another could be asked for."""
    over = [one for one in opened(here().session) if not one.left]
    if over:
        last = max(one.until for one in over)
        st.info(
            f"Your emergency access to {plural(len(over), 'record')} ended at {_clock(last)}. "
            "If you still need it, search again and say why.",
            icon=":material/lock_clock:",
        )


def _left(left: timedelta) -> str:
    """``7 h 58 min left``."""
    hours, minutes = divmod(max(int(left.total_seconds() // 60), 1), 60)
    return (f"{hours} h " if hours else "") + f"{minutes} min left"


def _clock(at: datetime) -> str:
    return moment(at.astimezone())
