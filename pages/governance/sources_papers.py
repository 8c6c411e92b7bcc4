"""The papers written from the declarations: privacy notice, draft sharing agreements, register of sources."""

from __future__ import annotations

import streamlit as st

from data import papers
from data.papers import listing
from data.papers.command import slug
from pages.components import tables

_NOTICE, _AGREEMENT, _REGISTER = "Privacy notice", "Draft sharing agreement", "Register of sources"


def show_papers() -> None:
    """One of the papers, to be read here or taken away. Nothing in them is about any person."""
    paper = st.segmented_control(
        "Paper", [_NOTICE, _AGREEMENT, _REGISTER], default=_NOTICE, required=True, key="sources_paper"
    )
    if paper == _REGISTER:
        _register()
    elif paper == _AGREEMENT:
        owner = st.selectbox("Agency", papers.owners(), key="sources_owner")
        _paper(papers.agreement(owner), f"sharing-agreement-{slug(owner)}.md")
    else:
        _paper(papers.notice(), "privacy-notice.md")


def _paper(markdown: str, file: str) -> None:
    _take(markdown.encode(), file, "text/markdown")
    st.caption(
        "Written from the declarations: it changes when they do. A draft, for a lawyer and the agency to settle."
    )
    with st.container(border=True):
        st.markdown(markdown)


def _register() -> None:
    _take(listing.csv().encode("utf-8-sig"), "register-of-sources.csv", "text/csv")
    tables.table(papers.register(), key="sources_papers_register", rows=14, columns=listing.HEADINGS)


def _take(made: bytes, file: str, kind: str) -> None:
    st.download_button(
        "Download", made, file, kind, key="sources_paper_file", icon=":material/download:", on_click="ignore"
    )
