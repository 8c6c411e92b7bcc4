"""The records behind one criterion of a family: told in words, and one of them followed to its line in the file."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.casework.rows import each
from analytics.families.criterion import Programme
from analytics.families.evidence import MOST, Standing, evidence, not_told
from analytics.governance import lineage_row
from data.access.roles import Permission, may
from pages.casework.again import again
from pages.casework.family_opened import Opened
from pages.components.empty import unknown
from pages.components.escape import text
from pages.components.words import day, listed, number, plural
from pages.entry.here import here


def show_records(
    opened: Opened, programme: Programme, row: Standing, beside: st.delta_generator.DeltaGenerator
) -> None:
    """A button that opens the records behind one criterion."""
    key = f"family_evidence_{opened.family}_{programme.scheme}_{row.criterion.name}"
    if not row.applies:
        return
    opens = st.session_state.get(key, False)
    label = "Hide" if opens else "Show the records" if row.events else "What was looked for"
    if beside.button(label, key=f"{key}_button", type="tertiary"):
        st.session_state[key] = not opens
        again()
    if opens:
        rows = evidence(here().session, opened.person, opened.family, programme.scheme, row.criterion.name)
        st.markdown(_told(rows, row))
        if may(here().reader.role, Permission.TRACE):
            _origin(rows[rows["identified"]], row, key)
        _silence(row)


def _told(rows: pd.DataFrame, row: Standing) -> str:
    """The records, by what they show; what speaks for the family last."""
    if rows.empty:
        looked = listed([sign.words for sign in row.criterion.signs], "or")
        return f":small[Looked for, and not found: {text(looked)}.]"
    lines = []
    for sign, mine in rows.groupby("sign", sort=False):
        lines.append(f"\n:small[**{text(str(sign).capitalize() or 'Speaks for the family')}**]\n")
        lines += _lines(mine)
    if len(rows) >= MOST:
        lines.append(f"\n:small[:gray[The latest {MOST} are shown.]]")
    return "\n".join(lines)


def _lines(rows: pd.DataFrame) -> list[str]:
    seen, hidden = rows[rows["identified"]], rows[~rows["identified"]]
    lines = [
        f"- :small[**{day(row.occurred_on.date())}** · {text(row.who)}: {text(row.said)} · {text(row.from_source)} "
        f":gray[({text(row.file_name)}, row {row.line}; known {day(row.known_on.date())})]]"
        for row in each(seen)
    ]
    if len(hidden):
        lines.append(
            f"- :small[:material/lock: {plural(len(hidden), 'record')} of somebody outside your area, not shown]"
        )
    return lines


def _silence(row: Standing) -> None:
    quiet = not_told(here().session, row.criterion)
    if quiet:
        unknown(f"No source tells at present of: {text(listed(quiet))}. There, silence is not no.")


def _origin(rows: pd.DataFrame, row: Standing, key: str) -> None:
    """One record followed to the agency's file: nothing of it is read until it is chosen."""
    if rows.empty:
        return
    once = rows.drop_duplicates("event")
    called = {int(one.event): f"{day(one.occurred_on.date())}, {one.who}: {one.said}" for one in each(once)}
    whose = {int(one.event): int(one.person) for one in each(once)}
    event = st.selectbox(
        "Where a record comes from", list(called), index=None, format_func=lambda one: called[one],
        placeholder="Choose a record", key=f"{key}_origin",
    )  # fmt: skip
    if event is None:
        return
    found = lineage_row.row(here().session, whose[event], event, row.criterion.label)
    if found is None:
        unknown("The record is no longer in this snapshot.")
        return
    st.markdown(
        f"**{text(found.label)}** :gray[({text(found.owner)})]  \n"
        f"File **{text(found.file_name)}**, line **{number(found.line)}**, delivered {day(found.delivered)}; "
        f"counted as known from {day(found.known_on)}.  \n"
        f":small[:gray[The file's fingerprint (SHA-256): {text(found.sha256)}]]"
    )
