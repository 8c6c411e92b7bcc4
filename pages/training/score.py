"""Reading a score: what it can say and what not, with the figures of the model in use, and a question each."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analytics.training.figures import Figures, figures, measured_models
from analytics.training.lessons import LESSONS, Lesson, answer, given, understood
from data.access.roles import Permission
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import number, plural
from pages.entry.here import here
from pages.entry.spec import PageSpec
from pages.training.score_bars import bars_taken_apart
from pages.training.score_figures import chance, high, how_rare, list_of, low

PAGE = PageSpec(
    path="reading-a-score",
    title="Reading a score",
    icon=":material/quiz:",
    group="Training",
    needs=Permission.TRAIN,
    whom="trainers",
    about="What a score says and what it doesn't: six short lessons with this city's own figures, and a question each.",
    place=20,
)
_FIGURES: dict[str, Callable[[Figures], None]] = {
    "base-rate": how_rare, "list": list_of, "chance": chance, "low": low, "high": high,
}  # fmt: skip


def page() -> None:
    """One lesson at a time, beside the list of all."""
    st.title(PAGE.title)
    known = understood(here().session)
    side, main = st.columns([2, 7], gap="large")
    with side:
        lesson = _chosen(known)
        st.caption(f"You have understood {len(known)} of {len(LESSONS)}. Only you see this.")
    with main:
        st.subheader(lesson.title)
        st.markdown(lesson.idea)
        _shown(lesson)
        _question(lesson)


def _chosen(known: set[str]) -> Lesson:
    names = list(LESSONS)
    name = st.radio(
        "Lessons",
        names,
        format_func=lambda key: f"{names.index(key) + 1}. {LESSONS[key].title}",
        captions=["✓ understood" if name in known else "" for name in names],
        key="lesson",
    )
    return LESSONS[name]


def _shown(lesson: Lesson) -> None:
    if lesson.name not in _FIGURES:
        bars_taken_apart()
        return
    notes = measured_models(here().session)
    if not notes:
        _unmeasured()
        return
    labels = {note.name: text(note.label) for note in notes}
    picked = notes[0].name
    if len(notes) > 1:
        picked = st.selectbox(
            "Figures of which model", list(labels), format_func=labels.__getitem__, key="lesson_model"
        )
    found = figures(here().session, next(note for note in notes if note.name == picked))
    if found is None:
        _unmeasured()
        return
    _mark(found)
    _FIGURES[lesson.name](found)
    st.caption(
        f"Measured in this city on {plural(found.n, 'child')}, of whom {number(found.positives)} "
        f"{text(found.note.happened)} in the year after. In brackets: where the figure would lie in 95 of 100 such "
        "measurements. What no agency noticed is in none of these figures."
    )


def _unmeasured() -> None:
    empty(
        "The figures of this city's own model would be here.",
        "None was measured: there are too few known cases to learn from, or to judge by.",
        "The question below can be answered without them.",
    )


def _mark(found: Figures) -> None:
    """What has to be said before any figure."""
    if found.note.withheld:
        st.warning(
            f"For training only: casework pages don't show this score. {text(found.note.withheld)}",
            icon=":material/visibility_off:",
        )
    if not found.enough:
        st.warning(f"Don't build on these figures: they rest on {plural(found.positives, 'child')}.")


def _question(lesson: Lesson) -> None:
    with st.container(border=True):
        st.markdown(f"**{text(lesson.asked)}**")
        words = [text(one.words) for one in lesson.answers]
        picked = st.radio(
            "Your answer",
            range(len(words)),
            index=None,
            format_func=words.__getitem__,
            key=f"lesson_answer_{lesson.name}",
        )
        if st.button("Check my answer", type="primary", disabled=picked is None) and picked is not None:
            answer(here().session, lesson, picked)
            # The ticks stand above the question: they are drawn anew.
            st.rerun()
        last = given(here().session).get(lesson.name)
        if last is not None:
            _told(lesson, last)


def _told(lesson: Lesson, last: int) -> None:
    one = lesson.answers[last]
    if one.right:
        st.success(f"**{text(one.words)}.** {text(one.because)}", icon=":material/check_circle:")
    else:
        st.info(f"**Not quite: “{text(one.words)}”.** {text(one.because)} Try again.", icon=":material/replay:")
