"""Why this way of ranking and this version: what was tried beside it, what is in use, and by how much they differ."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.evaluation.names import ESTIMATORS
from analytics.registry.card import Card
from analytics.registry.decide import history
from analytics.registry.rivals import Contender, as_table, contenders, versions
from pages.components import tables
from pages.components.empty import empty
from pages.components.words import number
from pages.entry.here import here

_TRIED = {
    "name": "Way of ranking", "value": "Average precision", "short": "Behind the best by, same resamplings",
    "noise": "Within noise of the best", "chosen": "Chosen",
}  # fmt: skip
_VERSIONS = {
    "role": "Role", "version": "Version", "name": "Way of ranking", "trained": "Trained", "precision_at_capacity":
    "Right, of its list", "recall_at_capacity": "Found, of those to be found", "average_precision": "Average precision",
}  # fmt: skip


def rivals(card: Card) -> None:
    """The choice among estimators with its evidence, then champion and challenger."""
    tried = contenders(card)
    if tried:
        _tried(card, tried)
    else:
        empty("What was tried, and why this was chosen, would be here.", "Nothing was trained.")
    found = versions(here().session, card, history(here().session, card.name))
    st.markdown("**Version in use and challenger.**")
    if len(found) > 1:
        frame = as_table(found)
        frame["name"] = [_name(estimator) for estimator in frame["estimator"]]
        tables.table(frame, key=f"model_versions_{card.name}", columns=_VERSIONS)
        st.caption(
            "The challenger is shown to nobody until it is approved. Each was measured on the children of its own "
            "day: where the intervals overlap, the two may be equally good."
        )
    elif found[0].champion:
        st.markdown("This version is the approved one, and there is no newer.")
    else:
        st.markdown("No version has been approved so far, so there is nothing to hold this one against.")


def _tried(card: Card, tried: list[Contender]) -> None:
    choice = card.choice or {}
    st.markdown(
        f"**Four ways of ranking, the simplest first.** The simplest that is within noise of the best is taken: "
        f"here **{_name(choice['estimator']).lower()}**. They were compared on {number(choice['n'])} children and "
        f"{number(choice['positives'])} outcomes that were known before the model was measured."
    )
    rows = [
        {
            "name": _name(one.estimator),
            "value": one.value,
            "short": one.short if one.estimator != choice["best"] else "the best",
            "noise": "yes" if one.within_noise else "no",
            "chosen": "✓" if one.chosen else "",
        }
        for one in tried
    ]
    tables.table(pd.DataFrame(rows), key=f"model_tried_{card.name}", columns=_TRIED)


def _name(estimator: str) -> str:
    return ESTIMATORS.get(estimator, estimator)
