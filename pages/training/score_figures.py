"""The measured figures behind the lessons, as signs and sentences."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.training.figures import Figures, Level, Span
from pages.components import tables
from pages.components.escape import text
from pages.components.people import people
from pages.components.words import plural

_TOPS = {"1%": 0.01, "2%": 0.02, "5%": 0.05}


def how_rare(found: Figures) -> None:
    """A guess first; then a thousand children."""
    happened, said = text(found.note.happened), found.base
    asked, button = st.columns([3, 2], vertical_alignment="bottom")
    guess = asked.number_input(
        f"Your guess first: of 1,000 children, how many {happened} in a year?",
        0, 1000, value=None, step=1, key=f"lesson_guess_{found.note.name}",
    )  # fmt: skip
    shown = button.toggle("I have no idea: show it", key=f"lesson_no_guess_{found.note.name}")
    if guess is None and not shown:
        return
    yours = "" if guess is None else f"You said {guess:,}. "
    st.markdown(f"{yours}**Of 1,000 children, {_of(said, 1000)} {happened} in the year.**")
    people(
        round(1000 * said.value),
        happened,
        "did not" if not happened.startswith("were") else "were not",
        of=1000,
        across=50,
    )


def list_of(found: Figures) -> None:
    """How many are right on a list, and how many of those to be found are on it, as it gets longer."""
    sizes = [one.size for one in found.lists]
    size = st.select_slider(
        "Places on the list", sizes, value=found.list_of_places.size, format_func=lambda one: f"{one:,}",
        key=f"lesson_size_{found.note.name}",
    )  # fmt: skip
    one = next(each for each in found.lists if each.size == size)
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"**Of 100 on a list of {size:,}, {_of(one.right)} {text(found.note.happened)}.**")
        people(_whole(one.right), "identified", "not", across=10)
    with right:
        st.markdown(f"**Of 100 who {text(found.note.happened)}, {_of(one.found)} were on it.**")
        people(_whole(one.found), "on the list", "not on it", across=10)
    wrong = (1 - one.right.value) / one.right.value if one.right.value else None
    others = "" if wrong is None else f"For each one of them, about {wrong:.0f} others were on the list. "
    best = ""
    if size == found.places and found.ceiling < 1:
        best = f"Even a perfect list of this length could be right in {100 * found.ceiling:.0f} of 100 places only."
    st.markdown(others + best)


def chance(found: Figures) -> None:
    """What was told beside what came true, level by level."""
    levels = found.levels
    at = st.select_slider(
        "A child who was given a chance of", range(len(levels)), value=len(levels) - 1,
        format_func=lambda number: f"{100 * levels[number].told:.1f} of 100", key=f"lesson_level_{found.note.name}",
    )  # fmt: skip
    level, happened = levels[at], text(found.note.happened)
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"**Given: {100 * level.told:.1f} of 100.**")
        people(round(100 * level.told), "by the chance that was given", "not", across=10)
    with right:
        st.markdown(f"**Came true: {_of(level.found, exact=True)} of 100 {happened}.**")
        people(_whole(level.found), happened, "not", across=10)
    st.markdown(_verdict(level))
    with st.expander("All ten levels of the highest 5 %"):
        rows = [
            {
                "told": f"{100 * one.told:.1f}",
                "found": _of(one.found, exact=True),
                "line": "✓ yes" if one.in_line else "✗ no",
            }
            for one in levels
        ]
        columns = {"told": "Given, of 100", "found": "Came true, of 100", "line": "In line"}
        tables.table(pd.DataFrame(rows), key="lesson_levels", columns=columns)


def _verdict(level: Level) -> str:
    if level.in_line:
        return "What was given lies within what came true: at this level the chance can be taken for what it says."
    way = "Fewer" if level.told > level.found.value else "More"
    return f"{way} than was given, and by more than luck: at this level the chance should not be taken at its word."


def low(found: Figures) -> None:
    """Of those who came to it, how many had no high score; and how likely each of the others was."""
    places = found.list_of_places
    lines = {f"on the list of {places.size:,}": (places.found, float(places.size))}
    for name, part in _TOPS.items():
        if name in found.top:
            lines[f"among the highest {name[:-1]} of 100"] = (found.top[name], part * found.n)
    picked = st.radio(
        "Call a score low if the child was not", list(lines), horizontal=True, key=f"lesson_low_{found.note.name}"
    )
    share, size = lines[picked]
    happened = text(found.note.happened)
    st.markdown(f"**Of 100 who {happened}, {_of(share.rest)} had a low score: they were not {picked}.**")
    people(_whole(share.rest), "had a low score", "had a high one")
    outside = found.outside(share, size)
    st.markdown(
        f"Each child with a low score is unlikely to be one of them: {_of(outside, 1000)} of 1,000. But there "
        "are so many "
        "such children that together they are as many as you see here."
    )


def high(found: Figures) -> None:
    """A hundred children at the very top, and what follows from taking the score for a fact."""
    level, happened = found.levels[-1], text(found.note.happened)
    st.markdown(f"**Of 100 children at the highest level there is, {_of(level.found)} {happened} within the year.**")
    people(_whole(level.found), happened, "not known to have been")
    right, wrong = _whole(level.found), 100 - _whole(level.found)
    ways = {
        "take it for a fact": (
            f"{plural(wrong, 'family')} of 100 would be told of something that nobody ever found, and would tell"
            " you less "
            f"next time. For {right} it would have been right, though nobody had asked them."
        ),
        "go and ask": (
            f"{plural(wrong, 'visit')} of 100 would find another need or none, and cost an hour each. {right} "
            "would come at "
            "the right time. None of the hundred would have been accused."
        ),
        "leave it": (
            f"No family would be troubled, and {right} of 100 would go on being harmed until somebody noticed "
            "otherwise."
        ),
    }
    picked = st.radio("What would you do with all hundred?", list(ways), horizontal=True, index=None, key="lesson_high")
    if picked is not None:
        st.info(ways[picked], icon=":material/groups:")


def _whole(share: Span) -> int:
    return round(100 * share.value)


def _of(share: Span, out_of: int = 100, *, exact: bool = False) -> str:
    """``about 17 (12 to 22)``."""
    value, low, high = (out_of * each for each in (share.value, share.low, share.high))
    if exact or 0 < value < 0.95 or (out_of > 100 and value < 10):
        return f"{value:.1f} ({max(low, 0):.1f} to {high:.1f})"
    return f"about {value:.0f} ({max(low, 0):.0f} to {high:.0f})"
