"""What named people decided about a model, and the way to approve or retire it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pandas as pd
import streamlit as st

from analytics.registry import decide as registry
from analytics.registry.card import Card
from analytics.registry.contact import GraderCard
from data.access.reader import AccessRefused
from data.access.standing import Standing
from pages.components import tables
from pages.components.empty import empty, problem
from pages.components.escape import text
from pages.components.words import moment
from pages.entry.here import here

_PAST = {"at": "When", "name": "Who", "state": "Decision", "version": "Version", "reason": "Reason"}
_ACTS = {registry.APPROVED: "Approve", registry.RETIRED: "Retire"}
_NEXT_BUILD = "From the next build on it scores in place of the version in use, with your name under the approval."
_MEANS = {
    registry.APPROVED: "From now on its score is shown to those who may see it, with your name under the approval.",
    registry.RETIRED: "From now on its score is gone from every page, list and export. The journal keeps whom it was "
    "shown about, and to whom.",
}


def decisions(card: Card | GraderCard) -> None:
    """The decision that can be made now, then all that were made."""
    if registry.may_decide(here().session):
        _decide(card, card.standing, _ACTS)
        if card.challenger is not None:
            _newcomer(card, card.challenger)
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


def _newcomer(card: Card | GraderCard, now: Standing) -> None:
    """The version that was trained since: it can be put in use; what it would replace is retired above."""
    st.markdown(
        f"**A newer version, {text(now.version)}, waits.** It was trained at this build; what it says is shown nowhere."
    )
    _decide(card, now, {registry.APPROVED: _ACTS[registry.APPROVED]}, key=f"{card.name}_newer")


def _decide(card: Card | GraderCard, now: Standing, acts: Mapping[str, str], key: str = "") -> None:
    """One of the ``acts`` on one version, its reason, and a word that it is meant."""
    session, key = here().session, key or card.name
    refused = {state: registry.why_not(session, now, state) for state in acts}
    open_to = [state for state, why in refused.items() if why is None]
    if why := refused[registry.APPROVED]:
        st.caption(f"It can't be approved now. {text(why)}")
    if not open_to:
        return
    state = st.segmented_control(
        "Decide", open_to, format_func=acts.__getitem__, key=f"model_act_{key}", label_visibility="collapsed"
    )
    if state is None:
        return
    with st.form(f"model_decide_{key}", border=True):
        st.markdown(_MEANS[state] if now is card.standing else _NEXT_BUILD)
        reason = st.text_area("Why", key=f"model_reason_{key}", max_chars=500, height=80)
        meant = st.checkbox(
            f"I have read its figures, and {acts[state].lower()} version {text(now.version)} in my own name",
            key=f"model_meant_{key}",
        )
        if st.form_submit_button(f"{acts[state]} it", type="primary"):
            _act(card, now, state, reason, meant)


def _act(card: Card | GraderCard, now: Standing, state: str, reason: str, meant: bool) -> None:
    if not meant or len(reason.strip()) < registry.SHORTEST_REASON:
        st.warning("Say why, in ten letters at least, and tick that you mean it.")
        return
    try:
        registry.decide(here().session, card.name, now.version, state, reason)
    except (AccessRefused, ValueError) as refusal:
        problem("It was not done.", text(str(refusal)))
        return
    holds = "from this moment" if now is card.standing else "from the next build on"
    st.session_state["model_said"] = f"{card.label}: {state}. It holds {holds}."
    for key in (f"model_act_{card.name}", f"model_act_{card.name}_newer"):
        st.session_state.pop(key, None)
    st.rerun()
