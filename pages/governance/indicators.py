"""Indicators: the data dictionary, made from the declarations that the matrix itself is built from."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.features.catalogue import CATALOGUE
from analytics.features.feature import Feature
from analytics.features.scope import SCOPES
from analytics.features.sources import TOLD_BY
from analytics.governance.visits import record_visit
from data.access.roles import Permission
from data.events import KINDS
from data.sources import SOURCES
from pages.components import tables
from pages.components.empty import empty
from pages.components.words import plural
from pages.entry.here import here
from pages.entry.spec import PageSpec

PAGE = PageSpec(
    path="indicators",
    title="Indicators",
    icon=":material/menu_book:",
    group="Governance",
    needs=Permission.SEE_INDICATORS,
    whom="those who use or answer for the models",
    about="Every indicator the models may read: what it counts, of whom, from which source.",
    place=20,
)
_DIRECTIONS = {"raises": "raises it", "lowers": "lowers it", "either": "left open"}
EVERY = "Every theme"


def page() -> None:
    """The dictionary with filters, and one indicator in full."""
    record_visit(here().session, Permission.SEE_INDICATORS, "indicators")
    st.title(PAGE.title)
    kinds = {kind for feature in CATALOGUE.values() for kind in feature.kinds}
    around = sum(feature.contextual for feature in CATALOGUE.values())
    st.markdown(
        f"The models read {plural(len(CATALOGUE), 'indicator')} made from {plural(len(kinds), 'kind')} of event; "
        f"{around} speak of people around the child. Sex and ethnicity are not among them. "
        "Nothing outside this list can move a score."
    )
    shown = _filtered()
    if not shown:
        empty("Indicators would be listed here.", "None fits these words.", "Try fewer letters or another theme.")
        return
    chosen = tables.choose(_frame(shown), key="indicators", rows=10, columns=_COLUMNS)
    _one(shown[chosen or 0])


_COLUMNS = {
    "label": "Indicator", "theme": "Theme", "whose": "Of whom", "direction": "More of it", "sources": "Told by",
}  # fmt: skip


def _filtered() -> list[Feature]:
    words, theme = st.columns([3, 2])
    typed = words.text_input("Words in it", key="indicators_words").strip().lower()
    themes = sorted({feature.theme for feature in CATALOGUE.values()})
    picked = theme.selectbox("Theme", [EVERY, *themes], key="indicators_theme")
    return [
        feature
        for feature in CATALOGUE.values()
        if picked in (EVERY, feature.theme) and typed in f"{feature.label} {feature.sentence}".lower()
    ]


def _frame(features: list[Feature]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "label": feature.label,
            "theme": feature.theme,
            "whose": SCOPES[feature.scope].label,
            "direction": _DIRECTIONS[feature.direction],
            "sources": _sources(feature),
        }
        for feature in features
    )


def _sources(feature: Feature) -> str:
    names = dict.fromkeys(source for kind in feature.kinds for source in TOLD_BY.get(kind, ()))
    return ", ".join(SOURCES[name].label for name in names)


def _one(feature: Feature) -> None:
    """All that is declared of one indicator, in words."""
    with st.container(border=True):
        st.markdown(f"**{feature.label}**")
        kinds = [KINDS[kind].label.lower() for kind in feature.kinds if kind in KINDS]
        told = [
            ("On a child's page", feature.said(3.0)),
            ("When there is none", feature.words(feature.nil) or "It has no nil: nothing recorded says nothing."),
            ("When nobody knows", feature.unknown),
            ("Made from", ", ".join(kinds) or "who is related to whom, and where they live"),
            ("Of whom", SCOPES[feature.scope].label),
            ("What missing means", feature.missing),
            ("In the model, more of it", _DIRECTIONS[feature.direction]),
            ("In What if", "can be changed" if feature.change else "is left as it is"),
        ]
        st.markdown("\n".join(f"- {name}: {words}" for name, words in told))
