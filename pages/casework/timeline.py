"""A life on one line of time: agencies as lanes, a row for each kind of thing, episodes as bars, moments as marks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from analytics.casework.gaps import Gap
from analytics.casework.rows import each
from data.events import KINDS, LANES
from pages.components.charts import figure, label
from pages.components.look import ACCENT, LINE, PROTECTS, QUIET
from pages.components.words import day, month, plural, span

_ROW, _FRAME = 26, 54
# Of the drawing on a 1366-pixel screen: its width, and that of a letter in a bar; letters of a row's name in a line.
_WIDTH, _LETTER, _NAME = 690, 6.6, 34
#: A kind with more in view than this is drawn month by month: nobody reads sixty marks on one line.
CROWDED = 60
# Marks that a line can hold side by side.
_READABLE = 36
_DAY, _MONTH = 86_400_000, 30.44


@dataclass
class Mark:
    """One thing to draw: an episode as a bar, a moment, or ``times`` of a kind in a month; ``y`` is its line."""

    kind: str
    said: str
    source: str
    protective: bool
    bar: bool
    began: date
    ended: date | None
    value: float
    times: int = 1
    months: int = 1
    y: int = 0

    def shown(self, today: date, since: date) -> tuple[date, date]:
        """From when to when it is drawn: cut off at the figure's edges, never too short to be seen."""
        ends = min(self.ended or today, today)
        return max(self.began, since), max(ends, self.began + timedelta(days=3))


def timeline(happened: pd.DataFrame, gaps: list[Gap], today: date, since: date) -> go.Figure:
    """Draw events (as `analytics.casework.person.events` gives them); those that last are bars, open ones end today."""
    rows = _by_kind(happened, today, since)
    marks = [mark for mine in rows.values() for mark in mine]
    depth = max(mark.y for mark in marks) + 1
    fig = figure(_FRAME + _ROW * depth)
    _gaps(fig, rows, gaps, since)
    for protective, name, colour, symbol in (
        (False, "Happened", ACCENT, "circle"),
        (True, "Strength", PROTECTS, "diamond"),
    ):
        mine = [mark for mark in marks if mark.protective == protective]
        _bars(fig, [mark for mark in mine if mark.bar], name, colour, today, since)
        _moments(fig, [mark for mark in mine if not mark.bar], name, colour, symbol)
    _names(fig, rows, depth)
    fig.add_vline(x=pd.Timestamp(today).timestamp() * 1000, line={"color": QUIET, "width": 1, "dash": "dot"})
    fig.update_xaxes(type="date", range=[since, today + timedelta(days=20)], tickformat="%b\n%Y", side="bottom")
    fig.update_layout(dragmode="zoom", showlegend=False, bargap=0.3, barmode="overlay", hovermode="closest")
    return fig


def _by_kind(happened: pd.DataFrame, today: date, since: date) -> dict[str, list[Mark]]:
    """Marks by kind in the order of their rows: by agency, what lasts before what does not, the earliest first."""
    kinds: dict[str, list[Mark]] = {}
    for row in each(happened.sort_values(["occurred_on", "event"])):
        ended = None if pd.isna(row.ended_on) else row.ended_on.date()
        mark = Mark(
            row.kind, row.said, row.from_source, row.protective, row.lasts, row.occurred_on.date(), ended, row.value
        )
        kinds.setdefault(row.kind, []).append(mark)
    kinds = {kind: _by_month(mine, since) if len(mine) > CROWDED else mine for kind, mine in kinds.items()}
    lanes = list(LANES)
    order = sorted(
        kinds, key=lambda kind: (lanes.index(KINDS[kind].lane), not kinds[kind][0].bar, kinds[kind][0].began)
    )
    top = 0
    for kind in order:
        spans = [mark.shown(today, since) for mark in kinds[kind]]
        lines = _lines(spans) if kinds[kind][0].bar else [0] * len(spans)
        for mark, line in zip(kinds[kind], lines, strict=True):
            mark.y = top + line
        top += max(lines) + 1
    return {kind: kinds[kind] for kind in order}


def _by_month(mine: list[Mark], since: date) -> list[Mark]:
    """Of a kind with too many in view one mark a month, over many years a quarter or a year, told by how many."""
    spread = (mine[-1].began - max(mine[0].began, since)).days / _MONTH
    step = next(step for step in (1, 3, 12) if spread <= _READABLE * step or step == 12)
    months: dict[date, list[Mark]] = {}
    for mark in mine:
        on = max(mark.began, since)
        months.setdefault(on.replace(month=on.month - (on.month - 1) % step, day=1), []).append(mark)
    return [
        replace(
            these[0], said=f"{KINDS[these[0].kind].label}: {plural(len(these), 'time')}", bar=False, ended=None,
            began=max(when, since), times=len(these), months=step,
        )
        for when, these in months.items()
    ]  # fmt: skip


