"""What a reader must know before they rely on a record: that it is contested, or may not be used."""

from __future__ import annotations

import streamlit as st

from analytics.casework.contested import Standing, standing
from data.access.policy import RESTRICTED
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import day_of
from pages.entry.here import here


def show_flags(person: int) -> Standing:
    """A line for a restriction and one for what is contested; nothing where there is neither."""
    told = standing(here().session, person)
    if told.restricted:
        st.warning(f"**Use of this person's data is restricted.** {RESTRICTED}", icon=":material/block:")
    if told.open:
        some = "; ".join(f"{text(each.which)} (since {day_of(each.at)})" for each in told.open)
        st.markdown(f":material/flag: **Contested by the person concerned, not decided yet:** {some}")
    if upheld := [each for each in told.contests if each.status == "upheld"]:
        some = "; ".join(f"{text(each.which)}: {text(each.answer)}" for each in upheld)
        st.markdown(f":material/flag: **Contested and upheld; the source has to correct it:** {some}")
    return told


def show_nothing(_: int) -> None:
    """What stands in place of a score and of similar cases while use is restricted."""
    empty("Nothing is worked out here.", RESTRICTED)
