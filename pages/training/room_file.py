"""An invented file as a room was given it."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analytics.training.room_steps import Sheet
from pages.components.escape import text
from pages.components.words import day


def file(sheet: Sheet) -> None:
    """What was known before, and every line, as a table."""
    st.markdown(text(sheet.before))
    rows = ["| When | Who told us | Whose | What |", "|---|---|---|---|"]
    for line in sheet.lines:
        when = day(date.fromisoformat(line.on))
        rows.append(f"| {when} | {text(line.lane)} | {text(line.whose)} | {text(line.said)} |")
    st.markdown("\n".join(rows))
