"""What named people decided about a model, and the way to approve or retire it."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from analytics.registry import decide as registry
from analytics.registry.card import Card
from data.access.reader import AccessRefused
from pages.components import tables
from pages.components.empty import empty, problem
from pages.components.escape import text
from pages.components.words import moment
from pages.entry.here import here

_PAST = {"at": "When", "name": "Who", "state": "Decision", "version": "Version", "reason": "Reason"}
_ACTS = {registry.APPROVED: "Approve", registry.RETIRED: "Retire"}
_MEANS = {
    registry.APPROVED: "From now on its score is shown to those who may see it, with your name under the approval.",
    registry.RETIRED: "From now on its score is gone from every page, list and export. The journal keeps whom it was "
    "shown about, and to whom.",
}


def decisions(card: Card) -> None:
    """The decision that can be made now, then all that were made."""
    if registry.may_decide(here().session):
        _decide(card)
    else:
        st.caption("Managers approve and retire models; you can read here what they decided and why.")
    past = registry.history(here().session, card.name)
    if not past:
        empty("Decisions about this model would be listed here.", "Nobody has approved or retired any version yet.")
        return
    rows = [
        {
            "at": moment(datetime.fromisoformat(one.decision.at)),
            "name": one.name,
            "state": one.decision.state.capitalize(),
            "version": one.decision.version,
            "reason": one.decision.reason,
        }
        for one in past
    ]
    tables.table(pd.DataFrame(rows), key=f"model_past_{card.name}", columns=_PAST)


def _decide(card: Card) -> None:
    """One of the two acts, its reason, and a word that it is meant."""
    session = here().session
    refused = {state: registry.why_not(session, card.standing, state) for state in _ACTS}
    open_to = [state for state, why in refused.items() if why is None]
    if why := refused[registry.APPROVED]:
        st.caption(f"It can't be approved now. {text(why)}")
    if not open_to:
        return
    state = st.segmented_control(
        "Decide", open_to, format_func=_ACTS.__getitem__, key=f"model_act_{card.name}", label_visibility="collapsed"
    )
    if state is None:
        return
    with st.form(f"model_decide_{card.name}", border=True):
        st.markdown(_MEANS[state])
        reason = st.text_area("Why", key=f"model_reason_{card.name}", max_chars=500, height=80)
        meant = st.checkbox(
            f"I have read its figures, and {_ACTS[state].lower()} version {text(card.version)} in my own name",
            key=f"model_meant_{card.name}",
        )
        if st.form_submit_button(f"{_ACTS[state]} it", type="primary"):
            _act(card, state, reason, meant)


def _act(card: Card, state: str, reason: str, meant: bool) -> None:
    if not meant or len(reason.strip()) < registry.SHORTEST_REASON:
        st.warning("Say why, in ten letters at least, and tick that you mean it.")
        return
    try:
        registry.decide(here().session, card.name, card.version, state, reason)
    except (AccessRefused, ValueError) as refusal:
        problem("It was not done.", text(str(refusal)))
        return
    st.session_state["model_said"] = f"{card.label}: {state}. It holds from this moment."
    st.session_state.pop(f"model_act_{card.name}", None)
    st.rerun()
