"""Missed cases: children identified though a model had ranked them low, and what is to be learned from them."""

from __future__ import annotations

import streamlit as st

from analytics.fairness.reading import Model, models
from analytics.missed.reading import Case, built, cases
from analytics.missed.reviews import notes
from analytics.models.hindsight import GAP, SINCE, YEAR
from data.access.roles import Permission
from data.journal.missed_reviews import REASONS, MissedReview
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import day, number, plural
from pages.entry.here import here
from pages.entry.spec import PageSpec
from pages.entry.who import choose_purpose
from pages.governance.missed_common import common
from pages.governance.missed_one import one_by_one

PAGE = PageSpec(
    path="missed",
    title="Missed cases",
    icon=":material/person_search:",
    group="Governance",
    needs=Permission.SEE_MISSED,
    whom="lead professionals, managers and analysts",
    about="Children identified though a model had ranked them low: why, what they have in common, what was learned.",
    place=36,
)


def page() -> None:
    """One model's look back: in all, in common, one by one, and what was learned."""
    st.title(PAGE.title)
    session = here().session
    known = models(session)
    if not known or not built(session):
        empty(
            "Children whom a model missed would be here.",
            "This snapshot was built without looking back.",
            "The next build does.",
        )
        return
    chosen = _chosen(known)
    found = cases(session, chosen.name)
    if not found:
        empty(
            "Children whom this model missed would be here.",
            f"Nobody can be looked back at: {text(chosen.reason[:1].lower() + chosen.reason[1:])}",
        )
        return
    _in_all(chosen, found)
    written = notes(session, chosen.name)
    what, whom, lessons = st.tabs(["In common", "One by one", f"Learned ({len(written)})"])
    with what:
        common(chosen.name)
    with whom:
        one_by_one(chosen.name, found, written)
    with lessons:
        _lessons(written)


def _chosen(known: list[Model]) -> Model:
    labels = [model.label for model in known]
    left, right = st.columns([5, 2], vertical_alignment="bottom")
    with left:
        label = st.segmented_control("Model", labels, default=labels[0], required=True, key="missed_model")
    with right:
        choose_purpose("Learning from missed cases")
    return known[labels.index(label or labels[0])]


def _in_all(chosen: Model, found: list[Case]) -> None:
    """What happened to its list, in four sentences."""
    first = found[0]
    year = [case for case in found if case.phase == YEAR]
    listed = sum(case.listed for case in year)
    gap, since = (sum(case.phase == phase for case in found) for phase in (GAP, SINCE))
    said = (
        f"On {day(first.as_of)} it ranked {plural(first.ranked, 'child')}, with {number(first.places)} places on the "
        f"list. In the year measured, **{plural(len(year), 'child')} were identified: {number(listed)} had been on the "
        f"list, {number(len(year) - listed)} had not.**"
    )
    if gap:
        said += f" {_were(gap)} identified within the 90 days before that year: others were there first."
    if since:
        said += f" {_were(since)} identified after it."
    st.markdown(said)
    if chosen.withheld is not None:
        st.caption(
            f":material/visibility_off: {text(chosen.withheld)} What is here is evidence all the same: where it had "
            "ranked children who have been identified since. Nobody's place on a list of today is shown."
        )


def _were(count: int) -> str:
    return f"{plural(count, 'child')} {'was' if count == 1 else 'were'}"


def _lessons(written: tuple[MissedReview, ...]) -> None:
    if not written:
        empty(
            "What was learned from missed cases would be here.",
            "Nobody has written anything down yet.",
            "Managers and analysts can, under *One by one*.",
        )
        return
    for note in written:
        with st.container(border=True):
            st.markdown(f"**{text(REASONS.get(note.reason, note.reason))}**  \n{text(note.learned)}")
            st.caption(f"Case {text(note.case)} · {text(note.by)}, {text(note.at[:10])}")
