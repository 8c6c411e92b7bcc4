"""One source: what it is, its rows and files, how complete its fields are, what moved, and what was rejected."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.governance import sources
from analytics.governance.sources import NOTHING
from data.access.roles import Permission, may
from data.events import KINDS
from data.schema import Part, Source
from data.sources import SOURCES
from pages.components import charts, tables
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.look import LINE, QUIET, RISK_SCALE, SERIES
from pages.components.words import day, listed, month, number, plural, share
from pages.entry.here import here
from pages.governance.sources_drift import show_drift
from pages.governance.sources_rejected import show_rejected

_IDENTITY = {
    "local_id": "own number", "forename": "forename", "middle_names": "middle names", "surname": "surname",
    "former_surname": "former surname", "full_name": "full name", "birth_date": "date of birth", "sex": "sex",
    "ethnicity": "ethnicity", "postcode": "postcode", "uprn": "property number", "address": "address",
    "nhs_number": "NHS number", "upn": "pupil number", "ni_number": "National Insurance number",
}  # fmt: skip
_COVERS = {
    "everyone": "everyone: silence about a resident means that nothing happened",
    "enrolled": "those on its books: of anybody else it can say nothing",
}
_PARTS = 4
_TABS = ("What it is", "Rows and files", "Completeness", "What moved", "Rejected")


def show_one(name: str, row: dict[Any, Any]) -> None:
    """The source called ``name``; ``row`` is its line of the register."""
    source = SOURCES[name]
    st.markdown(f"{text(source.about)} **{_fresh(row)}**")
    if row["state"] == NOTHING:
        _about(source)
        empty("Its rows, files and fields would be shown here.", "This source has sent nothing yet.")
        return
    tabs = st.tabs(_TABS, key=f"sources_tab_{name}", on_change="rerun")
    shows = (_about, _rows, _completeness, lambda one: show_drift(one.name), _rejected)
    for tab, show in zip(tabs, shows, strict=True):
        if tab.open:
            with tab:
                show(source)


def _fresh(row: dict[Any, Any]) -> str:
    """``Fresh: last heard of 3 Sep 2026, 27 days before the end; due every 7 days.``"""
    if row["state"] == NOTHING:
        return "Nothing has come yet."
    days = int(row["refresh_days"])
    due = f"due every {plural(days, 'day')}" if days > 1 else "due every day"
    if pd.isna(row["heard_on"]):
        return f"Its rows don't say when it was last heard of; {due}."
    silence = (
        "" if pd.isna(row["silence"]) else f", usually silent for no longer than {plural(int(row['silence']), 'day')}"
    )
    return f"{row['state'].capitalize()}: last heard of {day(row['heard_on'])}; {due}{silence}."


def _about(source: Source) -> None:
    fields = [
        _IDENTITY[field] for field in _IDENTITY if any(field in who.fields for part in source.parts for who in part.who)
    ]
    left, right = st.columns(2)
    left.markdown(
        f"**Owner**  \n{text(source.owner)}\n\n**Legal gateway**  \n{text(source.gateway)}\n\n"
        f"**Covers**  \n{_COVERS[source.coverage]}"
    )
    right.markdown(
        f"**Kept for**  \n{plural(source.retention_years, 'year')}\n\n"
        f"**Tells who people are by**  \n{text(listed(fields)) or 'nothing: its rows name people by another part'}\n\n"
        f"**Headline area**  \n{text(source.theme) or 'none'}"
    )
    st.markdown("**What a row becomes**")
    st.markdown(
        "\n".join(
            f"- {text(sources.part_label(source.name, part.name))}: {text(_becomes(part))}" for part in source.parts
        )
    )


def _becomes(part: Part) -> str:
    kinds = [KINDS[kind].label for kind in dict.fromkeys(rule.kind for rule in part.events)]
    ties = ["ties between people"] if part.relations or part.groups else []
    books = ["time on the source's books"] if part.span else []
    return listed(
        [each[:1].lower() + each[1:] if not each[:2].isupper() else each for each in kinds] + ties + books
    ) or ("no event; it tells who people are" if part.who else "no event; it is checked and counted")


def _rows(source: Source) -> None:
    rows = sources.months(here().session, source.name)
    figure = charts.figure(230)
    for colour, (label, mine) in zip((*SERIES[:_PARTS], QUIET), _largest(source, rows), strict=False):
        figure.add_bar(
            x=mine["month"], y=mine["rows"], name=charts.label(label), marker_color=colour,
            hovertemplate="%{x|%b %Y}: %{y:,}",
        )  # fmt: skip
    figure.update_layout(barmode="stack", showlegend=rows["part"].nunique() > 1, legend_traceorder="normal")
    since, until = sources.window(here().session)
    charts.show(figure, f"sources_rows_{source.name}", _rows_said(rows, month(since), month(sources.back(until, 1))))
    _files(source.name)


def _largest(source: Source, rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """The parts with most rows, each by itself, and all others together."""
    order = rows.groupby("part")["rows"].sum().sort_values(ascending=False, kind="stable").index
    shown = [(sources.part_label(source.name, str(part)), rows[rows["part"] == part]) for part in order[:_PARTS]]
    rest = rows[rows["part"].isin(order[_PARTS:])]
    if rest.empty:
        return shown
    return [*shown, ("All others", rest.groupby("month", as_index=False)["rows"].sum())]


def _rows_said(rows: pd.DataFrame, since: str, until: str) -> str:
    by_month = rows.groupby("month")["rows"].sum()
    if not by_month.sum():
        return f"No row speaks of the months from {since} to {until}: it tells of things that began earlier."
    busiest = pd.Timestamp(str(by_month.idxmax()))
    return (
        f"{number(by_month.sum())} rows speak of the months from {since} to {until}; "
        f"most of them of {month(busiest)} ({number(by_month.max())})."
    )


def _files(name: str) -> None:
    files = sources.files(here().session, name)
    files["warnings"] = [_warned(found) for found in files["warnings"]]
    taken = share(int(files["accepted"].sum()), int(files["rows"].sum()))
    st.markdown(f"**{plural(len(files), 'table')}** in its files; rows taken: {taken}.")
    tables.table(
        files, key="files", rows=8,
        columns={
            "name": "File", "delivered": tables.day_column("Delivered"),
            "rows": st.column_config.NumberColumn("Rows", format="localized"),
            "accepted": st.column_config.NumberColumn("Taken", format="localized"),
            "rejected": st.column_config.NumberColumn("Rejected", format="localized"),
            "warnings": "Fields set aside",
        },
    )  # fmt: skip


def _warned(found: str | None) -> str:
    """Warnings of a file, commonest first."""
    counts: dict[str, int] = json.loads(found) if found else {}
    return "; ".join(f"{rule}: {number(count)}" for rule, count in sorted(counts.items(), key=lambda item: -item[1]))


def _completeness(source: Source) -> None:
    part = _part(source)
    rows = sources.fields(here().session, source.name, part.name)
    if not rows["rows"].sum():
        empty(
            "How full each field is, month by month, would be shown here.",
            "No row of this part speaks of the last two years.",
        )
        return
    rows = rows.assign(empty=100 * (1 - rows["filled"] / rows["rows"]))
    order = [column.label for column in part.columns]
    grid = rows.pivot_table(index="field", columns="month", values="empty", aggfunc="mean").reindex(order)
    columns = (rows[name] for name in ("field", "month", "filled", "broken", "rows"))
    told = rows.assign(told=[_cell(*each) for each in zip(*columns, strict=True)])
    words = told.pivot_table(index="field", columns="month", values="told", aggfunc="first").reindex(order)
    charts.show(_heat(grid, words), f"sources_complete_{source.name}_{part.name}", _complete_said(rows))


def _part(source: Source) -> Part:
    if len(source.parts) == 1:
        return source.parts[0]
    names = [part.name for part in source.parts]
    chosen = st.selectbox(
        "Part", names, format_func=lambda name: sources.part_label(source.name, name), key=f"sources_part_{source.name}"
    )
    return source.part(chosen)


def _cell(field: str, when: pd.Timestamp, filled: int, broken: int, rows: int) -> str:
    unreadable = f", {number(broken)} unreadable" if broken else ""
    return charts.label(f"{field}, {month(when)}: filled in {share(filled, rows)}{unreadable}")


def _heat(grid: pd.DataFrame, words: pd.DataFrame) -> go.Figure:
    figure = charts.figure(70 + 26 * len(grid))
    scale = [[i / (len(RISK_SCALE) - 1), colour] for i, colour in enumerate(("#eef3f8", *RISK_SCALE[1:]))]
    figure.add_heatmap(
        z=grid.to_numpy(), x=[month(pd.Timestamp(each)) for each in grid.columns],
        y=[charts.label(each) for each in grid.index], customdata=words.to_numpy(),
        hovertemplate="%{customdata}<extra></extra>", zmin=0, zmax=100, xgap=1, ygap=1, colorscale=scale,
        colorbar={"title": {"text": "Empty, %", "font": {"size": 13}}, "thickness": 12, "outlinecolor": LINE},
    )  # fmt: skip
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(showgrid=False, nticks=9, type="category")
    return figure


def _complete_said(rows: pd.DataFrame) -> str:
    """Which fields are emptiest; those that never hold anything are told apart."""
    total = rows.groupby("field", sort=False)[["rows", "filled", "broken"]].sum()
    never = list(total.index[total["filled"] == 0])
    missing = (1 - total["filled"] / total["rows"])[total["filled"] > 0].sort_values(ascending=False)
    some = [f"{field} ({100 * value:.0f} %)" for field, value in missing[missing >= 0.005].head(3).items()]
    said = "Dark is where a field is empty or can't be read. "
    said += f"Emptiest are {text(listed(some))}. " if some else "Every field is filled nearly always. "
    return said + (f"Never filled: {text(listed(never))}." if never else "")


def _rejected(source: Source) -> None:
    if may(here().reader.role, Permission.SEE_REJECTED):
        show_rejected(source.name)
    else:
        empty(
            "Rejected rows would be listed here.",
            "Your role sees how many there are, under *Rows and files*, and not which.",
        )
