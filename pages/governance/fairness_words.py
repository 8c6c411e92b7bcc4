"""Fairness in plain words, and its picture: marks with intervals that can be read on grey paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.disclosure.control import DEFAULT, HIDDEN
from analytics.evaluation.groups import NOT_RECORDED
from analytics.fairness.by_group import Cell, Group, ends, told_apart
from pages.components import charts, tables
from pages.components.escape import text
from pages.components.look import INK, QUIET
from pages.components.words import number

#: So many groups are named where they are put together; more are counted.
FEWEST = 6
NAMED = {
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "age": "Age",
    "sen": "Special needs",
    "deprivation": "Deprivation of the area",
}
_SAID = {
    ("sen", "plan"): "children with an EHC plan",
    ("sen", "support"): "children with SEN support",
    ("sen", "none"): "children without special needs",
    ("sex", "boys"): "boys",
    ("sex", "girls"): "girls",
}
_SHORT = {("sen", "plan"): "EHC plan", ("sen", "support"): "SEN support", ("sen", "none"): "no special needs"}


@dataclass(frozen=True)
class Figure:
    """One figure: its label, a sentence of one group with ``{who}`` and ``{share}``, what it means, what to see."""

    label: str
    sentence: str
    means: str
    says: str
    share: bool = True


FIGURES = {
    "precision_at_capacity": Figure(
        "Right, of the list",
        "of {who} on the list, {share} were later identified",
        "of the children on the list, how many were later identified. Low for a group: its families are troubled for "
        "nothing more often.",
        "Further right: more of those on the list were later identified.",
    ),
    "recall_at_capacity": Figure(
        "Found",
        "of {who} who were later identified, {share} had been on the list",
        "of the children who were later identified, how many had been on the list. Low for a group: it is offered "
        "help less often.",
        "Further right: more of those later identified had been on the list.",
    ),
    "selection_rate": Figure(
        "On the list",
        "of all {who}, {share} were on the list",
        "of all children of the group, how many are on the list, rightly or wrongly.",
        "Further right: more of the group are on the list.",
    ),
    "false_positive_rate": Figure(
        "Wrongly on it",
        "of {who} who were not identified, {share} were on the list all the same",
        "of the children who were not identified, how many were on the list all the same (the false positive rate).",
        "Further right: more of those who were not identified were on the list.",
    ),
    "false_negative_rate": Figure(
        "Missed",
        "of {who} who were later identified, {share} had not been on the list",
        "of the children who were later identified, how many had not been on the list (the false negative rate).",
        "Further right: more of those later identified were missed.",
    ),
    "calibration_gap": Figure(
        "Told too much",
        "{who} were told a chance {share}",
        "the mean chance that the model told, less the share that was identified, in percentage points. Above zero "
        "it told too much, below too little.",
        "Right of zero: the model told a higher chance than came true. Left of it: a lower one.",
        share=False,
    ),
}


def by(grouping: str) -> str:
    """``sex and ethnicity``."""
    return " and ".join(NAMED[name].lower() for name in grouping.split(","))


def named(grouping: str, name: str) -> str:
    """A group in a sentence: ``Black children``, ``girls``, ``children aged 13 and 14``; of pairs both."""
    pairs = [_one(*pair) for pair in zip(grouping.split(","), name.split(","), strict=True)]
    return pairs[0] if len(pairs) == 1 else f"{pairs[0]} ({', '.join(pairs[1:])})"


def _who(group: Group) -> str:
    return "children of the other groups together" if group.of else named(group.grouping, group.name)


def _one(grouping: str, name: str) -> str:
    if (grouping, name) in _SAID:
        return _SAID[grouping, name]
    if name == NOT_RECORDED:
        return f"children whose {NAMED[grouping].lower()} is not recorded"
    if grouping == "age":
        return f"children aged {name}"
    return f"children of the {name} areas" if grouping == "deprivation" else f"{name} children"


def _tick(group: Group) -> str:
    """A group's name on the axis: short."""
    if group.of:
        return group.name
    pairs = zip(group.grouping.split(","), group.name.split(","), strict=True)
    return ", ".join(_SHORT.get(pair, pair[1]) for pair in pairs)


def share(value: float) -> str:
    """A share as people: ``3 in 10``, ``4 in 100``."""
    if value == 0:
        return "none"
    base = next((base for base in (10, 100, 1000) if value * base >= 0.95), 10_000)
    return "all" if value == 1 else f"about {round(value * base)} in {number(base)}"


def _points(value: float) -> str:
    if abs(value) < 0.0005:
        return "that came true"
    return f"{abs(100 * value):.1f} points too {'high' if value > 0 else 'low'}"


def sentences(told: Sequence[Group], everybody: Sequence[Group], metric: str) -> list[str]:
    """What the picture says: the two ends, whether they can be told apart, and who can't be spoken of."""
    figure, two = FIGURES[metric], ends(told, metric)
    lines = []
    if two is None:
        lines.append(
            "**There are too few children to hold groups against each other.** What can be shown is below; that no "
            "difference is seen here does not mean that there is none."
        )
    else:
        lines.append(f"**{_compared(figure, metric, *two)}** {_verdict(told, metric)}")
    for whole in everybody:
        cell = whole.figures.get(metric)
        if cell is not None and cell.value is not None:
            lines[-1] += f" Of everybody: {_value(figure, cell.value)}."
    few = [group for group in told if group.small and NOT_RECORDED not in group.name]
    if few and two is not None and len(few) <= 4:
        names = ", ".join(text(_who(group)) for group in few)
        lines.append(f":gray[Too few to read much into: {names}.]")
    return lines


