"""The strategic picture, where records are thin: a low rate there may be little known, not little need."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analytics.disclosure.control import shown
from analytics.management import thin
from analytics.management.rates import WILSON
from data.access.gate import Session, cache_key
from pages.components.escape import text
from pages.components.words import listed, number, plural
from pages.entry.here import here
from pages.management import takeaway
from pages.management.picture_parts import Shown

_SHORT = {"heard": "Told of", "gp": "GP", "school": "School", "health": "Health"}
COVERS = {"everyone": "everyone", "enrolled": "its own", "": "not declared"}


def show(view: Shown) -> None:
    """By ward, then by source and area."""
    left, right = st.columns([5, 7], gap="medium")
    with left:
        _wards(view)
    with right:
        _sources(view)
    st.caption(
        f"Thin: the ward's share, interval and all, lies over {number(thin.BELOW)} of 100 below the city's. "
        "A share asks about those of the ages that it is for. Silent: for longer than 19 of 20 of the source's "
        "silences. Late: the middle one of all records of a year, from what happened to when it was known here. Where "
        "nobody asks, nothing is recorded: no figure shows need that never came to anyone's notice."
    )


def _wards(view: Shown) -> None:
    found = view.thin()
    frame = view.found.wards[["name", "area"]].join(found.rows)
    rows = frame.assign(few=frame["thin"] != "").sort_values(["few", "heard"], ascending=[False, True])
    for name in thin.MEASURES:
        rows[f"{name}_said"] = ["c" if pd.isna(share) else number(share) for share in rows[name]]
    st.markdown(_said(frame, found))
    shares = {
        f"{name}_said": st.column_config.TextColumn(_SHORT[name], help=f"{words}, of 100 {whom}")
        for name, (words, whom) in thin.MEASURES.items()
    }
    columns: dict[str, Any] = {"name": "Ward", **shares, "thin": "Thin"}
    labels = {"name": "Ward", "area": "Area", "living": "Children"}
    for name, (words, whom) in thin.MEASURES.items():
        labels |= {name: f"{words}, of 100 {whom}", f"{name}_low": "95 % interval from", f"{name}_high": "to"}
    head = view.head("How much is known, by ward", WILSON + ".")
    takeaway.table(rows, "picture_thin", head, columns, labels | {"thin": "Thin"}, rows=11, out=rows)


def _said(frame: pd.DataFrame, found: thin.Wards) -> str:
    poor = [text(name) for name in frame.loc[frame["thin"] != "", "name"]]
    said = f"**Records are thin in {listed(poor)}.**" if poor else "**No ward's records are thinner than the city's.**"
    return (
        f"{said} Of 100 children, something was told in a year of {number(found.city['heard'])}; "
        f"{shown(found.placeless)} children live in no ward that is known and are on no map."
    )


def _sources(view: Shown) -> None:
    found = _told(here().session, cache_key(here().session), _living(view))
    rows = found.rows.assign(covers=found.rows["covers"].map(COVERS))
    rows["silence"] = ["" if pd.isna(days) else plural(int(days), "day") for days in rows["silent"]]
    columns: dict[str, Any] = {"label": "Source", "silence": "Silent"}
    labels = {"label": "Source", "covers": "Tells of", "heard_on": "Last heard of", "silent": "Silent for, days"}
    for area in found.areas:
        rows[f"said_{area}"] = ["c" if pd.isna(rate) else number(rate) for rate in rows[f"told_{area}"]]
        columns[f"said_{area}"] = area
        labels[f"told_{area}"] = f"{area}: children told of in a year, of 1,000"
    late = rows[[f"late_{area}" for area in found.areas]]
    rows["late"] = ["–" if row.isna().all() else plural(round(row.max()), "day") for _, row in late.iterrows()]
    columns["late"] = "Late"
    labels |= {f"late_{area}": f"{area}: days late, the middle one" for area in found.areas}
    st.markdown(_silent(rows, found.areas))
    order = rows.sort_values(["silent", "label"], ascending=[False, True], na_position="last")
    takeaway.table(order, "picture_sources", view.head("How much sources tell, by area"), columns, labels, 11, order)


def _silent(rows: pd.DataFrame, areas: tuple[str, ...]) -> str:
    said = ["**Children whom each source told of in a year, of 1,000 in the area.**"]
    if silent := [text(label) for label in rows.loc[rows["silent"].notna(), "label"]]:
        said.append(f"{listed(silent)} {'has' if len(silent) == 1 else 'have'} been silent for longer than usual.")
    late = rows[[f"late_{area}" for area in areas]].max(axis=1).dropna()
    if len(late):
        latest = rows.loc[late.index].iloc[int(late.argmax())]
        said.append(f"{text(latest['label'])} is latest: {latest['late']}.")
    return " ".join(said)


@st.cache_data(show_spinner="Counting …", max_entries=4)
def _told(_session: Session, key: tuple[Any, ...], _living: pd.Series) -> thin.Told:
    """Cached by snapshot and scope (``key``), on which ``_living`` follows."""
    return thin.by_source(_session, _living)


def _living(view: Shown) -> pd.Series:
    """Children of each area."""
    return view.thin().rows["living"].groupby(view.found.wards["area"]).sum()
