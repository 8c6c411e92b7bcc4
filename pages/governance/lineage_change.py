"""The last step of a lineage: what would change the figure."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.casework.rows import each
from analytics.governance import lineage, lineage_row
from analytics.governance.lineage import Figure
from pages.components.escape import text
from pages.components.words import day, number, plural
from pages.entry.here import here
from pages.governance.lineage_steps import step

_WHY = {
    "later": "not counted yet: what happened or became known on {as_of} or after",
    "before": "not counted any more: what was over before the days it looks at",
    "corrected": "not counted: what a later delivery corrected",
    "detail": "not counted: what is of another sort than the figure asks for",
}


def show_change(person: int, told: Figure, rows: pd.DataFrame) -> None:
    """Rows that were rejected, events that it leaves out, and links that hold its records to the person."""
    rejected = lineage_row.rejected(here().session, person, told.feature)
    left_out = lineage.left_out(here().session, person, told, rows)
    with step(6, "What would change it"):
        lines = [*_rejected(rejected), *_left_out(left_out, told)]
        if len(rows):
            lines.append(
                "If a record is not of this person, say so to the data-quality officer, who can take it apart."
            )
        st.markdown("\n".join(f"- {line}" for line in lines) or "Only a new delivery of the agencies.")


def _rejected(rejected: pd.DataFrame) -> list[str]:
    """Rows about this person which could not be taken, each with its line."""
    return [
        f"**A row about them was rejected:** {text(row.agency)}, {text(row.file_name)}, line {number(row.line)}, "
        f"delivered {day(row.delivered)}: {text(row.field)} {text(row.rule)}. Sent again put right, it may count."
        for row in each(rejected)
    ]


def _left_out(left_out: dict[str, int], told: Figure) -> list[str]:
    return [
        f"**{plural(count, 'more record')}** {'is' if count == 1 else 'are'} {_WHY[why].format(as_of=day(told.as_of))}."
        for why, count in left_out.items()
    ]
