"""The bars of an invented child, and the same with something left out of the file: by the model in use, not by hand."""

from __future__ import annotations

import streamlit as st

from analytics.training.case import Case
from analytics.training.cases import CASES
from analytics.training.reading import Reading, read
from data.events import KINDS
from pages.components import look
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import plural, signed
from pages.entry.here import here
from pages.training.parts import place, reasons

_SAYS = (
    "**A bar says** how much this thing in the records moved this score: 10 points are about 2.7 times the "
    "odds. All bars "
    "together, with what every child starts from, are the score."
)
_SAYS_NOT = (
    "**A bar does not say** that the thing caused harm, that changing it would help, or that it is true. Two "
    "things that "
    "often come together share their points between them, so a short bar may hide behind a long one. And what nobody "
    "recorded has no bar."
)


def bars_taken_apart() -> None:
    """Choose a child, leave something out, and see both."""
    st.markdown(_SAYS)
    st.markdown(_SAYS_NOT)
    left, right = st.columns(2)
    name = left.selectbox("Invented child", list(CASES), format_func=lambda key: CASES[key].child, key="lesson_child")
    case = CASES[name]
    kinds = {entry.kind: KINDS[entry.kind].label for entry in case.file if entry.of == "self"}
    out = right.selectbox(
        "Leave out of the file", [None, *kinds],
        format_func=lambda kind: "Nothing left out yet" if kind is None else kinds[kind], key=f"lesson_out_{name}",
    )  # fmt: skip
    reading = read(here().session, case)
    if reading is None:
        empty("The bars would be here.", "No model was trained: there are too few known cases to learn from.")
        return
    if reading.withheld:
        st.caption(
            ":material/visibility_off: For training only: casework pages don't show this score. "
            f"{text(reading.withheld)}"
        )
    if out is not None:
        reading = _without(case, out, reading)
    reasons(reading)


def _without(case: Case, out: str, before: Reading) -> Reading:
    after = read(here().session, case.leaving_out(frozenset({out})))
    assert after is not None, "the same model reads both"
    gone = sum(entry.kind == out and entry.of == "self" for entry in case.file)
    st.markdown(
        f"Without {plural(gone, 'line')} of *{text(KINDS[out].label.lower())}*: {_said(before)} becomes "
        f"**{_said(after)}**. "
        f"The bars together went from {_sum(before)} to {_sum(after)}. "
        f"Nothing happened to {text(case.child)}: only what is written down has changed."
    )
    return after


def _said(reading: Reading) -> str:
    return f"{look.band_words(reading.band)}, higher than {place(reading)}"


def _sum(reading: Reading) -> str:
    return signed(sum(part.points for part in reading.parts))