def _lines(spans: list[tuple[date, date]]) -> list[int]:
    """For each episode, in order of its beginning, the first line on which nothing else stands by then."""
    free: list[date] = []
    lines = []
    for begins, ends in spans:
        line = next((n for n, busy in enumerate(free) if busy <= begins), len(free))
        free[line : line + 1] = [ends]
        lines.append(line)
    return lines


def _gaps(fig: go.Figure, rows: dict[str, list[Mark]], gaps: list[Gap], since: date) -> None:
    """A dotted line from one episode to the next, with how long nothing was recorded."""
    for gap in gaps:
        mine = rows.get(gap.kind)
        if not mine or not mine[0].bar or gap.ends <= since:
            continue
        fig.add_scatter(
            x=[max(gap.begins, since), gap.ends], y=[min(mark.y for mark in mine)] * 2, mode="lines", hoverinfo="text",
            line={"color": QUIET, "width": 1.5, "dash": "dot"},
            hovertext=f"{label(KINDS[gap.kind].label)}: nothing for {plural(gap.days, 'day')}"
            f"<br>{span(gap.begins, gap.ends)}",
        )  # fmt: skip


def _bars(fig: go.Figure, marks: list[Mark], name: str, colour: str, today: date, since: date) -> None:
    if not marks:
        return
    spans = [mark.shown(today, since) for mark in marks]
    days_a_letter = (today - since).days * _LETTER / _WIDTH
    fig.add_bar(
        base=[begins for begins, _ in spans],
        x=[(ends - begins).days * _DAY for begins, ends in spans],
        y=[mark.y for mark in marks],
        orientation="h",
        name=name,
        width=0.62,
        marker={"color": colour, "opacity": 0.78, "line": {"width": 0}},
        hovertext=[_hover(mark) for mark in marks],
        hoverinfo="text",
        text=[
            label(_short(mark, (ends - begins).days / days_a_letter))
            for mark, (begins, ends) in zip(marks, spans, strict=True)
        ],
        textposition="inside",
        insidetextanchor="start",
        textangle=0,
        textfont={"size": 12, "color": "#ffffff"},
        constraintext="none",
        cliponaxis=True,
    )


def _moments(fig: go.Figure, marks: list[Mark], name: str, colour: str, symbol: str) -> None:
    if not marks:
        return
    most = max(mark.times for mark in marks)
    fig.add_scatter(
        x=[mark.began for mark in marks],
        y=[mark.y for mark in marks],
        mode="markers",
        name=name,
        hoverinfo="text",
        hovertext=[_hover(mark) for mark in marks],
        marker={
            "symbol": symbol,
            "size": [12 if most == 1 else 8 + 14 * mark.times / most for mark in marks],
            "color": colour,
            "line": {"color": "#ffffff", "width": 1.5},
        },
    )


def _hover(mark: Mark) -> str:
    when = span(mark.began, mark.ended) if mark.bar else day(mark.began)
    if mark.times > 1:
        when = month(mark.began) if mark.months == 1 else f"{plural(mark.months, 'month')} from {month(mark.began)}"
    return f"{label(mark.said)}<br>{when}<br>{label(mark.source)}"


def _short(mark: Mark, letters: float) -> str:
    """What fits in a bar: its figure, else what tells it from others of its row; nothing rather than half a word."""
    kind = KINDS[mark.kind]
    before, _, _ = kind.said.partition("{detail}")
    detail = mark.said.removeprefix(before) if mark.said != mark.said.removeprefix(before) else ""
    unit = kind.unit.removesuffix("s") if mark.value == 1 else kind.unit
    said = detail if not unit else f"{mark.value:,.0f} {unit}" if mark.value == mark.value else ""
    return said if letters > len(said) + 1 else ""


def _names(fig: go.Figure, rows: dict[str, list[Mark]], depth: int) -> None:
    """The name of each kind beside its first line, and that of the agency in bold where it begins."""
    tops = [min(mark.y for mark in mine) for mine in rows.values()]
    lanes = [KINDS[kind].lane for kind in rows]
    begins = [n == 0 or lanes[n - 1] != lane for n, lane in enumerate(lanes)]
    fig.update_yaxes(
        tickvals=tops,
        ticktext=[
            f"{f'<b>{label(LANES[lane])}</b>  ' if new else ''}{_wrapped(KINDS[kind].label)}  "
            for kind, lane, new in zip(rows, lanes, begins, strict=True)
        ],
        tickfont={"size": 12},
        range=[depth - 0.5, -0.5],
        fixedrange=True,
        showgrid=False,
    )
    for top in [top for top, new in zip(tops, begins, strict=True) if new][1:]:
        fig.add_hline(y=top - 0.5, line={"color": LINE, "width": 1})


def _wrapped(name: str) -> str:
    return "<br>".join(label(line) for line in wrap(name, _NAME))
