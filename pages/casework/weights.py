"""My weights: what a reader wants to count for more or less, or to leave out; kept as long as they are signed in."""

from __future__ import annotations

from itertools import cycle

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.casework.space import Space
from analytics.casework.weighing import AMOUNTS, Wishes, themes_of
from analytics.features.catalogue import CATALOGUE
from pages.casework.again import again
from pages.components.escape import text
from pages.components.words import listed

_KEPT = "my_weights"


def my_weights(held: Space, key: str) -> Wishes:
    """The weights, which open in the page; what they are now."""
    before: Wishes = st.session_state.get(_KEPT, Wishes())
    of, left = dict(before.themes), [name for name in before.left_out if name in held.names]
    with st.expander("My weights", icon=":material/tune:", key=f"{key}_weights"):
        st.caption(
            "What is to count when people are held against each other. It changes the order and what is compared, "
            "never a score. What you leave out is treated as though nobody knew it."
        )
        places = cycle(st.columns(3, gap="medium"))
        themes = tuple((theme, _theme(theme, of.get(theme, 1.0), key, next(places))) for theme in themes_of(held))
        out = st.multiselect(
            "Leave this out", sorted(held.names, key=lambda name: CATALOGUE[name].label), default=left,
            format_func=lambda name: CATALOGUE[name].label, key=_own(key, "left"), placeholder="Nothing more",
        )  # fmt: skip
        if before.any and st.button("Back to as learned", key=f"{key}_weights_back", type="tertiary"):
            _begin_anew()
    now = Wishes(tuple((theme, amount) for theme, amount in themes if amount != 1.0), tuple(out))
    st.session_state[_KEPT] = now
    return now


def said(wishes: Wishes) -> None:
    """What counts otherwise than as learned, where anything does."""
    if not wishes.any:
        return
    parts = [f"{theme.lower()} {'counts ' if amount else ''}{AMOUNTS[amount]}" for theme, amount in wishes.themes]
    parts += [f"{CATALOGUE[name].label} left out" for name in wishes.left_out]
    st.caption(f":material/tune: By your own weights: {text(listed(parts))}.")


def _theme(theme: str, now: float, key: str, place: DeltaGenerator) -> float:
    chosen = place.segmented_control(
        theme, list(AMOUNTS), format_func=lambda amount: AMOUNTS[amount].capitalize(), default=now, required=True,
        key=_own(key, theme),
    )  # fmt: skip
    return 1.0 if chosen is None else chosen


def _own(key: str, name: str) -> str:
    """A control's key: another one after each new beginning, since the browser remembers what it was set to."""
    return f"{key}_weight_{name}_{st.session_state.get('my_weights_round', 0)}"


def _begin_anew() -> None:
    st.session_state[_KEPT] = Wishes()
    st.session_state["my_weights_round"] = st.session_state.get("my_weights_round", 0) + 1
    again()
