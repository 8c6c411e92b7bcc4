"""Sources: what has arrived, how fresh and complete it is, what was rejected, and how well it was linked."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import streamlit as st

from analytics.governance import sources
from data.access.gate import Session, cache_key
from data.access.roles import Permission, may
from data.events import KINDS
from data.sources import SOURCES
from pages.components import tables
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import day, number, plural, share
from pages.entry.here import here
from pages.entry.spec import PageSpec

PAGE = PageSpec(
    path="sources",
    title="Sources",
    icon=":material/database:",
    group="Governance",
    needs=Permission.SEE_SOURCES,
    whom="those who work with or answer for the data",
    about="What each agency has sent, how fresh and complete it is, and how well it was linked.",
    place=10,
)
_MARKS = {"on time": "✓ on time", "late": "! late", "nothing yet": "– nothing yet"}


def page() -> None:
    """The register; below it one source, completeness and linkage."""
    st.title(PAGE.title)
    rows = sources.register(here().session)
    late = int((rows["state"] == "late").sum())
    st.markdown(
        f"{plural(int((rows['state'] != 'nothing yet').sum()), 'source')} of {len(rows)} have sent data, "
        f"{number(rows['rows'].sum())} rows in all; {number(rows['rejected'].sum())} were set aside. "
        + (f"**{plural(late, 'source')} late.**" if late else "None is late.")
    )
    register, one, complete, linked = st.tabs(["Register", "One source", "Completeness", "Linkage"])
    with register:
        _register(rows)
    with one:
        _one(rows)
    with complete:
        _completeness()
    with linked:
        _linkage()


def _register(rows: pd.DataFrame) -> None:
    frame = rows.assign(state=rows["state"].map(_MARKS))
    tables.table(
        frame, key="register", rows=21,
        columns={
            "label": "Source", "owner": "Owner", "state": "State", "period_to": tables.day_column("Speaks up to"),
            "refresh_days": st.column_config.NumberColumn("Due every", format="%d days"),
            "rows": st.column_config.NumberColumn("Rows", format="localized"),
            "rejected": st.column_config.NumberColumn("Set aside", format="localized"),
            "gateway": "Legal gateway",
        },
    )  # fmt: skip


def _one(rows: pd.DataFrame) -> None:
    labels = dict(zip(rows["source"], rows["label"], strict=True))
    name = st.selectbox("Source", list(labels), format_func=lambda key: labels[key], key="one_source")
    row: dict[Any, Any] = rows[rows["source"] == name].iloc[0].to_dict()
    source = SOURCES[name]
    st.markdown(f"{text(source.about)} Owner: **{text(source.owner)}**. Legal gateway: {text(source.gateway)}.")
    if pd.isna(row["rows"]):
        empty("Its files would be listed here.", "This source has sent nothing yet.")
        return
    told = dict.fromkeys(KINDS[rule.kind].label for part in source.parts for rule in part.events)
    st.markdown(f"It tells us of: {', '.join(told).lower()}." if told else "It tells us who people are.")
    st.markdown(f"It speaks of {day(row['period_from'])} to {day(row['period_to'])}.")
    st.markdown(f"Rows taken: {share(int(row['accepted']), int(row['rows']))}.")
    _files(name)
    if may(here().reader.role, Permission.SEE_REJECTED):
        _rejected(name)


def _files(name: str) -> None:
    files = sources.files(here().session, name)
    files["warnings"] = [_warned(found) for found in files["warnings"]]
    st.subheader("Files")
    tables.table(
        files, key="files",
        columns={
            "name": "File", "delivered": tables.day_column("Delivered"),
            "rows": st.column_config.NumberColumn("Rows", format="localized"),
            "accepted": st.column_config.NumberColumn("Taken", format="localized"),
            "rejected": st.column_config.NumberColumn("Set aside", format="localized"),
            "warnings": "Fields left out",
        },
    )  # fmt: skip


def _warned(found: str | None) -> str:
    """Warnings of a file, commonest first."""
    counts: dict[str, int] = json.loads(found) if found else {}
    return "; ".join(f"{rule}: {number(count)}" for rule, count in sorted(counts.items(), key=lambda item: -item[1]))


def _rejected(name: str) -> None:
    st.subheader("Rows set aside")
    rows = sources.rejected(here().session, name)
    if rows.empty:
        empty("Rows that broke a rule would be listed here.", "Every row of this source was taken.")
        return
    st.caption("The first 500. The value is not shown here, since it may name somebody: the line is in the file.")
    tables.table(rows, key="rejected", columns={"name": "File", "line": "Line", "field": "Column", "rule": "Rule"})


@st.cache_data(show_spinner=False, max_entries=4)
def _complete(_session: Session, key: tuple) -> pd.DataFrame:
    """Cached by snapshot and scope (``key``)."""
    return sources.completeness(_session)


def _completeness() -> None:
    st.markdown(
        "The share of records in which each field is filled and readable. An empty cell: the source does not send it."
    )
    rows = _complete(here().session, cache_key(here().session))
    fields = list(sources.FIELDS.values())
    labels = {source.name: source.label for source in SOURCES.values()}
    frame = rows.assign(
        label=rows["source"].map(labels), **{field: (100 * rows[field]).where(rows[field] > 0) for field in fields}
    )
    percent = {
        field: st.column_config.ProgressColumn(field, format="%.0f %%", min_value=0, max_value=100) for field in fields
    }
    tables.table(frame, key="complete", rows=21, columns={"label": "Source", "rows": "Records", **percent})


def _linkage() -> None:
    rows, measured = sources.linkage(here().session)
    st.markdown("How each agency's clients were linked into people.")
    tables.table(
        rows, key="linked",
        columns={
            "how": "Linked by", "clients": st.column_config.NumberColumn("Clients", format="localized"),
            "probability": st.column_config.NumberColumn("Mean probability", format="%.3f"),
        },
    )  # fmt: skip
    if not measured.get("f1"):
        empty(
            "How often links are right would be shown here.",
            "It can be measured only where the truth is known, as in the invented city.",
        )
        return
    st.markdown("Measured against the invented city's truth, over pairs of clients:")
    for column, (name, told) in zip(st.columns(3), _QUALITY.items(), strict=True):
        column.metric(name, f"{100 * measured[name.lower()]:.1f} %", help=told, border=True)


_QUALITY = {
    "Precision": "Of the pairs that were linked, how many are one person.",
    "Recall": "Of the pairs that are one person, how many were linked.",
    "F1": "The two together (their harmonic mean).",
}
