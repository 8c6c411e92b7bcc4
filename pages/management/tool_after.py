"""Outcomes of the tool, what followed: children allocated beside children alike who were not, and how alike."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analytics.management.export import Head
from analytics.management.matching import ALIKE, Difference
from analytics.management.tool_followed import ALIKE_IN, MONTHS, After, Change, Like, after, alike
from analytics.management.tool_outcomes import Given
from data.access.gate import Session, cache_key
from pages.components import charts
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.look import ACCENT, BANDS
from pages.components.words import day, number, plural
from pages.entry.here import here
from pages.management.takeaway import chart, table
from pages.management.tool_parts import NUDGED

_CAVEAT = (
    "**Not proof of an effect.** Nobody drew lots: workers chose whom to allocate by what they saw, and no record "
    "holds all of that. Whoever is worked with is also watched more closely, so more of what happens to them is on "
    "record. A difference here is a reason to ask; a trial would be an answer."
)
_COLUMNS = {
    "words": "Of 100 children", "before": "Before", "after": "After", "like_before": "Alike: before",
    "like_after": "Alike: after", "gap": "Difference",
}  # fmt: skip


def show(session: Session, every: Given, model: str, team: str, filters: dict[str, str]) -> None:
    """How many months, what followed, and how alike the two are; of one list and one team, or of all (empty)."""
    found = _compared(session, cache_key(session), every, every.mark, model, team)
    if found is None:
        which = "No allocation of this list and team" if model or team else "No allocation"
        empty(
            "What followed allocations would be here.",
            f"{which} is three months old by {day(session.snapshot.recorded_until)}, to which the records reach.",
            "Come back when newer records have been read.",
        )
        return
    like, told = found
    months = st.segmented_control(
        "After",
        [str(one) for one in MONTHS],
        format_func="{} months".format,
        default="6",
        required=True,
        key="tool_months",
    )
    mine = next(one for one in told if str(one.months) == months)
    if pd.isna(mine.allocated) or pd.isna(mine.like) or not mine.allocated:
        empty(
            f"What followed in {months} months would be here.",
            "Too few allocated children are that long ago, or too few children are like them.",
            "Look after fewer months, or at all lists and teams.",
        )
        return
    st.warning(_CAVEAT, icon=":material/balance:")
    _matched(like, mine)
    head = Head(
        f"What followed allocations in {months} months",
        f"By records to {day(here().today)}", NUDGED,
        filters, (_CAVEAT.replace("**", ""),),
    )  # fmt: skip
    left, right = st.columns([2, 3])
    with left:
        _differences(mine, head)
    with right:
        _table(mine, head)
        _balance(like)
    st.caption(
        f"{NUDGED} Shares are of 100 children with at least one in {months} months before the day of the allocation, "
        "or after it. Intervals hold what is so 19 times of 20: whole families are drawn again 2,000 times, with room "
        "for the nudges."
    )


@st.cache_resource(show_spinner=False, max_entries=20)
def _compared(
    _session: Session, key: tuple[Any, ...], _every: Given, mark: str, model: str, team: str
) -> tuple[Like, tuple[After, ...]] | None:
    """Kept by snapshot, scope, shown models (``key``), by which allocations there are (``mark``), and what is asked."""
    everybody = _sought(_session, key, _every, mark)
    like = None if everybody is None else everybody.only(model, team)
    return None if like is None else (like, after(_session, like))


@st.cache_resource(show_spinner="Finding children alike …", max_entries=4)
def _sought(_session: Session, key: tuple[Any, ...], _every: Given, mark: str) -> Like | None:
    """Kept likewise: who is like whom is found once for all that is asked of it."""
    return alike(_session, _every)


def _matched(like: Like, mine: After) -> None:
    alone = len(like.found.alone)
    st.markdown(
        f"**{number(mine.allocated)} allocated children** are compared with **{number(mine.like)} like them** who "
        "never were: of the same quarter, area and sex, and near in age, in score and in what was on record. "
        + ("For some children nobody was alike: nothing is told of those." if alone else "")
    )
    if not like.scored:
        st.info("Scores may not be shown at present, so the two are **not alike in score**.", icon=":material/info:")
    if not like.balance.alike:
        st.info(
            "The two still **differ by more than is usual** in something that they were matched on: see below. Take "
            "the differences for less.",
            icon=":material/info:",
        )


def _differences(mine: After, head: Head) -> None:
    shown = [one for one in mine.changes if one.difference is not None]
    if not shown:
        st.markdown("Of each thing that may follow, **too few** had it, or had it not, for a difference to be told.")
        return
    fig = charts.figure(height=70 + 48 * len(shown))
    ends = [(one.words, one.difference) for one in shown if one.difference]
    fig.add_scatter(
        x=[100 * gap.value for _, gap in ends], y=[words for words, _ in ends], mode="markers",
        marker={"size": 11, "color": [BANDS["heightened"] if _far(gap) else ACCENT for _, gap in ends],
                "symbol": ["diamond" if _far(gap) else "circle-open" for _, gap in ends]},
        error_x={"array": [100 * (gap.high - gap.value) for _, gap in ends],
                 "arrayminus": [100 * (gap.value - gap.low) for _, gap in ends], "color": ACCENT},
        customdata=[[100 * gap.low, 100 * gap.high] for _, gap in ends],
        hovertemplate="%{y}: %{x:+.0f} of 100 (%{customdata[0]:+.0f} to %{customdata[1]:+.0f})<extra></extra>",
    )  # fmt: skip
    fig.add_vline(x=0, line={"color": "#55606e", "dash": "dot"})
    fig.update_yaxes(autorange="reversed")
    fig.update_xaxes(title="more of 100 allocated than of 100 alike", zeroline=False)
    says = f"**{_said(shown)}** A filled diamond: the interval leaves out nought."
    columns = {"words": "What followed", "difference": "Difference, of 100", "low": "From", "high": "To"}
    frame = pd.DataFrame(
        [(words, 100 * gap.value, 100 * gap.low, 100 * gap.high) for words, gap in ends], columns=list(columns)
    ).round(1)  # fmt: skip
    chart(fig, "tool_differences", says, head, frame, columns, wide=0.38)


def _far(gap: Difference) -> bool:
    """Whether the interval leaves out nought."""
    return gap.low > 0 or gap.high < 0


def _said(shown: list[Change]) -> str:
    far = [one for one in shown if one.difference and _far(one.difference)]
    if not far:
        return "Nothing followed surely more often among one than among the other."
    return "Told apart: " + "; ".join(
        f"{one.words.lower()} was {'more' if one.difference.value > 0 else 'less'} frequent among the allocated"
        for one in far if one.difference
    ) + "."  # fmt: skip


def _table(mine: After, head: Head) -> None:
    shares = ("before", "after", "like_before", "like_after")
    rows = [
        {"words": one.words, **{name: _share(getattr(one, name)) for name in shares}, "gap": _gap(one)}
        for one in mine.changes
    ]
    table(pd.DataFrame(rows), "tool_changes", head, _COLUMNS)


def _share(value: float | None) -> str:
    return "c" if value is None else f"{100 * value:.0f}"


def _gap(one: Change) -> str:
    gap = one.difference
    return "c" if gap is None else f"{100 * gap.value:+.0f} ({100 * gap.low:+.0f} to {100 * gap.high:+.0f})"


def _balance(like: Like) -> None:
    with st.expander(f"How alike are they? {_alike(like)}"):
        st.markdown(
            "Differences between the means of both, in standard deviations. Before: all children of the same quarters, "
            f"areas, sexes and ages. Up to {ALIKE} either way is usually taken for alike."
        )
        rows = [
            {"what": trait.words, "before": _said_apart(one), "after": _said_apart(other)}
            for trait, one, other in zip(ALIKE_IN.values(), like.balance.before, like.balance.after, strict=True)
        ]
        columns = {"what": "On record", "before": "Before matching", "after": "Matched"}
        table(pd.DataFrame(rows), "tool_balance", Head("How alike the compared are", "At the time", NUDGED), columns)


def _alike(like: Like) -> str:
    far = sum(abs(one) > ALIKE for one in like.balance.after if one == one)
    return "In all they were matched on." if like.balance.alike else f"Not in {plural(far, 'thing')}."


def _said_apart(value: float) -> str:
    return "not known" if value != value else text(f"{value:+.2f}").replace("\\", "")
