"""Bars of words: what raises a score and what lowers it. Plain HTML, because a first Plotly chart takes two seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from pages.components.escape import markup
from pages.components.words import signed

Kind = Literal["raises", "lowers", "neutral"]


@dataclass(frozen=True)
class Bar:
    """One bar: a sentence, its size, what stands at its end (``+12``), and a quiet note below."""

    label: str
    size: float
    end: str
    note: str = ""


def contribution(label: str, points: float, note: str = "") -> Bar:
    """A bar for points that an indicator adds to a score, or takes off it."""
    return Bar(label, abs(points), signed(points), note)


def bars(rows: Sequence[Bar], kind: Kind = "neutral", longest: float | None = None) -> None:
    """Draw bars on one scale. Give ``longest`` when two lists are to share it."""
    top = max([longest or 0.0, *(row.size for row in rows)], default=0.0) or 1.0
    body = "".join(_row(row, kind, 100 * row.size / top) for row in rows)
    st.html(f'<div class="k-bars">{body}</div>')


def _row(row: Bar, kind: Kind, width: float) -> str:
    note = f'<div class="note">{markup(row.note)}</div>' if row.note else ""
    bar = f'<div class="bar {kind}" style="width:{width:.1f}%"></div>' if width else ""
    return f'<div>{markup(row.label)}{note}</div><div>{bar}</div><div class="points">{markup(row.end)}</div>'


def dots(filled: int, of: int = 10) -> None:
    """``filled`` of ``of`` people, as dots, with the same in words for a screen reader."""
    st.html(
        f'<div class="k-dots" role="img" aria-label="{int(filled)} of {int(of)}">{"●" * filled}'
        f'<span class="rest">{"○" * (of - filled)}</span></div>'
    )
