"""What to do once a model is retired or withheld: whom to tell, a letter to begin with, and a note of who was told."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from analytics.recall.recall import WHOM, Recall, tell
from analytics.recall.versions import Version
from data.access.reader import AccessRefused
from pages.components.escape import plain, text
from pages.components.words import day, plural, share
from pages.entry.here import here


def show_next(chosen: Version, found: Recall) -> None:
    """Steps and letters where the version is to be recalled; the note of who was told in any case."""
    st.subheader("What to do next")
    if not chosen.to_recall:
        st.markdown(f"This version is **{chosen.state}**: nobody has to be told. Were it retired, this would help you.")
    else:
        why = f" {text(chosen.reason)}" if chosen.reason else ""
        st.markdown(f"This version is **{chosen.state}**.{why}")
        _steps(found)
    _letters(chosen, found)
    _told(chosen, found)


def _steps(found: Recall) -> None:
    waiting = [one for one in found.people if not one.told]
    acted = [one for one in waiting if one.allocations or one.views]
    st.markdown(
        f"1. **Tell those who saw it** ({plural(len(found.readers), 'reader')}), so that no plan rests on it any "
        "longer.\n"
        f"2. **Begin where something was done**: {plural(len(acted), 'person')} of those not yet told about have a "
        "decision or a key worker since. Ask the key worker whether the plan stands without the score.\n"
        "3. **Tell the families** of children whose plan changed; the team manager decides who does, and how.\n"
        "4. **Tick them off below**, with the day: your name goes with it.\n"
        "5. Ask the data protection officer whether it has to be reported (UK GDPR, articles 33 and 34)."
    )
    st.caption(f"Told so far: {share(len(found.people) - len(waiting), len(found.people))}.")


def _letters(chosen: Version, found: Recall) -> None:
    with st.expander("Letters to begin with"):
        key = chosen.version
        st.text_area("To those who saw it", to_reader(chosen, found), height=230, key=f"recall_reader_{key}")
        st.text_area("To a family", to_family(chosen), height=210, key=f"recall_family_{key}")


def to_reader(chosen: Version, found: Recall) -> str:
    """A letter to a professional, without anybody's name in it."""
    return (
        f"Dear colleague,\n\nBetween {_on(chosen.first)} and {_on(chosen.last)} you were shown scores of the model "
        f"“{plain(chosen.label)}” (version {chosen.version}). That version is {chosen.state}. {plain(chosen.reason)}"
        "\n\n"
        "Please look again at every child about whom you saw it: does what you decided stand on the records and your "
        "own judgement alone? If it does not, tell your manager today. Your list is on its way from information "
        f"governance; in all it is about {plural(len(found.people), 'child')}.\n\nYou need not undo help that a family "
        "finds useful. A low score was no reason for not acting, and is none now.\n"
    )


def to_family(chosen: Version) -> str:
    """A letter to a family, in short words; the worker fills the brackets in."""
    return (
        "Dear [name],\n\nWe use a computer program to help us notice which children may need help. It gave a score "
        f"about [child] between {_on(chosen.first)} and {_on(chosen.last)}. We have stopped using that program because "
        "it was not good enough.\n\nThe score was seen by [who]. It did / did not play a part in [what was decided]. "
        "We have looked at that decision again without the score, and [what we found].\n\nYou can ask us what we hold "
        "about you, ask us to put it right, or complain to us or to the Information Commissioner (ico.org.uk). "
        "Call [name, number] with any question.\n"
    )


def _on(at: str) -> str:
    return day(datetime.fromisoformat(at).date())


def _told(chosen: Version, found: Recall) -> None:
    """A note of who was told about whom: a row in the journal, which nobody can change."""
    names = {one.person: f"{text(one.name)}{' ✓' if one.told else ''}" for one in found.people}
    with st.form(f"recall_told_{chosen.version}", border=True, clear_on_submit=True):
        about, whom, when, send = st.columns([4, 3, 2, 1], vertical_alignment="bottom")
        people = about.multiselect(
            "About", list(names), format_func=names.__getitem__, key=f"recall_about_{chosen.version}"
        )
        who = whom.selectbox("I told", WHOM, key=f"recall_whom_{chosen.version}")
        on = when.date_input("On", "today", format="DD/MM/YYYY", key=f"recall_on_{chosen.version}")
        sent = send.form_submit_button("Told", type="primary", width="stretch")
    if not sent:
        return
    try:
        tell(here().session, (chosen.model, chosen.version), people, who, on)
    except AccessRefused as refusal:
        st.warning(str(refusal), icon=":material/warning:")
        return
    st.rerun()
