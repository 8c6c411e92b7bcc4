"""Past contacts like one: the spread of decisions, and what followed, as figures."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.disclosure.control import shown
from analytics.triage.similar import FEWEST, Alike
from data.codes import CONTACT_OUTCOME
from pages.components.tables import table


def show_alike(found: Alike | None) -> None:
    """A row an outcome that was decided; or that there are too few."""
    if found is None:
        st.markdown(
            f"**Past contacts like this**  \n:small[Fewer than {FEWEST} are on record: nothing is told of them.]"
        )
        return
    st.markdown(f"**{found.size} past contacts like this**")
    order = [code for code in CONTACT_OUTCOME.labels if code in found.counts.index]
    counts = found.counts.loc[order]
    frame = pd.DataFrame(
        {
            "decision": [CONTACT_OUTCOME.labels[code].capitalize() for code in order],
            "decided": [shown(value) for value in counts["decided"]],
            "again": [shown(value) for value in counts["again"]],
            "harm": [shown(value) for value in counts["harm"]],
        }
    )
    columns = {"decision": "Decision", "decided": "All", "again": "Again", "harm": "Harm"}
    table(frame, "queue_alike", columns)
    st.caption(f"Again: another contact within a year. Harm: recorded within a year. {found.rule.words}")
