"""What was rejected of a source and why, and the rows themselves for whoever puts them right."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analytics.casework.rows import each
from analytics.governance import sources_rejected as rejected
from data.access.roles import Permission, may
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import day, number, plural
from pages.entry.here import here


def show_rejected(source: str) -> None:
    """Counts by rule with examples of lines; below, the download."""
    rules = rejected.rules(here().session, source)
    if rules.empty:
        empty("Rows that broke a rule would be counted here.", "Every row of this source was taken.")
        return
    st.markdown(
        f"**{plural(int(rules['rows'].sum()), 'row')}** could not be taken, for {plural(len(rules), 'reason')}:"
    )
    st.markdown("\n".join(_line(row) for row in each(rules)))
    st.caption("The values are not shown here, since one may name somebody: they are in the file, and in the download.")
    if may(here().reader.role, Permission.EXPORT_REJECTED):
        _download(source)


def _line(row: Any) -> str:
    """``- **12** · Date of birth is not a date · e.g. police_missing_2024.csv, lines 4, 9``."""
    named = pd.DataFrame(row.examples, columns=["file", "line"])
    files = [
        f"{text(name)}, line {', '.join(number(line) for line in mine['line'])}"
        for name, mine in named.groupby("file", sort=False)
    ]
    when = (
        f"delivered {day(row.since)}" if row.since == row.latest else f"delivered {day(row.since)} to {day(row.latest)}"
    )
    return (
        f"- **{number(row.rows)}** · {text(row.field)} {text(row.rule)} "
        f":gray[({text(row.part)}; {when})]  \n  :small[for instance {'; '.join(files)}]"
    )


def _download(source: str) -> None:
    """In two steps: the export is checked and in the log before there is anything to take away."""
    st.markdown(
        "**Take the rows away** to put them right at the agency. "
        "The values may name people, so the log says who took them."
    )
    if st.button("Prepare the download", key=f"sources_export_{source}", icon=":material/table:"):
        made = rejected.export(here().session, source)
        st.download_button(
            "Download as CSV", made, f"rejected-{source}.csv", "text/csv", key=f"sources_download_{source}",
            icon=":material/download:", type="primary", on_click="ignore",
        )  # fmt: skip
