"""A model's papers to take away: its card, its transparency record, and the annex for the impact assessment."""

from __future__ import annotations

import streamlit as st

from analytics.papers.reading import FORMS, KINDS, file_name, paper
from pages.entry.here import here

_NAMES = {"pdf": "PDF", "html": "Web page", "md": "Markdown"}


def show_papers(model: str) -> None:
    """In two steps: the export is checked and in the log before there is anything to take away."""
    st.markdown(
        "**Papers.** Written from the declaration and the measured figures; what only the council can say is marked."
    )
    kind = st.segmented_control(
        "Paper", list(KINDS), format_func=KINDS.__getitem__, default="card", required=True, key=f"papers_kind_{model}"
    )
    form = st.segmented_control(
        "As", list(FORMS), format_func=_NAMES.__getitem__, default="pdf", required=True, key=f"papers_form_{model}"
    )
    if st.button("Prepare the download", key=f"papers_make_{model}", icon=":material/description:"):
        st.download_button(
            "Download", paper(here().session, model, kind, form), file_name(model, kind, form), FORMS[form],
            key=f"papers_file_{model}", icon=":material/download:", type="primary", on_click="ignore",
        )  # fmt: skip
