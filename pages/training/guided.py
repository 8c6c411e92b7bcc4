"""Guided case: read an invented child's file, judge, see the score and its reasons, then what happened."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analytics.training.answers import WORRY, answers, record
from analytics.training.case import Case
from analytics.training.cases import CASES
from analytics.training.file import lines
from analytics.training.reading import Reading, read
from data.access.roles import Permission
from pages.casework.contributions import parts
from pages.components import bars, look
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import day, odds, plural
from pages.entry.here import here
from pages.entry.spec import PageSpec

PAGE = PageSpec(
    path="training",
    title="Training",
    icon=":material/school:",
    group="Training",
    needs=Permission.TRAIN,
    whom="trainers",
    about="Read an invented case step by step: judge, see the score and why, then what happened.",
    place=10,
)
STEPS = ("Read the file", "Judge for yourself", "See the score", "What happened")


def page() -> None:
    """One case, one step at a time."""
    st.title(PAGE.title)
    st.caption("Every child here is invented. The score is what the model in use says of the invented file.")
    name = st.selectbox("Case", list(CASES), format_func=lambda key: CASES[key].title, key="training_case")
    case, step = CASES[name], _step(name)
    st.progress((step + 1) / len(STEPS), text=f"Step {step + 1} of {len(STEPS)}: {STEPS[step]}")
    _file(case, here().today)
    if step >= 1:
        _judge(case, step)
    if step >= 2:
        _score(case)
    if step >= 3:
        _after(case)
    _onward(name, step)


def _step(name: str) -> int:
    return int(st.session_state.get(f"training_step_{name}", 0))


def _go(name: str, step: int) -> None:
    st.session_state[f"training_step_{name}"] = step
    st.rerun()


def _file(case: Case, today: date) -> None:
    st.subheader(f"{text(case.child)}, {case.age}")
    st.markdown(text(case.before))
    rows = ["| When | Who told us | Whose | What |", "|---|---|---|---|"]
    for line in lines(case, today):
        rows.append(f"| {day(line.on)} | {line.lane} | {text(line.whose or case.child)} | {text(line.said)} |")
    st.markdown("\n".join(rows))


def _judge(case: Case, step: int) -> None:
    st.subheader("How worried are you about sexual exploitation?")
    said = answers(here().session, case.name)
    if step > 1:
        st.markdown(f"You said: **{said[-1] if said else 'nothing, you skipped'}**.")
        return
    worry = st.radio("Your own view, before the score", WORRY, index=None, key=f"training_{case.name}", horizontal=True)
    save, skip, _ = st.columns([2, 2, 5])
    if save.button("Save and show the score", type="primary", disabled=worry is None) and worry is not None:
        record(here().session, case.name, worry)
        _go(case.name, 2)
    if skip.button("Skip, and say so"):
        record(here().session, case.name, None)
        _go(case.name, 2)


def _score(case: Case) -> None:
    st.subheader("What the model says")
    reading = read(here().session, case)
    if reading is None:
        empty("The score would be here.", "No model was trained: there are too few known cases to learn from.")
        return
    if reading.withheld:
        st.warning(f"Casework pages don't show it. {text(reading.withheld)}", icon=":material/visibility_off:")
    if reading.caveat:
        st.info(text(reading.caveat), icon=":material/science:")
    look.band(reading.band)
    st.markdown(
        f"Higher than **{round(100 * reading.percentile)} of 100** children in the city. Of children at this level, "
        f"**{odds(reading.probability)}** are identified within the year."
    )
    bars.dots(round(10 * reading.probability))
    _reasons(reading)
    _unknown(reading)


def _reasons(reading: Reading) -> None:
    longest = max((abs(part.points) for part in reading.parts), default=1)
    left, right = st.columns(2, gap="large")
    with left:
        parts("What raises it", [p for p in reading.parts if p.points > 0], "raises", longest, {}, None)
    with right:
        parts("What lowers it", [p for p in reading.parts if p.points < 0], "lowers", longest, {}, None)


def _unknown(reading: Reading) -> None:
    with st.expander("What it cannot know"):
        st.markdown("\n".join(f"- {text(words)}" for words in reading.cannot_know))
        if reading.unknown:
            st.markdown(f"And {plural(reading.unknown, 'indicator')} of its list nobody could fill in for this child.")


def _after(case: Case) -> None:
    st.subheader("What happened")
    st.markdown(text(case.after))
    st.info(text(case.lesson), icon=":material/lightbulb:")


def _onward(name: str, step: int) -> None:
    if step == 0 and st.button("I have read it", type="primary"):
        _go(name, 1)
    if step == 2 and st.button("What happened then?", type="primary"):
        _go(name, 3)
    if step > 0 and st.button("Start this case again"):
        _go(name, 0)
