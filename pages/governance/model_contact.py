"""The grader of contacts on the page Models: its mark, its figures, all that it weighs, and who decided on it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.registry.contact import SHARING, GraderCard, points
from analytics.registry.contact_paper import FORMS, file_name, paper
from analytics.registry.summary import percent
from analytics.triage.measure import OFFICERS, PRIOR, RANDOM, SUGGESTED
from analytics.triage.spec import SPEC
from pages.components import tables
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import day, number
from pages.entry.here import here
from pages.governance.model_decide import decisions

WAYS = {
    SUGGESTED: "The suggestion", OFFICERS: "The officers' own grading", PRIOR: "Most earlier contacts",
    RANDOM: "Drawing lots",
}  # fmt: skip
_METRICS = {
    "recall_at_capacity": "Found, of later harm",
    "precision_at_capacity": "Followed by harm, of those taken up",
    "auc": "Pairs in right order",
}
_MET = {True: "✓ yes", False: "✗ no", None: "cannot be told"}
_NAMES = {"pdf": "PDF", "html": "Web page", "md": "Markdown"}


def grader(card: GraderCard) -> None:
    """The whole card, under the head that every model has."""
    plainly, good, asks, weighs, decided = st.tabs(
        ["In plain words", "Figures", "Asking other agencies", "What it weighs", "Decisions"]
    )
    with plainly:
        _plain(card)
    with good:
        _figures(card)
    with asks:
        _asking(card)
    with weighs:
        _weights(card)
    with decided:
        decisions(card)


def _plain(card: GraderCard) -> None:
    own, theirs = (card.figures.get((way, "recall_at_capacity")) for way in (SUGGESTED, OFFICERS))
    if own is None or theirs is None:
        empty("What it is worth would be said here.", text(card.standing.measured_why))
    else:
        st.markdown(
            f"**Of every 10 contacts that were followed by recorded harm, it would have taken up "
            f"{10 * own.value:.1f}, the officers took up {10 * theirs.value:.1f}**, with as many contacts taken up by "
            "either. It does not say what to do, and it sees nothing that is not in the records."
        )
    st.markdown("**The pass mark.** A grader that misses any part of it is withheld: it suggests nothing anywhere.")
    rows = [{"what": m.what, "fixed": m.fixed, "measured": m.measured, "met": _MET[m.met]} for m in card.marks]
    columns = {"what": "What was asked of it", "fixed": "Fixed before training", "measured": "Measured", "met": "Met"}
    tables.table(pd.DataFrame(rows), key="model_marks_contact", columns=columns)
    st.markdown("**It cannot know:**  \n" + "  \n".join(f"- {text(each)}" for each in SPEC.cannot_know))
    st.markdown(
        f"**To be reviewed by {day(card.standing.review_on)}**; after that day it suggests nothing. It learned from "
        f"{number(card.contacts)} contacts received before {day(card.learned_until)}."
    )
    _papers(card)


def _figures(card: GraderCard) -> None:
    if not card.figures:
        empty("Its measured figures would be here.", text(card.standing.measured_why))
        return
    st.markdown(
        "**Side by side,** on a later year of contacts, at as many taken up as the officers took up themselves. With "
        "the ends of the 95 % interval, from 200 resamplings of families."
    )
    rows = [
        {"name": label} | {metric: percent(card.figures.get((way, metric))) for metric in _METRICS}
        for way, label in WAYS.items()
    ]
    tables.table(pd.DataFrame(rows), key="model_contact_figures", columns={"name": "Way of ranking", **_METRICS})
    slope = card.figures.get((SUGGESTED, "calibration_slope"))
    if slope is not None:
        st.caption(f"Its chances: a slope of {slope.value:.2f} against what followed; 1 is exactly right.")


def _asking(card: GraderCard) -> None:
    spared, missed, workers, less = (
        card.figures.get((SHARING, name))
        for name in ("checks_spared", "harm_missed", "harm_missed_by_officers", "missed_less_than_officers")
    )
    if spared is None:
        empty("What the suggestion to ask other agencies is worth would be here.", text(card.standing.measured_why))
        return
    st.markdown(
        f"- Of the checks that told of nothing and led nowhere it would have spared **{percent(spared)}**.\n"
        f"- Of the harm that followed, **{percent(missed)}** followed contacts for which it would not have asked; "
        f"the officers did not ask for **{percent(workers)}**, a difference of {points(less) if less else 'not known'}."
    )
    st.caption("It learned where officers asked: of contacts for which nobody asked, nobody knows what would be told.")


def _weights(card: GraderCard) -> None:
    st.markdown(
        "**Everything that it weighs,** heaviest first: what one more standard deviation of each adds to the log-odds "
        "of recorded harm, and of other agencies having something to tell. Counts weigh by their logarithm."
    )
    columns = {
        "label": "Indicator", "harm": st.column_config.NumberColumn("Harm", format="%+.2f"),
        "needs": st.column_config.NumberColumn("Asking helps", format="%+.2f"),
    }  # fmt: skip
    tables.table(card.weights, key="model_contact_weights", columns=columns, rows=12)


def _papers(card: GraderCard) -> None:
    """In two steps: the export is checked and in the log before there is anything to take away."""
    form = st.segmented_control(
        "Its card, as",
        list(FORMS),
        format_func=_NAMES.__getitem__,
        default="pdf",
        required=True,
        key="model_contact_form",
    )
    if st.button("Prepare the download", key="model_contact_paper", icon=":material/description:"):
        st.download_button(
            "Download", paper(here().session, card, form), file_name(form), FORMS[form], key="model_contact_file",
            icon=":material/download:", type="primary", on_click="ignore",
        )  # fmt: skip
