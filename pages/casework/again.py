"""Draw again after something was recorded: the fragment alone, where a click in it started this run."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx


def again() -> NoReturn:
    """Rerun the fragment that this run is of, or the whole page where it isn't one's. Never returns."""
    context = get_script_run_ctx()
    st.rerun(scope="fragment" if context and context.fragment_ids_this_run else "app")
