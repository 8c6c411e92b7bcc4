"""The strategic picture, moves: where children stood at the start of a period, and where at its end."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.disclosure.control import DEFAULT, shown
from analytics.families.looking import months_before
from analytics.management.flow import CARE, EARLY, ENDS, GROWN, NEED, NONE, PLAN, STARTS, UNBORN, Moves, moves
from data.access.gate import Session, cache_key
from pages.components import charts, tables
from pages.components.empty import empty
from pages.components.look import INK
from pages.components.words import day, number
from pages.entry.here import here
from pages.management import takeaway
from pages.management.picture_parts import Shown

#: Months that the period lasts, and months before the records' own day that it ends.
PERIODS = {
    "12-0": "The last 12 months", "3-0": "The last 3 months", "6-0": "The last 6 months", "24-0": "The last 2 years",
    "12-12": "12 months, a year ago", "12-24": "12 months, 2 years ago",
}  # fmt: skip
# Darker is more serious, so that grey print keeps the order; who is not or no longer a child of the city is grey.
_SHADES = {
    NONE: "#d9dee6", EARLY: "#9fc5de", NEED: "#3c7fb1", PLAN: "#1d3f72", CARE: "#0c1c36", UNBORN: "#eef1f5",
    GROWN: "#eef1f5",
}  # fmt: skip
_HEIGHT, _PAD = 430, 18
#: Not drawn: most children are in none of these services at either end.
_QUIET = {(NONE, NONE), (UNBORN, NONE), (NONE, GROWN), (UNBORN, GROWN)}


def show(view: Shown) -> None:
    """The flow, and every figure of it in a table."""
    lasts, back = (int(one) for one in view.chosen["period"].split("-"))
    until = months_before(view.today, back)
    found = _moves(here().session, cache_key(here().session), months_before(until, lasts), until)
    mine = found.narrowed(view.chosen["area"], view.chosen["age"])
    table, said = mine.table(), mine.told()
    if pd.isna(said["open"]):
        empty("Moves between services would be here.", "Too few children here were open to a service to tell.")
        return
    when = f"From {day(mine.since)} to {day(mine.until)}"
    head = view.head("Moves between services", _NOTE, when=when)
    out = table.rename(index=STARTS, columns=ENDS).rename_axis("start").reset_index()
    columns = {"start": f"On {day(mine.since)}", **{name: name for name in ENDS.values()}}
    takeaway.chart(_flow(table), "picture_flow", _says(mine, said), head, out, columns)
    st.markdown(f"Children by where they stood on {day(mine.since)} (rows) and on {day(mine.until)} (columns).")
    tables.table(out.set_index("start").map(shown).reset_index(), key="picture_moved", columns=columns)
    st.caption(_NOTE)


_NOTE = (
    "A child stands at the most serious service open on the day. Whoever went up and came down again within the period "
    "is where they ended; a shorter period shows more of that. Moves that are withheld are not drawn."
)


@st.cache_data(show_spinner="Counting …", max_entries=24)
def _moves(_session: Session, key: tuple[Any, ...], since: date, until: date) -> Moves:
    """Cached by snapshot and scope (``key``) and days."""
    return moves(_session, since, until)


def _says(found: Moves, said: pd.Series) -> str:
    told = {name: _in_words(value) for name, value in said.items()}
    return (
        f"**Of {told['open']} children with a service on {day(found.since)}, {told['out']} had none on "
        f"{day(found.until)}.** {told['up']} moved up, from no service as well, and {told['down']} down to something "
        f"less; {told['into']} came into care and {told['back']} left it. {told['between']} had more help in between "
        "than at either end."
    )


def _in_words(count: float) -> str:
    """A count within a sentence, where a lone c would puzzle."""
    return f"fewer than {DEFAULT.smallest}" if pd.isna(count) else number(count)


def _flow(table: pd.DataFrame) -> go.Figure:
    """Left the start, right the end; a band is as wide as its children are many."""
    starts, ends = list(STARTS), list(ENDS)
    told = table.to_dict("index")
    counted = {(a, b): float(told[a][b]) for a in starts for b in ends if (a, b) not in _QUIET}
    # A comparison with what is withheld, which is not a number, is never true.
    drawn = [(a, b, count) for (a, b), count in counted.items() if count > 0]
    left = [a for a in starts if any(one[0] == a for one in drawn)]
    right = [b for b in ends if any(one[1] == b for one in drawn)]
    labels = [STARTS[a] for a in left] + [ENDS[b] for b in right]
    sides = [_SHADES[a] for a in left] + [_SHADES[b] for b in right]
    middles = [*_heights(0, left, drawn), *_heights(1, right, drawn)]
    fig = charts.figure(height=_HEIGHT)
    fig.add_sankey(
        # Plotly's own labels would lie on the bands: these are for what it says of a node, and ours stand beside.
        arrangement="fixed", textfont={"size": 1, "color": "rgba(0,0,0,0)", "shadow": "none"},
        node={
            "label": labels, "color": sides, "pad": _PAD, "thickness": 16,
            "x": [0.001] * len(left) + [0.999] * len(right),
            "y": middles,
            "line": {"color": INK, "width": 0.7},
            "hovertemplate": "%{label}: %{value:,.0f} children who are drawn<extra></extra>",
        },
        link={
            "source": [left.index(a) for a, _, _ in drawn], "target": [len(left) + right.index(b) for _, b, _ in drawn],
            "value": [count for _, _, count in drawn],
            "color": [_faint(_SHADES[max(a, NONE) if b == GROWN else max(a, b)]) for a, b, _ in drawn],
            "customdata": [f"{number(count)} children" for _, _, count in drawn],
            "hovertemplate": "%{source.label} to %{target.label}: %{customdata}<extra></extra>",
        },
    )  # fmt: skip
    for at, (label, middle) in enumerate(zip(labels, middles, strict=True)):
        start = at < len(left)
        fig.add_annotation(
            text=label, x=0 if start else 1, xanchor="right" if start else "left", xshift=-10 if start else 10,
            y=1 - middle, yanchor="middle", xref="paper", yref="paper", showarrow=False,
        )  # fmt: skip
    fig.update_layout(margin={"t": 36, "b": 16, "l": 112, "r": 132})
    return fig


def _heights(side: int, order: list[int], drawn: list[tuple[int, int, float]]) -> list[float]:
    """The middle of each state's node, from 0 at the top to 1: in order of how serious they are."""
    sizes = [sum(one[2] for one in drawn if one[side] == state) for state in order]
    apart = _PAD / _HEIGHT
    whole = sum(sizes) / max(1 - apart * len(order), 0.1)
    tops = [sum(sizes[:at]) / whole + apart * at for at in range(len(order))]
    return [top + size / whole / 2 for top, size in zip(tops, sizes, strict=True)]


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.55)"
