"""The parts of a case of which there are several: people, lines of the file, questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.training import drafting
from analytics.training.case import Case, Relative
from analytics.training.checks import BOUNDS, OFFERED, OLDEST, choices, wants_detail
from analytics.training.file import RELATIONS, told_lines
from data.events import LANES, EventKind
from pages.components.empty import problem, unknown
from pages.components.escape import text
from pages.components.words import day

DRAFT, VERSION = "write_draft", "write_version"


def draft() -> Case:
    """The case on the page; a blank one at first."""
    if DRAFT not in st.session_state:
        st.session_state[DRAFT] = drafting.blank()
    found: Case = st.session_state[DRAFT]
    return found


def keep(case: Case) -> None:
    """Let this be the case on the page."""
    st.session_state[DRAFT] = case


def key(name: str) -> str:
    """The key of a box, another for each case that is opened."""
    return f"write_{st.session_state.get(VERSION, 0)}_{name}"


def refused(fault: ValueError) -> None:
    """Say what was wrong with what was put in."""
    problem("That was not put in.", text(fault))


def _change(change: Callable[[], Case]) -> None:
    """Change the case, or say why not."""
    try:
        keep(change())
    except ValueError as fault:
        refused(fault)
        return
    st.rerun()


def people_of(case: Case) -> None:
    """Those in the child's life, and one more."""
    if not case.relatives:
        unknown("Nobody else is in this case yet. Lines of the file can speak of whoever you put in here.")
    for one in case.relatives:
        known = "" if one.known_case is None else ", identified as exploited before"
        _row(f"**{text(one.name)}**, {one.age}: {RELATIONS[one.relation]}{known}", f"person_{one.name}",
             f"Take {one.name} out", partial(drafting.without_relative, case, one.name))  # fmt: skip
    with st.form(key("person_form"), clear_on_submit=True):
        left, middle, right = st.columns([2, 3, 1])
        name = left.text_input("First name", max_chars=20, key=key("relative"))
        relation = middle.selectbox(
            "What they are to the child", list(RELATIONS), format_func=RELATIONS.__getitem__, key=key("relation")
        )
        age = right.number_input("Age", 0, 100, value=15, step=1, key=key("relative_age"))
        months = st.number_input(
            "Identified as exploited so many months ago (leave empty if not)",
            1,
            36,
            value=None,
            step=1,
            key=key("months"),
        )
        if st.form_submit_button("Put them in"):
            ago = None if months is None else round(int(months) * 30.4)
            _change(lambda: drafting.with_relative(case, Relative(name.strip(), relation, int(age), ago)))


def lines_of(case: Case, today: date) -> None:
    """The file so far, oldest first, and one more line."""
    order = sorted(range(len(case.entries)), key=lambda number: -case.entries[number].days_ago)
    if not order:
        unknown("Nothing is in the file yet.")
    for number in order:
        entry = case.entries[number]
        (line,) = told_lines(case, [entry], today)
        until = "" if entry.ended is None else f" to {day(today - timedelta(days=entry.ended))}"
        mark = f" :gray[({text(drafting.RECORDS.get(line.mark, line.mark).lower())})]" if line.mark else ""
        whose = f"{text(line.whose)}: " if line.whose else ""
        _row(f"{day(line.on)}{until} · {line.lane} · {whose}**{text(line.said)}**{mark}", f"line_{number}",
             "Take it out", partial(drafting.without_entry, case, number))  # fmt: skip
    with st.container(border=True):
        st.markdown("**One more line**")
        _new_line(case, today)


def _new_line(case: Case, today: date) -> None:
    """What, of whom, when: boxes follow the kind that was chosen."""
    agency, what, whom = st.columns([2, 4, 2])
    lanes = {lane: label for lane, label in LANES.items() if any(kind.lane == lane for kind in OFFERED.values())}
    lane = agency.selectbox("Who tells it", list(lanes), format_func=lanes.__getitem__, key=key("lane"))
    kinds = {name: kind.label for name, kind in OFFERED.items() if kind.lane == lane}
    name = what.selectbox("What", list(kinds), format_func=kinds.__getitem__, key=key(f"kind_{lane}"))
    people = {"self": "The child"} | {one.name: one.name for one in case.relatives}
    of = whom.selectbox("Of whom", list(people), format_func=people.__getitem__, key=key("of"))
    kind, first, last = OFFERED[name], today - timedelta(days=OLDEST), today - timedelta(days=1)
    began_at, ended_at, amount_at, detail_at = st.columns([2, 2, 2, 3])
    began = began_at.date_input("On" if not kind.lasts else "From", last - timedelta(days=59), first, last,
                                format="DD/MM/YYYY", key=key("began"))  # fmt: skip
    ended = None
    if kind.lasts:
        ended = ended_at.date_input(
            "Until (empty: it goes on)", None, first, today, format="DD/MM/YYYY", key=key("ended")
        )
    value = _amount(amount_at, kind)
    detail = _detail(detail_at, kind)
    mark = st.selectbox(
        "Whose record it is", list(drafting.RECORDS), format_func=drafting.RECORDS.__getitem__, key=key("mark"),
        help="For a case about records that were put together wrongly: the file is read again at the end, put right.",
    )  # fmt: skip
    if st.button("Put it in the file", key=key("add_line")):
        _change(lambda: drafting.with_entry(
            case, drafting.entry(name, of, began, ended, value, detail, mark, today)
        ))  # fmt: skip


def _amount(column: DeltaGenerator, kind: EventKind) -> float | None:
    if kind.unit not in BOUNDS:
        return None
    low, high = BOUNDS[kind.unit]
    given = column.number_input(f"How much ({kind.unit})", low, high, value=None, step=1, key=key(f"value_{kind.name}"))
    return None if given is None else float(given)


def _detail(column: DeltaGenerator, kind: EventKind) -> str | None:
    if not wants_detail(kind):
        return None
    offered = choices(kind.name)
    if offered:
        picked: str | None = column.selectbox(
            "Which",
            [None, *offered],
            format_func=lambda code: "Choose one" if code is None else offered[code],
            key=key(f"detail_{kind.name}"),
        )
        return picked
    return column.text_input("Which, in a word or two", max_chars=60, key=key(f"detail_{kind.name}"))


def questions_of(case: Case) -> None:
    """Questions for the room, and one more."""
    if not case.questions:
        unknown("No question yet. A good one has people disagree about what they read, not about each other.")
    for number, question in enumerate(case.questions):
        listen = f"  \n:gray[Listen for: {text(question.listen)}]" if question.listen else ""
        _row(f"**{number + 1}. {text(question.asked)}**{listen}", f"question_{number}", "Take it out",
             partial(drafting.without_question, case, number))  # fmt: skip
    with st.form(key("question_form"), clear_on_submit=True):
        asked = st.text_input("A question for the room", max_chars=300, key=key("asked"))
        listen = st.text_input("What a trainer listens for in the answers", max_chars=300, key=key("listen"))
        if st.form_submit_button("Put it in"):
            _change(lambda: drafting.with_question(case, asked, listen))


def _row(words: str, name: str, label: str, change: Callable[[], Case]) -> None:
    """A line of something, and a button that takes it out."""
    said, button = st.columns([8, 2], vertical_alignment="center")
    said.markdown(words)
    if button.button(label, key=key(f"out_{name}"), icon=":material/delete:", type="tertiary"):
        _change(change)
