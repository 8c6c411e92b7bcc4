"""Parts of a guided case, as the pages of training show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import streamlit as st

from analytics.training.case import NOT_THEIRS, OUTCOME_WORDS, Case
from analytics.training.file import Line
from analytics.training.reading import Reading
from pages.casework.contributions import parts
from pages.components import bars, look
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import day, odds, plural

# Between the parts of a day, which stay on one line.
NO_BREAK = "\N{NO-BREAK SPACE}"


def file_table(case: Case, told: Sequence[Line], *, marks: bool = False) -> None:
    """The file as a table; ``marks`` says of which lines it was found out later that they are not the child's."""
    lines_table((line.on, line.lane, line.whose or case.child, line.said, line.mark if marks else "") for line in told)


def lines_table(told: Iterable[tuple[date, str, str, str, str]]) -> None:
    """Lines of a file: the day, the agencies' lane, of whom, the sentence, and its mark, if it has one."""
    rows = ["| When | Who told us | Whose | What |", "|---|---|---|---|"]
    for on, lane, whose, said, mark in told:
        marked = "" if not mark else " **(another child's)**" if mark == NOT_THEIRS else f" **({text(mark)})**"
        when = day(on).replace(" ", NO_BREAK)
        rows.append(f"| {when} | {text(lane)} | {text(whose)} | {text(said)}{marked} |")
    st.markdown("\n".join(rows))


def score(reading: Reading | None, *, narrow: bool = False) -> None:
    """What the model says, marked where casework pages would not show it, and its reasons.

    ``narrow``: what lowers it stands below what raises it, not beside.
    """
    if reading is None:
        empty("The score would be here.", "No model was trained: there are too few known cases to learn from.")
        return
    if reading.withheld:
        st.warning(f"Casework pages don't show it. {text(reading.withheld)}", icon=":material/visibility_off:")
    if reading.caveat:
        st.info(text(reading.caveat), icon=":material/science:")
    look.band(reading.band)
    st.markdown(
        f"Higher than **{place(reading)}** children in the city. Of children at this level, "
        f"**{odds(reading.probability)}** are identified within the year."
    )
    bars.dots(round(10 * reading.probability))
    reasons(reading, narrow=narrow)
    _unknown(reading)


def place(reading: Reading) -> str:
    """``97 of 100``; nobody is above everybody else."""
    return f"{min(99, round(100 * reading.percentile))} of 100"


def reasons(reading: Reading, *, narrow: bool = False) -> None:
    """Both lists of bars on one scale."""
    longest = max((abs(part.points) for part in reading.parts), default=1)
    left, right = (st.container(), st.container()) if narrow else st.columns(2, gap="large")
    with left:
        parts("What raises it", [p for p in reading.parts if p.points > 0], "raises", longest, {}, None)
    with right:
        parts("What lowers it", [p for p in reading.parts if p.points < 0], "lowers", longest, {}, None)


def _unknown(reading: Reading) -> None:
    with st.expander("What it cannot know"):
        st.markdown("\n".join(f"- {text(words)}" for words in reading.cannot_know))
        if reading.unknown:
            st.markdown(f"And {plural(reading.unknown, 'indicator')} of its list nobody could fill in for this child.")


def discussion(case: Case, *, notes: bool) -> None:
    """Questions for the room, large enough for a wall; ``notes``: with what a trainer listens for."""
    if not case.questions:
        empty("Questions for the room would be here.", "None were written for this case.")
    for number, question in enumerate(case.questions, 1):
        with st.container(border=True):
            st.markdown(f"#### {number}. {text(question.asked)}")
            if notes and question.listen:
                st.caption(f"Listen for: {text(question.listen)}")


def what_happened(case: Case) -> None:
    """The outcome and the lesson."""
    st.markdown(text(case.after))
    st.markdown(f"**In short:** {text(case.child)} was {OUTCOME_WORDS[case.outcome]}.")
    st.info(text(case.lesson), icon=":material/lightbulb:")
