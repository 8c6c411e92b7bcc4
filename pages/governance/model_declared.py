"""What a model is: its declaration, what it reads, and by which hashes it can be told."""

from __future__ import annotations

from collections import defaultdict

import streamlit as st

from analytics.evaluation.names import ESTIMATORS
from analytics.features.catalogue import CATALOGUE
from analytics.registry.card import Card
from pages.components.escape import text
from pages.components.words import day, number, plural


def declared(card: Card) -> None:
    """The declaration in a few lines, the indicators by theme, and the hashes."""
    spec, places = card.spec, card.spec["capacity"]
    lines = [
        f"**Whom it asks about:** aged {spec['ages'][0]} to {spec['ages'][1]}",
        f"**Places on the list:** {number(places['places'])} for every {number(places['families'])} families, "
        f"{number(places['least'])} at least",
        *_mark(card),
        f"**To be reviewed by:** {day(card.standing.review_on)}; after that day its score is shown nowhere",
        f"**Looks ahead:** {spec['horizon_months']} months",
        "**It cannot know:** " + "; ".join(text(words[:1].lower() + words[1:]) for words in spec["cannot_know"]),
    ]
    st.markdown("\n".join(f"- {line}" for line in lines))
    _variables(card)
    if card.facts:
        _hashes(card)


def _mark(card: Card) -> list[str]:
    mark = card.spec["pass_mark"]
    if "precision" not in mark:
        return []
    rival = ESTIMATORS[mark["rival"]].lower()
    return [
        f"**Pass mark, fixed before training:** at least {100 * mark['precision']:.0f} % of the list right, *and* a "
        f"lead over {rival} whose interval lies above {100 * mark['lead']:.0f}"
    ]


def _variables(card: Card) -> None:
    """Every indicator that it reads, under its theme."""
    if not card.variables:
        st.caption("It reads nothing: nothing was trained.")
        return
    by_theme: dict[str, list[str]] = defaultdict(list)
    for name in card.variables:
        feature = CATALOGUE.get(name)
        by_theme[feature.theme if feature else "No longer declared"].append(feature.label if feature else name)
    with st.expander(f"What it reads: {plural(len(card.variables), 'indicator')}"):
        for theme, labels in by_theme.items():
            st.markdown(f"**{text(theme)}:** {text('; '.join(labels))}")


def _hashes(card: Card) -> None:
    """By what anybody can tell that it is this model and no other."""
    facts = card.facts
    rows = {
        "Model file": facts.get("sha256"),
        "Code": facts.get("code"),
        "Indicators": facts.get("catalogue"),
        "Training data": facts.get("data"),
    }
    with st.expander("By what it can be told: hashes and versions"):
        for label, value in rows.items():
            st.markdown(f"**{label}:** `{text(value)}`" if value else f"**{label}:** not recorded")
        libraries = ", ".join(f"{name} {version}" for name, version in sorted(facts["libraries"].items()))
        st.markdown(f"**Libraries:** {text(libraries)}")
        st.caption("Any stored score can be made again from these: `python -m analytics rebuild-score`.")
