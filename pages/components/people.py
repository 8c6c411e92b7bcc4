"""Children as signs, one each, filled for those whom a figure speaks of: told apart by shape, not by colour."""

from __future__ import annotations

import streamlit as st

from pages.components.escape import markup

FILLED, HOLLOW = "●", "○"


def people(filled: int, filled_words: str, rest_words: str, *, of: int = 100, across: int = 20) -> None:
    """``of`` signs in rows of ``across``, ``filled`` of them full; below and for a screen reader the same in words."""
    filled = min(max(filled, 0), of)
    signs = FILLED * filled + HOLLOW * (of - filled)
    rows = "<br>".join(_row(signs[start : start + across]) for start in range(0, of, across))
    said = f"{filled:,} of {of:,} {filled_words}; {of - filled:,} {rest_words}"
    look = "k-people many" if of > 100 else "k-people"
    st.html(
        f'<figure class="{look}"><div role="img" aria-label="{markup(said)}">{rows}</div>'
        f"<figcaption>{FILLED} {filled:,} {markup(filled_words)} &nbsp; {HOLLOW} {of - filled:,} {markup(rest_words)}"
        "</figcaption></figure>"
    )


def _row(signs: str) -> str:
    full = signs.count(FILLED)
    return f'{FILLED * full}<span class="rest">{HOLLOW * (len(signs) - full)}</span>'
