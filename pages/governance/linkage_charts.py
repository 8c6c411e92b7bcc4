"""Charts of Linkage: over builds, by match weight, what reviewers found, and what each agreement weighs."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.governance import linkage, waterfall
from analytics.governance.linkage import ALONE, Overview
from pages.components import charts, tables
from pages.components.bars import Bar, bars
from pages.components.empty import empty
from pages.components.look import ACCENT, LINE, QUIET, SERIES
from pages.components.words import day, number, plural, share
from pages.entry.here import here
from pages.governance.review_words import weight

_LINES = {"precision": "Precision", "recall": "Recall", "f1": "F1"}
#: What tells of trouble where quality cannot be measured.
_UNSURE = ("Name and details", ALONE, "Reviewer")
_DASHES = ("solid", "dash", "dot")


def over_time() -> None:
    """A line over builds: of quality where it is measured, else of how clients were linked."""
    past = linkage.history(here().session)
    if past.empty:
        empty(
            "Figures of each build would be drawn here.", "This snapshot's build remembered none.", "The next one will."
        )
        return
    known = past["f1"].notna().any()
    lines = _LINES if known else {way: way for way in _UNSURE}
    fig = charts.figure(300)
    for (column, label), dash, colour in zip(lines.items(), _DASHES, SERIES, strict=False):
        trace = {"mode": "lines+markers", "name": label, "line": {"dash": dash, "color": colour}}
        fig.add_scatter(x=past["build"], y=100 * past[column], hovertemplate="%{y:.2f} %", **trace)
    fig.update_xaxes(
        title="Build", tickvals=past["build"].tolist(), range=[past["build"].min() - 0.5, past["build"].max() + 0.5]
    )
    fig.update_yaxes(ticksuffix=" %")
    told = ("f1", "F1") if known else (ALONE, "Linked with nobody")
    charts.show(fig, "linkage_over_time", _changed(past, *told))
    _builds(past, bool(known))


def _changed(past: pd.DataFrame, column: str, name: str) -> str:
    last = float(past[column].iloc[-1])
    if len(past) == 1:
        return f"{name} is {100 * last:.1f} % in the only build so far; each further one adds a point."
    change = 100 * (last - float(past[column].iloc[-2]))
    moved = (
        "as before"
        if abs(change) < 0.05
        else f"{abs(change):.1f} points {'more' if change > 0 else 'less'} than before"
    )
    return f"{name} is {100 * last:.1f} % in the latest of {plural(len(past), 'build')}, {moved}."


def _builds(past: pd.DataFrame, known: bool) -> None:
    """The same as numbers, newest first."""
    rows = past.iloc[::-1].assign(until=[day(pd.Timestamp(when).date()) for when in past["until"].iloc[::-1]])
    percent = {name: st.column_config.NumberColumn(label, format="%.2f %%") for name, label in _LINES.items()}
    counts = {"clients": "Clients", "people": "People", "uncertain": "Uncertain pairs"}
    tables.table(
        rows.assign(**{name: 100 * rows[name] for name in _LINES}), key="linkage_builds", rows=8,
        columns={"build": "Build", "until": "Records end before"}
        | {name: st.column_config.NumberColumn(label, format="localized") for name, label in counts.items()}
        | (percent if known else {}),
    )  # fmt: skip


def histogram(told: Overview) -> None:
    """Pairs by match weight: those that ended as one person, and the others."""
    rows = linkage.histogram(here().session)
    if rows.empty:
        empty("Pairs by match weight would be drawn here.", "This snapshot's build kept no histogram.")
        return
    fig = charts.figure(320)
    apart = rows["pairs"] - rows["joined"]
    middle = rows["weight"] + 0.5
    fig.add_bar(x=middle, y=rows["joined"], name="one person now", marker={"color": ACCENT})
    pattern = {"shape": "/", "fgcolor": QUIET, "bgcolor": LINE}
    fig.add_bar(x=middle, y=apart, name="two people now", marker={"color": LINE, "pattern": pattern})
    low, high = linkage.band()
    fig.add_vrect(x0=low, x1=high, fillcolor=SERIES[2], opacity=0.12, line_width=0)
    fig.add_vline(x=told.line, line={"color": SERIES[2], "dash": "dash"}, annotation={"text": "linked from here"})
    fig.update_layout(barmode="stack", bargap=0.05)
    fig.update_xaxes(title="Match weight: each point up doubles the odds that the two are one person")
    fig.update_yaxes(title="Pairs")
    band = rows[(rows["weight"] + 1 > low) & (rows["weight"] < high)]["pairs"].sum()
    charts.show(
        fig, "linkage_histogram",
        f"Of {number(rows['pairs'].sum())} pairs that were weighed, about {number(band)} stand in the shaded band, "
        "where nobody is sure: the fewer, the better the two heaps are told apart.",
    )  # fmt: skip


def reviewed(told: Overview) -> None:
    """What reviewers found, by match weight: all that can be known of real files."""
    rows = linkage.reviewed(here().session)
    if rows.empty:
        empty(
            "What reviewers found by match weight would be here: how often linkage is right where it is not sure.",
            "Nobody has judged an uncertain pair yet.", "*Review* asks them one at a time.",
        )  # fmt: skip
        return
    above, below = rows[rows["weight"] >= told.line], rows[rows["weight"] < told.line]
    charts.show(_judged(rows, told), "linkage_reviewed", _found(above, below))
    shown = rows.assign(
        span=[f"{weight(low)} to {weight(low + 1)}" for low in rows["weight"]],
        of=[share(int(same), int(pairs)) for same, pairs in zip(rows["same"], rows["pairs"], strict=True)],
        between=[f"{100 * low:.0f} to {100 * high:.0f} %" for low, high in zip(rows["low"], rows["high"], strict=True)],
        model=[f"{100 * told:.0f} %" for told in rows["told"]],
    )
    tables.table(
        shown, key="linkage_judged",
        columns={
            "span": "Match weight", "of": "Judged one person", "between": "95 % interval", "model": "The model said",
        },
    )  # fmt: skip
    st.caption("Reviewers see the most useful pairs first, not a random draw: read these as a warning, not as a rate.")


def _found(above: pd.DataFrame, below: pd.DataFrame) -> str:
    right, missed = (share(int(side["same"].sum()), int(side["pairs"].sum())) for side in (above, below))
    return (
        f"Above the line, where two are linked, reviewers took {right} for one person; "
        f"below it {missed}, which linkage had missed."
    )


def _judged(rows: pd.DataFrame, told: Overview) -> go.Figure:
    fig = charts.figure(300)
    middle = rows["weight"] + 0.5
    error = {"array": 100 * (rows["high"] - rows["share"]), "arrayminus": 100 * (rows["share"] - rows["low"])}
    fig.add_scatter(
        x=middle, y=100 * rows["share"], mode="markers", name="judged one person", marker={"color": ACCENT, "size": 10},
        error_y=error, hovertemplate="%{y:.0f} %",
    )  # fmt: skip
    line = {"dash": "dash", "color": SERIES[2]}
    fig.add_scatter(x=middle, y=100 * rows["told"], mode="lines", name="what the model said", line=line)
    fig.add_vline(x=told.line, line={"color": QUIET, "dash": "dot"})
    fig.update_xaxes(title="Match weight")
    fig.update_yaxes(title="One person", ticksuffix=" %", range=[-4, 104])
    return fig


def weights() -> None:
    """What each degree of agreement weighs, in the order in which a pair is looked at."""
    rows = waterfall.parameters(here().session)
    if rows.empty:
        empty("What each agreement weighs would be here.", "This snapshot's build kept no weights.")
        return
    start = rows[rows["comparison"] == "prior"]["weight"]
    begins = f" A pair starts at {weight(float(start.iloc[0]))}." if len(start) else ""
    st.markdown(
        f"What each agreement adds to a pair's match weight, or takes away; each point doubles the odds.{begins}"
    )
    left, right = st.columns(2, gap="large")
    fields = [name for name in waterfall.FIELDS if (rows["comparison"] == name).any()]
    for place, name in enumerate(fields):
        with left if place % 2 == 0 else right:
            _field(waterfall.FIELDS[name], rows[rows["comparison"] == name])


def _field(label: str, rows: pd.DataFrame) -> None:
    st.markdown(f"**{label}**")
    told = zip(rows["said"], rows["weight"], rows["frequent"], strict=True)
    bars(
        [_bar(str(said), float(points), bool(frequent)) for said, points, frequent in told],
        longest=waterfall.LONGEST,
    )  # fmt: skip


def _bar(said: str, points: float, frequent: bool) -> Bar:
    words = "a rare one weighs more" if frequent else ""
    return Bar(said[:1].upper() + said[1:], min(abs(points), waterfall.LONGEST), weight(points), words)
