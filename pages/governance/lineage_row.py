"""Two steps of a lineage: the row in the agency's file, and why it is taken to be about this person."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analytics.casework.rows import each
from analytics.governance import lineage_row
from analytics.governance.lineage import Figure
from analytics.governance.lineage_row import Row
from pages.components import tables
from pages.components.empty import unknown
from pages.components.escape import text
from pages.components.words import day, listed, number, plural
from pages.entry.here import here
from pages.governance.lineage_steps import step

_HOW = {
    "NHS number": "by its NHS number", "UPN": "by its pupil number", "NI number": "by its National Insurance number",
    "same record": "because it is written exactly as another agency writes it",
    "name and details": "by name and details, weighed together",
    "alone": "by itself: no other agency's record was like it",
    "review": "because somebody looked at both records and said so",
}  # fmt: skip


def show_row(person: int, event: int, told: Figure) -> Row | None:
    """Source, file and line; when it came, what it passed and what was set aside."""
    row = lineage_row.row(here().session, person, event, told.feature.label)
    with step(4, "The row in the agency's file"):
        if row is None:
            unknown("The record is no longer in this snapshot.")
            return None
        st.markdown(
            f"**{text(row.label)}** :gray[({text(row.owner)})]  \n"
            f"File **{text(row.file_name)}**, line **{number(row.line)}**, delivered {day(row.delivered)}; "
            f"counted as known from {day(row.known_on)}."
        )
        st.markdown(_checks(row))
        st.caption(f"The file's fingerprint (SHA-256), to prove that it is the same file: {text(row.sha256)}")
    return row


def _checks(row: Row) -> str:
    passed = [f"{field} is {found}" for field, found in row.checks]
    said = f"Taken, since {text(listed(passed))}." if passed else "Taken: this part demands no field."
    if row.aside:
        return f"{said} **Set aside in this row**, because it can't be read: {text(listed(list(row.aside)))}."
    said += " Nothing in this row was set aside."
    if not row.warnings:
        return said
    elsewhere = "; ".join(f"{rule}, {number(count)} times" for rule, count in row.warnings.items())
    return f"{said} :gray[Elsewhere in the file: {text(elsewhere)}.]"


def show_links(person: int, row: Row | None, told: Figure) -> None:
    """Which client of the agency the row is of, and what holds that client to the person."""
    if row is None:
        return
    links = lineage_row.links(here().session, person, row, told.feature.label)
    with step(5, "Why this person"):
        own = links[links["here"]]
        own = own if len(own) else links[links["same_numbers"]]
        if own.empty:
            unknown("This snapshot has no record that says whom the row is about.")
            return
        if len(own) > 1:
            st.markdown(f"The agency knows this person under **{len(own)} numbers**; the row is of one of them:")
        st.markdown("  \n".join(_client(client, row.other == person) for client in each(own)))
        _others(links[~links.index.isin(own.index)], row.other == person)


def _client(client: Any, named: bool) -> str:
    whom = "Somebody around this person, whose own page says more to those who may see it. "
    if named:
        number_of = f"under the number **{text(client.local_id)}**"
        whom = f"Written down as **{text(client.name)}**, born {day(client.birth_date)}, {number_of}. "
    sure = "" if client.how == "alone" else f", {100 * client.probability:.1f}\u00a0% sure"
    return f"{whom}Linked {_HOW.get(client.how, text(client.how))}{sure}."


def _others(others: pd.DataFrame, named: bool) -> None:
    if others.empty:
        st.markdown("No other agency's record is taken for the same person.")
        return
    with st.expander(f"Taken for the same person: {plural(len(others), 'other client')} of other agencies"):
        columns = {
            "agencies": st.column_config.TextColumn("Agency", width=330), "how": "Linked by",
            "percent": st.column_config.NumberColumn("Sure", format="%.1f %%"), "records": "Ways written down",
        }  # fmt: skip
        written = {"name": "Last written as", "birth_date": tables.day_column("Born")} if named else {}
        tables.table(
            others.assign(percent=100 * others["probability"]), key="lineage_others", columns=columns | written, rows=8
        )
