"""Why this way of ranking and this version: what was tried beside it, what is in use, and by how much they differ."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from analytics.evaluation.names import ESTIMATORS
from analytics.registry.card import Card
from analytics.registry.decide import history
from analytics.registry.rivals import METRICS, Ahead, Contender, as_table, compared, contenders, versions
from analytics.registry.summary import percent
from pages.components import tables
from pages.components.empty import empty
from pages.components.words import day, number
from pages.entry.here import here

_TRIED = {
    "name": "Way of ranking", "value": "Known cases above others (AUC)",
    "short": "Behind the best by, same resamplings", "noise": "Within noise of the best", "chosen": "Chosen",
}  # fmt: skip
_VERSIONS = {
    "role": "Role", "version": "Version", "name": "Way of ranking", "trained": "Trained", "precision_at_capacity":
    "Right, of its list", "recall_at_capacity": "Found, of those to be found", "average_precision": "Average precision",
}  # fmt: skip
_FIGURES = {metric: _VERSIONS[metric] for metric in METRICS}
_AHEAD = {
    "figure": "Figure", "champion": "Version in use", "ahead": "Challenger is ahead by", "said": "So the challenger is",
}  # fmt: skip
_SPELT = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}
_SURELY = {True: "surely better", False: "surely worse", None: "not to be told apart"}


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
        _beside(card, as_table(found))
    elif found[0].champion:
        st.markdown("This version is the approved one, and there is no newer.")
    else:
        st.markdown("No version has been approved so far, so there is nothing to hold this one against.")


def _beside(card: Card, frame: pd.DataFrame) -> None:
    """The two versions, each by its own day, then both on the same children."""
    frame["name"] = [_name(estimator) for estimator in frame["estimator"]]
    frame["trained"] = [day(date.fromisoformat(told[:10])) if told else "–" for told in frame["trained"]]
    tables.table(frame, key=f"model_versions_{card.name}", columns=_VERSIONS)
    st.caption("Here each was measured on the children of its own day.")
    held = compared(card)
    if not held:
        st.markdown(
            "They were not held against each other on the same children: the file of the version in use is gone or "
            "older than that, or indicators have changed since."
        )
        return
    st.markdown(
        f"**On the same children, by the same resamplings of families:** {_ahead_in_words(held)} Both are taken as "
        "they were before they learned from that year."
    )
    rows = [
        {"figure": _FIGURES[one.metric], "champion": percent(one.champion), "ahead": percent(one.ahead, " points"),
         "said": _SURELY[one.surely]}
        for one in held
    ]  # fmt: skip
    tables.table(pd.DataFrame(rows), key=f"model_ahead_{card.name}", columns=_AHEAD)


def _ahead_in_words(held: list[Ahead]) -> str:
    first = held[0]
    points = abs(100 * first.ahead.value)
    if first.surely is None:
        return "it cannot be told which list is right more often."
    return f"the newer list is right {'more' if first.surely else 'less'} often, by {points:.0f} of 100."


def _tried(card: Card, tried: list[Contender]) -> None:
    choice = card.choice or {}
    many = _SPELT.get(len(tried), str(len(tried)))
    cases, others = number(choice["positives"]), number(choice["n"] - choice["positives"])
    st.markdown(
        f"**{many} ways of ranking, the simplest first.** The simplest is taken that is within noise of the best: "
        f"short of it by one standard error at most. Here that is **{_name(choice['estimator']).lower()}**. "
        f"Each ranked {cases} known cases among {others} others, all in families it had not learned from. "
        "The figure says how often a known case stands above one of the others: 0.5 is chance, 1 is always."
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
