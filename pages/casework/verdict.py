"""Do you agree, and what is to be done: recorded beside the score. The decision is always a person's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import streamlit as st

from analytics.casework import score as scoring
from analytics.casework.score import Score
from pages.casework.again import again
from pages.components.escape import text
from pages.components.words import moment
from pages.entry.here import here

_VIEWS = {
    "agree": ("agree", 0),
    "disagree: too high": ("disagree", -1),
    "disagree: too low": ("disagree", 1),
    "unsure": ("unsure", 0),
}
_BANDS = ("lower", "raised", "heightened")
DECISIONS = (
    "No change",
    "Talk it over in supervision",
    "Visit or speak with the child",
    "Early help",
    "Allocate a key worker",
    "Refer to children's social care",
    "Strategy discussion",
)


def show_verdict(person: int, model: str, told: Score) -> None:
    """The form, and what was recorded before."""
    with st.form(f"person_decide_{person}_{model}", clear_on_submit=True):
        view = st.radio("Do you agree?", list(_VIEWS), index=None, horizontal=True, key=f"person_view_{person}_{model}")
        because, decision, record = st.columns([5, 3, 2], vertical_alignment="bottom")
        reason = because.text_input("Because", key=f"person_because_{person}_{model}", max_chars=300)
        action = decision.selectbox("Decision", DECISIONS, key=f"person_decision_{person}_{model}")
        sent = record.form_submit_button("Record", type="primary", width="stretch")
    if sent and view is None:
        st.warning("Say whether you agree, or that you are unsure.")
    elif sent and view is not None:
        stance, step = _VIEWS[view]
        scoring.decide(here().session, person, model, stance, reason, _override(told.band, step), action)
        again()
    _before(person)


def _override(band: str, step: int) -> str | None:
    if not step:
        return None
    return _BANDS[min(max(_BANDS.index(band) + step, 0), len(_BANDS) - 1)]


def _view(row: dict[str, Any]) -> str:
    """The view, and where it was disagreement the level that the reader held right."""
    return f"{row['view']}, rather {row['override']}" if row["override"] else str(row["view"])


def _before(person: int) -> None:
    decided = scoring.decided(here().session, person)
    if decided:
        st.markdown("**Recorded so far**")
    for row in reversed(decided):
        because = f": {text(row['reason'])}" if row["reason"] else ""
        st.markdown(
            f":small[{moment(datetime.fromisoformat(row['at']))} · {text(row['name'])} · {text(row['about'])} · "
            f"**{text(_view(row))}**{because}"
            f" · decision: {text(row['action'] or 'none')}]"
        )
