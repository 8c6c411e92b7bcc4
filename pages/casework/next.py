"""What happened next for the nearest known cases, and what helped: counts, with what they do not say."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analytics.casework.afterwards import Afterwards, Line, afterwards
from analytics.disclosure.control import DEFAULT
from analytics.models.specs import SPECS
from pages.components.bars import Bar, bars
from pages.components.escape import text
from pages.components.words import number
from pages.entry.here import here

_FEW = "too few to tell"
_CAVEAT = (
    "*No further episode* means: not reported missing, from home or from care, and no harm told of, from the day the "
    "service began until the year was over. It is what followed, not what the service did: those who were offered it "
    f"may have been worse off, or better, from the start. {DEFAULT.words}"
).replace(" are withheld, shown as c, with a second cell where one could be worked out", " are not told")


def show_next(model: str, numbers: Sequence[int]) -> None:
    """Of the known cases ``numbers``."""
    st.subheader("What happened next, and what helped")
    found = afterwards(here().session, model, SPECS[model].profile, numbers)
    if found is None:
        st.caption("Too few of these cases were identified a year ago or longer to say anything.")
        return
    st.markdown(_summary(found))
    shown = [line for line in found.lines if line.began is not None]
    if shown:
        st.markdown("**Begun in the year after, and no further episode since**")
        bars([_bar(line) for line in shown], "neutral", max(line.began or 0 for line in shown))
    few = [line.service for line in found.lines if line.began is None]
    if few:
        st.caption(f"Begun for too few of them to tell: {text('; '.join(few))}.")
    st.caption(_CAVEAT)


def _summary(found: Afterwards) -> str:
    return (
        f"The **{number(found.cases)} nearest known cases** whose year is over. With an episode (missing from home or "
        f"care, or harm told of) in the year before they were identified: **{_count(found.before)}**; in the year "
        f"after: **{_count(found.after)}**."
    )


def _count(value: float | None) -> str:
    return "all but a few, or a few" if value is None else number(value)


def _bar(line: Line) -> Bar:
    quiet = f"no further episode: {number(line.quiet)} of {number(line.began)}"
    few = f"no further episode: {_FEW}"
    service = line.service[:1].upper() + line.service[1:]
    return Bar(service, line.began or 0, number(line.began), few if line.quiet is None else quiet)
