"""Second look: contacts decided low though more was suggested, for another pair of eyes."""

from __future__ import annotations

import streamlit as st

from analytics.triage import desk
from analytics.triage.desk import LONGEST_LINE, RAISED, STANDS
from analytics.triage.practice import IN_SHADOW, KEPT_BACK, running
from analytics.triage.queue import Contact, looked, to_look_again
from data.access.policy import why_no_suggestion
from data.access.reader import AccessRefused
from data.access.roles import Permission
from data.codes import CONTACT_OUTCOME
from data.journal.accounts import reader_names
from data.journal.pilot import SHADOW
from pages.casework.again import again
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import day, day_of, number, plural
from pages.entry.here import fragment, here
from pages.entry.spec import PageSpec
from pages.hub.contact import told
from pages.hub.grading import levels_of, suggestion
from pages.hub.words import outcome_words, reason_words

PAGE = PageSpec(
    path="second-look",
    title="Second look",
    icon=":material/visibility:",
    group="Hub",
    needs=Permission.SECOND_LOOK,
    whom="officers of the hub",
    about="Contacts decided low though their records suggest more, for a second pair of eyes.",
    place=20,
)
SHOWN = 12


def page() -> None:
    """What waits for a second look, one of it, and what second looks said so far."""
    st.title(PAGE.title)
    fragment(_second_look)()


def _second_look() -> None:
    why = why_no_suggestion(here().session.journal, here().snapshot)
    found = () if why else to_look_again(here().session)
    if why:
        empty("No contact comes back.", f"There is no suggestion to hold a decision against. {text(why)}")
    elif not found and (pilot := running(here().session)) is not None:
        empty("No contact comes back meanwhile.", IN_SHADOW if pilot.kind == SHADOW else KEPT_BACK)
    elif not found:
        empty(
            "Nothing to look at again.",
            "No contact was lately decided with no action or advice where its records suggest an assessment.",
        )
    else:
        st.markdown(
            f"**{plural(len(found), 'contact')}** decided with no action or advice, whose records suggest an assessment"
            " or more. The suggestion may be wrong; so may the decision."
        )
        _list_and_one(found)
    _looked()


def _list_and_one(found: tuple[Contact, ...]) -> None:
    wanted = st.session_state.get("second_chosen")
    chosen = next((one for one in found if one.number == wanted), found[0])
    left, right = st.columns([4, 9], gap="medium")
    with left:
        for one in found[:SHOWN]:
            said = f"**{text(one.agency.capitalize())}** · {reason_words(one.reason)}"
            label = f"{said}  \n{day(one.received_at.date())} · {outcome_words(one.outcome)}"
            kind = "primary" if one.number == chosen.number else "secondary"
            if st.button(label, key=f"second_{one.number}", type=kind, width="stretch"):  # type: ignore[arg-type]
                st.session_state["second_chosen"] = one.number
                again()
        if len(found) > SHOWN:
            st.caption(f"And {number(len(found) - SHOWN)} more, which follow as these are looked at.")
    with right:
        _one(chosen)


def _one(one: Contact) -> None:
    names, _ = levels_of(one)
    level = "" if one.level is None else f", suggested: **{names[one.level]}**"
    st.markdown(f"Decided: **{outcome_words(one.outcome)}**{level}")
    told(one)
    st.divider()
    suggestion(one)
    with st.form(f"second_form_{one.number}"):
        choice, line, send = st.columns([4, 6, 3], vertical_alignment="bottom")
        codes = [STANDS, *(code for code in CONTACT_OUTCOME.labels if code != one.outcome)]
        verdict = choice.selectbox("It", codes, format_func=_verdict, key=f"second_verdict_{one.number}")
        reason = line.text_input("Because", key=f"second_because_{one.number}", max_chars=LONGEST_LINE)
        sent = send.form_submit_button("Record", type="primary", width="stretch")
    if not sent:
        return
    raised = verdict != STANDS
    try:
        desk.second_look(
            here().session, one.told, RAISED if raised else STANDS, reason, verdict if raised else None
        )  # fmt: skip
    except AccessRefused as refusal:
        st.warning(text(refusal))
        return
    again()


def _verdict(code: str) -> str:
    return "stands as decided" if code == STANDS else f"should be: {CONTACT_OUTCOME.labels[code]}"


def _looked() -> None:
    """What second looks came to, without anybody's record in it."""
    rows = looked(here().session)
    if not rows:
        return
    names = reader_names(here().session.journal)
    raised = sum(row["verdict"] == RAISED for row in rows)
    st.subheader("Looked at so far")
    st.markdown(f"**{plural(len(rows), 'second look')}**, {number(raised)} of them raised.")
    for row in reversed(rows[-SHOWN:]):
        came = "stands" if row["verdict"] == STANDS else f"raised to {outcome_words(row['outcome'])}"
        st.markdown(
            f":small[{day_of(row['at'])} · {text(row['contact'])} · **{came}** · "
            f"{text(names.get(row['by'], row['by']))}: {text(row['reason'])}]"
        )