def _compared(figure: Figure, metric: str, high: Group, low: Group) -> str:
    """``Of Black children on the list, about 3 in 10 were later identified; of White children about 2 in 10``."""
    first, other = (group.figures[metric].value or 0.0 for group in (high, low))
    said = figure.sentence.format(who=text(_who(high)), share=_value(figure, first))
    link = "of " if figure.share else ""
    return f"{said[:1].upper()}{said[1:]}; {link}{text(_who(low))} {_value(figure, other)}."


def _value(figure: Figure, value: float) -> str:
    return share(value) if figure.share else _points(value)


def _verdict(told: Sequence[Group], metric: str) -> str:
    apart = told_apart(told, metric)
    if not apart:
        return "The ranges overlap, so this may be chance."
    high, low = apart[0]
    one, other = (text(_who(group)) for group in (high, low))
    return f"The ranges of {one} and {other} don't overlap: this is hardly chance."


def chart(told: Sequence[Group], everybody: Sequence[Group], metric: str) -> go.Figure:
    """A mark and its interval a group, filled where there are enough children; a line at everybody's figure."""
    drawn = [group for group in reversed(told) if _drawn(group, metric)]
    fig = charts.figure(height=70 + 34 * max(len(drawn), 2))
    ticks = [charts.label(_tick(group)) for group in drawn]
    for small, symbol, what in ((False, "circle", "enough children"), (True, "circle-open", "few children")):
        mine = [(tick, group.figures[metric]) for tick, group in zip(ticks, drawn, strict=True) if group.small is small]
        if mine:
            fig.add_scatter(**_marks(mine, symbol, what))
    for whole in everybody:
        cell = whole.figures.get(metric)
        if cell is not None and (value := cell.value) is not None:
            fig.add_vline(x=100 * value, line={"color": QUIET, "dash": "dash", "width": 1})
            fig.add_annotation(
                x=100 * value, y=1, yref="paper", yanchor="bottom", text="everybody", showarrow=False,
                font={"size": 12, "color": QUIET},
            )  # fmt: skip
    unit = "%" if FIGURES[metric].share else "percentage points"
    fig.update_xaxes(title=f"{FIGURES[metric].label}, {unit}", rangemode="tozero")
    fig.update_yaxes(categoryorder="array", categoryarray=ticks, showgrid=False)
    fig.update_layout(showlegend=False, margin={"t": 22})
    return fig


def _drawn(group: Group, metric: str) -> bool:
    return metric in group.figures and group.figures[metric].value is not None


def _marks(mine: Sequence[tuple[str, Cell]], symbol: str, what: str) -> dict[str, object]:
    ends = [_ends(cell) for _, cell in mine]
    return {
        "x": [value for _, value, _ in ends],
        "y": [tick for tick, _ in mine],
        "mode": "markers",
        "name": what,
        "marker": {"size": 11, "color": INK, "symbol": symbol, "line": {"width": 2, "color": INK}},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [high - value for _, value, high in ends],
            "arrayminus": [value - low for low, value, _ in ends],
            "color": INK,
            "thickness": 1.5,
        },
        "hovertemplate": "%{y}: %{x:.1f}<extra></extra>",
    }


def _ends(cell: Cell) -> tuple[float, float, float]:
    """Lower end, value and upper end in hundredths; an end that is not known lies on the value."""
    value = cell.value or 0.0
    low, high = (value if end is None else end for end in (cell.low, cell.high))
    return 100 * low, 100 * value, 100 * high


def table_of(told: Sequence[Group]) -> pd.DataFrame:
    """Every figure of every group as text; ``c`` where it is withheld."""
    return pd.DataFrame(
        [
            {
                "group": _tick(group),
                "children": HIDDEN if group.children is None else number(group.children),
                "identified": HIDDEN if group.identified is None else number(group.identified),
                **{name: _text(FIGURES[name], cell) for name, cell in group.figures.items() if name in FIGURES},
                "note": _note(group),
            }
            for group in told
        ]
    )


def _note(group: Group) -> str:
    if group.of:
        who = ", ".join(group.of) if len(group.of) <= FEWEST else f"{len(group.of)} groups"
        return f"{who}: of each something is withheld"
    return "few" if group.small else ""


def group_table(told: Sequence[Group], key: str) -> None:
    """Every figure of every group, and the rule by which some are withheld."""
    frame = table_of(told)
    labels = {name: figure.label for name, figure in FIGURES.items() if name in frame}
    first = {"group": by(told[0].grouping).capitalize(), "children": "Children", "identified": "Later identified"}
    tables.table(frame, key=key, columns={**first, **labels, "note": "Note"})
    st.caption(
        f"{DEFAULT.words} A figure is withheld with the counts that it is made of, and told of all such groups "
        "together. Intervals: 95 %, from 200 resamplings of families; of groups put together, Wilson's. *few*, and "
        "hollow marks: fewer than 50 children, or fewer than 10 later identified."
    )


def _text(figure: Figure, cell: Cell) -> str:
    """``38 % (31 to 45)``."""
    if cell.value is None:
        return HIDDEN if cell.withheld else "–"
    decimals = 0 if figure.share and cell.value >= 0.1 else 1
    low, high = (("?" if end is None else f"{100 * end:.{decimals}f}") for end in (cell.low, cell.high))
    return f"{100 * cell.value:.{decimals}f}{' %' if figure.share else ''} ({low} to {high})"
