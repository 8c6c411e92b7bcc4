"""What the steps of a lineage share: their frame, and the way to the page from a figure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import NoReturn

import streamlit as st

from pages.components.links import go

#: What was asked for, in the session: never in an address.
CHOSEN_PERSON, CHOSEN_INDICATOR = "lineage_person", "lineage_indicator"
CHOSEN_AS_OF, CHOSEN_EVENT = "lineage_as_of", "lineage_event"


@contextmanager
def step(number: int, title: str) -> Iterator[None]:
    """One step of the chain, in a frame of its own."""
    with st.container(border=True, gap="small"):
        st.markdown(f":blue-badge[{number}] **{title}**")
        yield


def open_lineage(person: int, indicator: str | None, as_of: date | None, event: int | None = None) -> NoReturn:
    """Go to where ``indicator`` of ``person`` comes from; ``event`` is the record to begin with."""
    asked = {CHOSEN_PERSON: person, CHOSEN_INDICATOR: indicator, CHOSEN_AS_OF: as_of, CHOSEN_EVENT: event}
    for key, value in asked.items():
        st.session_state[key] = value
    # The page's own boxes would remember what was chosen there before.
    for key in [each for each in st.session_state if str(each).startswith(("lineage_figure_", "lineage_record_"))]:
        del st.session_state[key]
    go("lineage")
