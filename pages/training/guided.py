"""Guided case: read an invented child's file, judge, see the score and its reasons, discuss, then what happened."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from analytics.training.answers import LONGEST_WHY, WHY, WORRY, answers, last_answers, record
from analytics.training.case import OUTCOME_WORDS, OUTCOMES, TOPICS, Case
from analytics.training.file import lines, told_lines
from analytics.training.reading import Reading, read
from analytics.training.written import Written, every_case, written
from data.access.roles import Permission
from pages.components import look, tables
from pages.components.escape import text
from pages.components.words import day_of, plural
from pages.entry.here import here
from pages.entry.spec import PageSpec
from pages.training.parts import discussion, file_table, place, score, what_happened

PAGE = PageSpec(
    path="training",
    title="Training",
    icon=":material/school:",
    group="Training",
    needs=Permission.TRAIN,
    whom="trainers",
    about="Read an invented case step by step: judge, see the score and why, talk about it, then what happened.",
    place=10,
)
STEPS = ("Read the file", "Judge for yourself", "See the score", "Talk about it", "What happened")
ONWARD = ("I have read it", "", "Talk about it", "What happened then?", "")


def page() -> None:
    """One case, one step at a time."""
    st.title(PAGE.title)
    st.caption("Every child here is invented. The score is what the model in use says of the invented file.")
    case = _chosen(every_case(here().session), written(here().session))
    step = _step(case.name)
    st.progress((step + 1) / len(STEPS), text=f"Step {step + 1} of {len(STEPS)}: {STEPS[step]}")
    (_read, _judge, _see, _discuss, _after)[step](case)
    _onward(case.name, step)
    if step:
        with st.expander(f"The file again ({plural(len(case.file), 'line')})", expanded=step == 1):
            st.markdown(text(case.before))
            file_table(case, lines(case, here().today))


def _chosen(cases: Mapping[str, Case], own: Mapping[str, Written]) -> Case:
    """The case that was picked, by the child's name: its title would give the outcome away."""
    names = list(cases)
    picker, reveal = st.columns([5, 3], vertical_alignment="bottom")
    name = picker.selectbox(
        "Case",
        names,
        format_func=lambda key: f"{names.index(key) + 1}. {text(cases[key].child)}, {cases[key].age}",
        key="training_case",
    )
    if reveal.toggle("Say what each case teaches", help="This gives the outcomes away.", key="training_teaches"):
        _teaches(list(cases.values()))
    if name in own:
        one = own[name]
        st.caption(f":material/edit: Written here by {text(one.author)}, {day_of(one.at)}.")
    return cases[name]


def _teaches(cases: list[Case]) -> None:
    """All cases, for a trainer who plans a day."""
    rows = [
        {
            "child": f"{number}. {case.child}",
            "topic": TOPICS[case.topic],
            "title": case.title,
            "then": OUTCOMES[case.outcome],
        }
        for number, case in enumerate(cases, 1)
    ]
    columns = {"child": "Case", "topic": "What it teaches", "title": "Title", "then": "What became of the child"}
    tables.table(pd.DataFrame(rows), key="training_topics", columns=columns, rows=20)


def _step(name: str) -> int:
    return int(st.session_state.get(f"training_step_{name}", 0))


def _go(name: str, step: int) -> None:
    st.session_state[f"training_step_{name}"] = step
    st.rerun()


def _read(case: Case) -> None:
    st.subheader(f"{text(case.child)}, {case.age}")
    st.markdown(text(case.before))
    file_table(case, lines(case, here().today))


def _judge(case: Case) -> None:
    st.subheader(f"How worried are you about sexual exploitation of {text(case.child)}?")
    worry = st.radio("Your own view, before the score", WORRY, index=None, key=f"training_{case.name}", horizontal=True)
    why = st.text_input("What in the file makes you think so?", max_chars=LONGEST_WHY, key=f"training_why_{case.name}")
    with st.container(horizontal=True):
        if st.button("Save and show the score", type="primary", disabled=worry is None) and worry is not None:
            record(here().session, case.name, worry, why)
            _go(case.name, 2)
        if st.button("Skip, and say so"):
            record(here().session, case.name, None)
            _go(case.name, 2)
        _back(case.name, 1)


def _see(case: Case) -> None:
    st.subheader("What the model says")
    st.markdown(f"You said: **{_own(case)}**.{_because(case)}")
    score(read(here().session, case))


def _own(case: Case) -> str:
    said = answers(here().session, case.name)
    return said[-1] if said else "nothing, you skipped"


def _because(case: Case) -> str:
    why = last_answers(here().session, case.name).get(WHY)
    return f" Because: {text(why)}" if why and answers(here().session, case.name) else ""


def _discuss(case: Case) -> None:
    st.subheader("Talk about it")
    st.markdown("Before anybody hears what happened. Let those who differ explain themselves to each other.")
    discussion(case, notes=st.toggle("Show what to listen for", key=f"training_notes_{case.name}"))


def _after(case: Case) -> None:
    st.subheader(f"What happened: {text(case.title)}")
    what_happened(case)
    _side_by_side(case, read(here().session, case))
    for number, also in enumerate(case.also):
        _read_otherwise(case, number, read(here().session, case.read_as(also)))


def _side_by_side(case: Case, reading: Reading | None) -> None:
    said = "no score" if reading is None else f"{look.band_words(reading.band)}, higher than {place(reading)}"
    rows = (("You said", text(_own(case))), ("The model said", said), ("What happened", OUTCOME_WORDS[case.outcome]))
    st.markdown("\n".join(["| Who | What |", "|---|---|", *(f"| {who} | {what} |" for who, what in rows)]))


def _read_otherwise(case: Case, number: int, reading: Reading | None) -> None:
    """The file as it would have read, and what the same model says of that."""
    also = case.also[number]
    st.markdown(f"##### {text(also.said)}")
    if reading is not None:
        said = f"The same model then says: {look.band_words(reading.band)}, higher than {place(reading)} children."
        st.markdown(said)
    moved = [entry for entry in case.entries if entry.mark in (*also.without, *also.adding)]
    if moved:
        with st.expander(
            f"The {plural(len(moved), 'line')} that {'makes' if len(moved) == 1 else 'make'} the difference"
        ):
            file_table(case, told_lines(case, moved, here().today))


def _onward(name: str, step: int) -> None:
    with st.container(horizontal=True):
        if ONWARD[step] and st.button(ONWARD[step], type="primary", key=f"training_on_{step}"):
            _go(name, step + 1)
        if step > 1:
            _back(name, step)
        if step > 1 and st.button("Start this case again", key="training_again"):
            _go(name, 0)


def _back(name: str, step: int) -> None:
    if st.button("Back", key="training_back"):
        _go(name, step - 1)
