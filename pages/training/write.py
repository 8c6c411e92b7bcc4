"""Write a case: an invented child's file, put together line by line, checked, tried with the model, and kept."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analytics.training import drafting, written
from analytics.training.case import OUTCOMES, TOPICS, Case
from analytics.training.cases import CASES
from analytics.training.checks import AGES, LONGEST, faults
from analytics.training.reading import read
from data.access.roles import Permission
from data.sources import SOURCES
from pages.components.empty import problem
from pages.components.escape import text
from pages.components.words import day_of, plural
from pages.entry.here import here
from pages.entry.spec import PageSpec
from pages.training.parts import discussion, score, what_happened
from pages.training.write_lines import DRAFT, VERSION, draft, keep, key, lines_of, people_of, questions_of, refused

PAGE = PageSpec(
    path="write-a-case",
    title="Write a case",
    icon=":material/edit_note:",
    group="Training",
    needs=Permission.WRITE_CASE,
    whom="trainers",
    about="Write a guided case of your own: an invented child, what is in the file, what happened, what to ask.",
    place=30,
)
_NEW = "A new case"
_SEXES = {"F": "girl", "M": "boy"}
SAID = "write_said"


def page() -> None:
    """What to open, then the case in its parts."""
    st.title(PAGE.title)
    st.warning(
        "Invent everything. No name, place, day or story of anybody you know of, however changed: somebody in the room "
        "may know them too.",
        icon=":material/person_off:",
    )
    if SAID in st.session_state:
        st.success(st.session_state.pop(SAID), icon=":material/check_circle:")
    own = written.written(here().session)
    _open(own)
    case = draft()
    tabs = st.tabs(["The child", "People", "The file", "What happened", "Questions", "Check and save"])
    with tabs[0]:
        case = _child(case)
    with tabs[3]:
        case = _ending(case)
    keep(case)
    with tabs[1]:
        people_of(case)
    with tabs[2]:
        lines_of(case, here().today)
    with tabs[4]:
        questions_of(case)
    with tabs[5]:
        _check(case, own)


def _open(own: dict[str, written.Written]) -> None:
    """Begin anew, go on with a case written here, or begin with a copy."""
    offered = {_NEW: _NEW}
    offered |= {name: f"{text(one.case.child)}: {text(one.case.title)}" for name, one in own.items() if one.active}
    offered |= {f"copy {name}": f"A copy of {case.child}: {case.title}" for name, case in CASES.items()}
    picker, button = st.columns([6, 2], vertical_alignment="bottom")
    picked = picker.selectbox("Begin with", list(offered), format_func=offered.__getitem__, key="write_open")
    if button.button("Open it", help="What you have not saved is gone then.", key="write_open_it"):
        _begin(_opened(picked, own))


def _opened(picked: str, own: dict[str, written.Written]) -> Case:
    if picked in own:
        return own[picked].case
    return drafting.blank() if picked == _NEW else drafting.copied(CASES[picked.removeprefix("copy ")])


def _begin(case: Case) -> None:
    """Put a case on the page; boxes that remember the one before go."""
    st.session_state[DRAFT] = case
    st.session_state[VERSION] = st.session_state.get(VERSION, 0) + 1
    st.rerun()


def _child(case: Case) -> Case:
    left, middle, right = st.columns([3, 1, 2])
    child = left.text_input("First name", case.child, max_chars=20, key=key("child"), help="Invented, and one word.")
    age = middle.number_input("Age", *AGES, value=case.age, step=1, key=key("age"))
    sex = right.radio(
        "Sex", list(_SEXES), index=list(_SEXES).index(case.sex), format_func=_SEXES.__getitem__, horizontal=True,
        key=key("sex"), help="The model is not told it.",
    )  # fmt: skip
    before = st.text_area(
        "Who is this, and what brought you to the file?", case.before, max_chars=LONGEST, key=key("before"), height=110
    )
    unseen = st.multiselect(
        "Agencies that don't know this child",
        list(SOURCES),
        default=list(case.unseen),
        format_func=lambda name: SOURCES[name].label,
        key=key("unseen"),
        help="What they would say is then not known to the model, which is not the same as nothing.",
    )
    case = drafting.with_unseen(case, tuple(unseen))
    return replace(case, child=child.strip(), age=int(age), sex=sex, before=before.strip())


def _ending(case: Case) -> Case:
    title = st.text_input(
        "Title", case.title, max_chars=60, key=key("title"), help="Shown at the end: it may give away what happened."
    )
    left, right = st.columns(2)
    outcome = left.selectbox(
        "What became of the child", list(OUTCOMES), index=list(OUTCOMES).index(case.outcome),
        format_func=OUTCOMES.__getitem__, key=key("outcome"),
    )  # fmt: skip
    topic = right.selectbox(
        "What it is there to teach", list(TOPICS), index=list(TOPICS).index(case.topic),
        format_func=TOPICS.__getitem__, key=key("topic"),
    )  # fmt: skip
    after = st.text_area("What happened", case.after, max_chars=LONGEST, key=key("after"), height=110)
    lesson = st.text_area(
        "What is to be learned from it", case.lesson, max_chars=LONGEST, key=key("lesson"), height=110
    )
    return replace(case, title=title.strip(), outcome=outcome, topic=topic, after=after.strip(), lesson=lesson.strip())


def _check(case: Case, own: dict[str, written.Written]) -> None:
    """What is still wrong, the case as others will meet it, and the saving of it."""
    if case.name in own:
        one = own[case.name]
        st.caption(f"{plural(one.versions, 'version')}, the last by {text(one.author)} on {day_of(one.at)}.")
    wrong = faults(case)
    if wrong:
        problem(
            f"{plural(len(wrong), 'thing')} to put right before it can be saved.",
            "\n".join(f"- {text(fault)}" for fault in wrong),
        )
    if case.file and st.toggle("Show what the model says of this file", key=key("try")):
        score(read(here().session, case))
    if not wrong and st.toggle("Show what others will see at the end", key=key("preview")):
        discussion(case, notes=True)
        what_happened(case)
    _save(case, wrong)
    if case.name in own and own[case.name].active:
        _withdraw(case)


def _save(case: Case, wrong: list[str]) -> None:
    invented = st.checkbox("Nobody real is in this case, not even under another name", key=key("invented"))
    if st.button("Save for all trainers", type="primary", disabled=bool(wrong) or not invented, key=key("save")):
        try:
            written.save(here().session, case, invented=invented)
        except ValueError as fault:
            refused(fault)
            return
        st.session_state[SAID] = f"Saved. {text(case.child)} is now among the cases on the page Training."
        st.rerun()


def _withdraw(case: Case) -> None:
    with st.expander("Take this case away"):
        st.markdown("It is offered no longer. What was answered to it stays in the journal.")
        if st.button("Take it away", key=key("withdraw")):
            written.withdraw(here().session, case.name)
            st.session_state[SAID] = f"{text(case.child)} is no longer among the cases."
            _begin(drafting.blank())
