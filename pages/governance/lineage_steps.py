"""The frame that the steps of a lineage share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def step(number: int, title: str) -> Iterator[None]:
    """One step of the chain, in a frame of its own."""
    with st.container(border=True, gap="small"):
        st.markdown(f":blue-badge[{number}] **{title}**")
        yield
