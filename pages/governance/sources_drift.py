"""What moved in a source against the year before: findings in words, then everything that was compared."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd
import streamlit as st

from analytics.drift.stability import A_LITTLE, MUCH
from analytics.governance.sources_drift import MOVED, SHIFTED, STEADY, TOO_FEW, Finding, findings
from pages.components import tables
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import plural
from pages.entry.here import here

_MARKS = {SHIFTED: "●● shifted", MOVED: "●○ moved a little", STEADY: "○○ steady", TOO_FEW: "– too few rows"}
_SHOWN = 8


def show_drift(source: str) -> None:
    """The last twelve whole months against the twelve before."""
    found = findings(here().session, source)
    if not found:
        empty("What moved against the year before would be told here.", "No row speaks of the last two years.")
        return
    moved = [each for each in found if each.verdict in (SHIFTED, MOVED)]
    st.markdown(_summary(found, moved))
    for each in moved[:_SHOWN]:
        st.markdown(
            f"- **{each.verdict.capitalize()}** · {text(each.about)} :gray[({text(each.part)})]"
            + (f": {text(each.said)}" if each.said else "")
        )
    if len(moved) > _SHOWN:
        st.caption(f"and {plural(len(moved) - _SHOWN, 'more finding')} in the table.")
    with st.expander(f"Everything that was compared ({len(found)})"):
        _table(found)
    st.caption(
        "The last 12 whole months that each part speaks of against the 12 before. Codes are compared by the population "
        f"stability index, less what chance gives: under {A_LITTLE} is steady, from {MUCH} shifted. Of fields, only "
        "those filled at least 5 points more or less often are named. A shift is a question to the agency, not a fault."
    )


def _summary(found: list[Finding], moved: list[Finding]) -> str:
    if not moved:
        return f"Steady: none of the {plural(len(found), 'thing')} compared moved against the year before."
    return f"{len(moved)} of {plural(len(found), 'thing')} compared moved against the year before."


def _table(found: list[Finding]) -> None:
    frame = pd.DataFrame(
        asdict(each) | {"verdict": _MARKS[each.verdict]} for each in found
    )  # fmt: skip
    tables.table(
        frame, key="drift",
        columns={
            "about": "What", "verdict": "Moved?", "said": st.column_config.TextColumn("How", width="large"),
            "part": "Part",
            "size": st.column_config.NumberColumn("Index", format="%.2f"),
            "now": st.column_config.NumberColumn("Rows, last 12 months", format="localized"),
            "before": st.column_config.NumberColumn("12 before", format="localized"),
        },
    )  # fmt: skip
