"""The strategic picture, needs together: which sets of needs children have, and what comes with one of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from plotly.subplots import make_subplots

from analytics.disclosure.control import shown
from analytics.management.picture import NEEDS, Together, together
from analytics.management.rates import per
from pages.components import charts
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.look import ACCENT, INK, LINE
from pages.components.words import listed, number
from pages.management import takeaway
from pages.management.picture_parts import Shown
from pages.management.view import between

#: Sets that the chart has room for.
_MOST = 14
_PAIR = {"label": "also have", "rate": "Of 100", "between": "95 %", "usual": "All", "times": "Times"}
_PAIR_OUT = {
    "with": "Of children with", "label": "also have", "count": "Children", "rate": "Of 100",
    "low": "95 % interval from", "high": "to", "usual": "Of 100 of all children", "times": "Times as often",
}  # fmt: skip


def show(view: Shown) -> None:
    """The sets, then what comes with one need."""
    needs = [one for one in NEEDS.values() if one.group == view.chosen["group"]]
    found = together(view.found.narrowed(view.chosen["area"], view.chosen["age"]), needs)
    if found.sets.empty:
        empty("Needs that come together would be here.", "Too few children here have two of these needs to tell.")
        return
    left, right = st.columns([7, 5], gap="medium")
    with left:
        rows = _in_words(found)
        head = view.head(f"{view.chosen['group']} that come together", "Sets with fewer than 5 children are left out.")
        columns = {"set": "Just these needs", "count": "Children"}
        takeaway.chart(_upset(found), "picture_sets", _says(found), head, rows, columns, wide=0.56)
    with right:
        _pairs(view, found)


def _says(found: Together) -> str:
    first = found.sets.iloc[0]
    names = [text(_short(found.needs[place].label)) for place in first["needs"]]
    several = found.many.iloc[2:].sum()
    return (
        f"**{number(several)} of {number(found.living)} children have two or more of these.** Most often just "
        f"{listed(names)} together: {number(first['count'])} children. Each column is one set: its dots say which "
        "needs, its bar how many children have just these."
    )


def _short(label: str) -> str:
    return label.replace(": not met", "").lower() if label.endswith("not met") else label.lower()


def _in_words(found: Together) -> pd.DataFrame:
    named = [", ".join(found.needs[place].label for place in places) for places in found.sets["needs"]]
    return pd.DataFrame({"set": named, "count": found.sets["count"]})


def _upset(found: Together) -> go.Figure:
    """Bars over a matrix of dots (UpSet, Lex and others 2014): one colour, so that grey print loses nothing."""
    sets = found.sets.head(_MOST)
    fig = make_subplots(rows=2, cols=1, shared_xaxes=True, row_heights=[0.45, 0.55], vertical_spacing=0.03)
    at = list(range(len(sets)))
    counts = [number(count) for count in sets["count"]]
    fig.add_bar(
        x=at, y=list(sets["count"]), text=counts, textposition="outside", textfont={"size": 12},
        constraintext="none", marker={"color": ACCENT}, cliponaxis=False, hoverinfo="skip", row=1, col=1,
    )  # fmt: skip
    every = [(x, y) for x in at for y in range(len(found.needs))]
    _dots(fig, every, LINE)
    for x, places in zip(at, sets["needs"], strict=True):
        fig.add_scatter(
            x=[x] * len(places), y=list(places), mode="lines", line={"color": INK, "width": 2}, hoverinfo="skip",
            row=2, col=1,
        )  # fmt: skip
    _dots(fig, [(x, y) for x, places in zip(at, sets["needs"], strict=True) for y in places], INK)
    own = np.diag(found.pairs.to_numpy(float))
    labels = [f"{charts.label(one.label)} ({shown(count)})" for one, count in zip(found.needs, own, strict=True)]
    fig.update_yaxes(tickvals=list(range(len(labels))), ticktext=labels, autorange="reversed", showgrid=False, row=2)
    fig.update_yaxes(visible=False, row=1)
    fig.update_xaxes(visible=False)
    fig.update_layout(height=260 + 26 * len(labels), showlegend=False, margin={"t": 24})
    return fig


def _dots(fig: go.Figure, places: list[tuple[int, int]], colour: str) -> None:
    fig.add_scatter(
        x=[x for x, _ in places], y=[y for _, y in places], mode="markers", marker={"color": colour, "size": 9},
        hoverinfo="skip", row=2, col=1,
    )  # fmt: skip


def _pairs(view: Shown, found: Together) -> None:
    names = {one.name: one.label for one in found.needs}
    picked = st.selectbox("Children with", list(names), format_func=lambda name: names[name], key="picture_with")
    rows = pair_rows(found)
    mine = rows[rows["name"] == picked].sort_values("rate", ascending=False)
    out = mine.assign(
        rate=["c" if pd.isna(one) else number(one) for one in mine["rate"]],
        between=[between(*ends) for ends in zip(mine["low"], mine["high"], strict=True)],
        usual=["c" if pd.isna(one) else number(one, 1) for one in mine["usual"]],
        times=["c" if pd.isna(one) else number(one, 1) for one in mine["times"]],
    )
    st.markdown(_also(names[picked], mine))
    head = view.head(f"What comes with each of the {view.chosen['group'].lower()}")
    takeaway.table(out, "picture_pairs", head, _PAIR, _PAIR_OUT, out=rows)


def _also(label: str, mine: pd.DataFrame) -> str:
    known = mine.dropna(subset=["times"])
    if known.empty:
        return f"Too few children with {text(_short(label))} to tell what comes with it."
    most = known.iloc[int(known["times"].argmax())]
    return (
        f"Of 100 children with **{text(_short(label))}**, {number(most['rate'])} also have "
        f"{text(_short(most['label']))}: "
        f"{number(most['times'], 1)} times as many as among all children."
    )


def pair_rows(found: Together) -> pd.DataFrame:
    """A row each pair of different needs: ``name``, ``with``, ``label``, ``count``, ``rate`` of 100 with its interval,
    ``usual``: of 100 of all children, ``times``."""
    times, rows = found.times(), []
    alone = dict(zip(found.pairs.index, np.diag(found.pairs.to_numpy(float)), strict=True))
    for one in found.needs:
        own = pd.Series(found.pairs.loc[one.name, one.name], found.pairs.columns)
        rates = per(100, pd.Series(found.pairs.loc[one.name]), own)
        for other in found.needs:
            if other is one:
                continue
            rows.append(
                {
                    "name": one.name, "with": one.label, "label": other.label,
                    "count": found.pairs.loc[one.name, other.name], **rates.loc[other.name],
                    "usual": 100 * alone[other.name] / found.living,
                    "times": times.loc[one.name, other.name],
                }
            )  # fmt: skip
    return pd.DataFrame(rows)
