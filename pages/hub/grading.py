"""The officer's own grade first, or the suggestion at their word; then the suggestion with its reasons; then decide."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analytics.triage import desk, practice, queue
from analytics.triage.desk import ASKED, LONGEST_LINE
from analytics.triage.live import Suggestion, Withheld, suggest
from analytics.triage.practice import GRADE_IT, View
from analytics.triage.queue import Contact
from analytics.triage.similar import alike
from data.access.reader import AccessRefused
from data.codes import CONTACT_OUTCOME
from data.contacts import MAY_BE_ASKED, Whose, level_words, usual
from pages.casework.again import again
from pages.components.escape import text
from pages.components.words import age_on, listed, odds
from pages.entry.here import here
from pages.hub.alike import show_alike
from pages.hub.words import outcome_words


def levels_of(one: Contact) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The levels in words and the outcome each usually comes to: an adult's where everybody it is about is one."""
    ages = [age_on(person.born, here().today) for person in one.people]
    whose: Whose = "adult" if all(years is not None and years >= 18 for years in ages) else "child"
    return level_words(whose), usual(whose)


def grading(one: Contact, seen: str, twins: Sequence[Contact]) -> None:
    """Where this contact stands: to be graded, or graded and to be decided."""
    graded = queue.graded(here().session, one)
    if graded is None:
        may = practice.view(here().session, one.number, one.received_at)
        asked = st.session_state.get("queue_asked") == one.number and may.first and may.why is None
        _to_grade(one, ASKED if asked else seen, asked, may)
        if asked:
            suggestion(one)
        return
    names, _ = levels_of(one)
    whose = "Your grade" if graded["by"] == here().session.reader_id else "Graded by a colleague"
    st.markdown(f"{whose}: **{names[graded['level']]}** · {_headline(one)}")
    _to_decide(one, graded["level"], twins)
    suggestion(one)


def _to_grade(one: Contact, seen: str, asked: bool, may: View) -> None:
    st.markdown("**Your grade** :small[:gray[press the number]]")
    names, _ = levels_of(one)
    open_first = may.first and may.why is None
    places = st.columns(len(names) + open_first, gap="xsmall")
    for level, name in enumerate(names):
        key = str(level + 1)
        if places[level].button(name.capitalize(), key=f"queue_grade_{level}", shortcut=key, width="stretch"):
            desk.grade(here().session, one.told, level, seen)
            again()
    if not open_first:
        st.caption(text(may.why or GRADE_IT))
    elif places[-1].button("Suggestion first", key="queue_ask", shortcut="S", type="tertiary", disabled=asked):
        st.session_state["queue_asked"] = one.number
        again()


def _headline(one: Contact) -> str:
    """The suggestion in a line, beside the officer's own grade."""
    said = suggest(here().session, one.told)
    if isinstance(said, Withheld):
        return "no suggestion"
    names, _ = levels_of(one)
    ask = "ask other agencies" if said.ask else "no need to ask other agencies"
    return f"Suggestion: **{names[said.level]}**, {ask}"


def suggestion(one: Contact) -> None:
    """What the grader says and why, or why it says nothing; beside it, past contacts like this one."""
    decided = one.outcome is not None
    said = suggest(here().session, one.told, decided)
    if isinstance(said, Withheld) and practice.hidden(here().session, one.number, one.received_at, decided):
        st.caption(text(said.why))
        return
    says, past = st.columns(2, gap="medium")
    with says:
        if isinstance(said, Withheld):
            st.markdown("**No suggestion**  \n" + text(said.why))
        else:
            _said(one, said)
    with past:
        show_alike(alike(here().session, one.told, decided))


def _said(one: Contact, said: Suggestion) -> None:
    names, _ = levels_of(one)
    st.markdown(
        f"**Suggestion: {names[said.level]}**  \n"
        f":small[Of contacts like this, {odds(said.harm)} are followed by recorded harm within a year.]"
    )
    for raises, mark, label in ((True, "arrow_upward", "raises it"), (False, "arrow_downward", "lowers it")):
        reasons = [text(reason.sentence) for reason in said.reasons if reason.raises is raises]
        if reasons:
            lines = "  \n".join(f":small[:material/{mark}: {reason}]" for reason in reasons)
            st.markdown(f":small[**What {label}**]  \n{lines}")
    ask = "Ask other agencies" if said.ask else "No need to ask other agencies"
    st.markdown(f"**{ask}**  \n:small[Asking tells of something in {odds(said.needs)} such contacts.]")
    if said.caveat:
        st.caption(text(said.caveat))


def _to_decide(one: Contact, level: int, twins: Sequence[Contact]) -> None:
    _, comes_to = levels_of(one)
    codes = list(CONTACT_OUTCOME.labels)
    outcome, asked, line, send = st.columns([4, 4, 4, 3], gap="small", vertical_alignment="bottom")
    what = outcome.selectbox(
        "Decision", codes, index=codes.index(comes_to[level]), key=f"queue_outcome_{one.number}",
        format_func=lambda code: outcome_words(code).capitalize(),
    )  # fmt: skip
    whom = asked.multiselect("Agencies asked", MAY_BE_ASKED, key=f"queue_whom_{one.number}", placeholder="None")
    why = line.text_input("Because", key=f"queue_because_{one.number}", max_chars=LONGEST_LINE)
    both = bool(twins) and st.checkbox(
        f"Also decide {listed([f'the one that {text(twin.agency)} told' for twin in twins])}: it tells the same",
        value=True, key=f"queue_both_{one.number}",
    )  # fmt: skip
    if not send.button("Decide", key="queue_decide", type="primary", shortcut="Enter", width="stretch"):
        return
    try:
        desk.decide(here().session, one.told, what, whom, why, [twin.told for twin in twins] if both else ())
    except AccessRefused as refusal:
        st.warning(text(refusal))
        return
    st.session_state.pop("queue_chosen", None)
    st.toast(f"Decided: {CONTACT_OUTCOME.labels[what]}.", icon=":material/check:")
    again()
