"""What the views of the strategic picture share: the counts, what was chosen, and how a view says what it is of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from analytics.disclosure.control import FREE
from analytics.management import thin
from analytics.management.export import Head
from analytics.management.picture import Cells, cells
from data.access.gate import Session, cache_key
from pages.components.words import day
from pages.entry.here import here
from pages.management.view import View


@dataclass(frozen=True)
class Shown(View[Cells]):
    """One run of the page."""

    @property
    def today(self) -> date:
        return here().today

    def head(self, what: str, *notes: str, when: str = "") -> Head:
        """The head of what leaves a view."""
        return Head(what, when or f"On {day(self.today)}", FREE, dict(self.words), notes)

    def thin(self) -> thin.Wards:
        """How much is known of each ward."""
        return known(here().session, cache_key(here().session))


@st.cache_data(show_spinner="Counting …", max_entries=4)
def counted(_session: Session, key: tuple[Any, ...]) -> Cells:
    """Cached by snapshot and scope (``key``)."""
    return cells(_session)


@st.cache_data(show_spinner="Counting …", max_entries=4)
def known(_session: Session, key: tuple[Any, ...]) -> thin.Wards:
    """Cached by snapshot and scope (``key``)."""
    return thin.by_ward(_session)
