"""Whether a score follows how closely a family is watched: told of an invented city, which alone knows the truth."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.fairness.watching import Gap
from pages.components import tables
from pages.components.empty import empty

_WHOM = {True: "children who are exploited", False: "children who are not"}


_NONE = (
    "It can be told only of exploitation, in an invented city, and where there were known cases enough to measure "
    "the model."
)


def watched(found: list[Gap]) -> None:
    """The model's gaps in words, and beside them those of the plainest lists."""
    if not found:
        empty("Whether the score follows the watching would be here.", _NONE)
        return
    st.info(
        "**Measured on this invented city, where the truth is known.** No real city knows who is exploited unseen, or "
        "how closely each family is watched.",
        icon=":material/science:",
    )
    st.markdown(
        "A model learns from children whom professionals found, and they found them where they looked. Here children "
        "who are *equally* exploited, or equally not, are held against each other: those of the quarter of families "
        "that agencies watch most, and of the quarter they watch least."
    )
    st.markdown("\n".join(f"- {_sentence(one)}" for one in found if one.own))
    st.markdown(_meaning([one for one in found if one.own]))
    tables.table(
        pd.DataFrame(
            [(one.label, _WHOM[one.exploited].capitalize(), _places(one)) for one in found],
            columns=["ranking", "among", "places"],
        ),
        key="fairness_watched",
        columns={
            "ranking": "Ranked by",
            "among": "Among",
            "places": "Most watched stand higher by, of 100 places (95 % interval)",
        },
    )


def _sentence(one: Gap) -> str:
    who = f"Among {_WHOM[one.exploited]}, those of the most watched families"
    if not one.clear:
        return f"{who} stand no higher or lower than chance gives ({_places(one)} places in 100)."
    way = "higher" if one.places > 0 else "lower"
    low, high = sorted((abs(one.low), abs(one.high)))
    return (
        f"{who} stand **{abs(one.places):.0f} places in 100 {way}** than those of the least watched "
        f"(between {low:.0f} and {high:.0f})."
    )


def _meaning(own: list[Gap]) -> str:
    if any(one.clear and one.places > 0 for one in own):
        return "**So a low score says less about a family that is hardly watched.** Nothing on record is not no danger."
    return "So the score does not rise with the watching alone, as far as this city can tell."


def _places(one: Gap) -> str:
    return f"{one.places:.0f} ({one.low:.0f} to {one.high:.0f})"
