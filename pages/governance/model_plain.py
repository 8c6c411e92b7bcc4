"""A model in plain words: of ten on its list, of ten who should have been, and the mark that was fixed beforehand."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.registry.card import Card
from analytics.registry.summary import Measured, measured, of_ten
from pages.components import bars, tables
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import number, odds, plural

_MARKS = {"what": "What was asked of it", "fixed": "Fixed before training", "measured": "Measured", "met": "Met"}
_MET = {True: "✓ yes", False: "✗ no", None: "cannot be told"}


def plain_words(card: Card) -> None:
    """What a list of it would be worth, and whether that was enough."""
    precision = measured(card.figures, card.estimator, "precision_at_capacity")
    recall = measured(card.figures, card.estimator, "recall_at_capacity")
    if precision is None or recall is None:
        empty("What its list is worth would be said here.", text(card.standing.measured_why))
    else:
        if precision.positives < card.spec.get("least_found", 0):
            st.markdown(f"**Don't build on these figures:** they rest on {plural(precision.positives, 'child')}.")
        _worth(str(card.spec.get("happened", "were identified")), precision, recall)
    if card.marks:
        st.markdown("**The pass mark.** A model that misses any part of it is withheld: its number is shown nowhere.")
        rows = [
            {"what": one.what, "fixed": one.fixed, "measured": one.measured, "met": _MET[one.met]} for one in card.marks
        ]
        tables.table(pd.DataFrame(rows), key=f"model_marks_{card.name}", columns=_MARKS)
    st.markdown("**It cannot know:** " + "; ".join(_lower(words) for words in card.spec["cannot_know"]) + ".")


def _lower(words: str) -> str:
    return text(words[:1].lower() + words[1:])


def _worth(happened: str, precision: Measured, recall: Measured) -> None:
    """Precision and recall as ten children each."""
    left, right = st.columns(2)
    with left, st.container(border=True):
        st.markdown(
            f"**Of every 10 children on its list, {of_ten(precision.value)} "
            f"{_agreed(happened, precision.value)} within the year**{_between(precision)}."
        )
        bars.dots(round(10 * precision.value))
    with right, st.container(border=True):
        st.markdown(
            f"**Of every 10 who {text(happened)}, {of_ten(1 - recall.value)} "
            f"{_agreed('were', 1 - recall.value)} not on its list**; {of_ten(recall.value)} had been{_between(recall)}."
        )
        bars.dots(round(10 * recall.value))
    st.caption(
        f"Measured on {plural(precision.n, 'child')}, of whom {number(precision.positives)} {text(happened)} in the "
        f"year after: {odds(precision.positives / precision.n)}. What no agency noticed is in none of these figures."
    )


def _between(one: Measured) -> str:
    return "" if one.low is None or one.high is None else f" (between {10 * one.low:.1f} and {10 * one.high:.1f})"


def _agreed(happened: str, share: float) -> str:
    """One *was*, two *were*."""
    one = round(10 * share) <= 1
    return text(happened.replace("were", "was", 1) if one and happened.startswith("were") else happened)
