"""Models: what each asks, whether its score is shown and why, how often it is right, and who decided about it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.evaluation.names import ESTIMATORS
from analytics.registry.card import Card, cards
from analytics.registry.contact import GraderCard, grader_card
from analytics.triage.spec import SPEC
from analytics.uplift.reading import is_benefit
from data.access.roles import Permission
from data.access.standing import Stage
from pages.components import tables
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import day
from pages.entry.here import here
from pages.entry.spec import PageSpec
from pages.governance.model_agreement import agreed
from pages.governance.model_contact import grader
from pages.governance.model_decide import decisions
from pages.governance.model_declared import declared
from pages.governance.model_figures import by_group, calibration, compared
from pages.governance.model_papers import show_papers
from pages.governance.model_plain import plain_words
from pages.governance.model_rivals import rivals
from pages.governance.uplift import by_lot, by_tenth, list_worth, trial_figures

PAGE = PageSpec(
    path="model",
    title="Models",
    icon=":material/insights:",
    group="Governance",
    needs=Permission.SEE_MODELS,
    whom="those who use or answer for the models",
    about="What each model asks, how often it is right, for whom less often, and who approved it.",
    place=30,
)
STAGES = {
    Stage.CANDIDATE: "Candidate", Stage.UNMEASURED: "Not measured", Stage.APPROVED: "Approved",
    Stage.WITHHELD: "Withheld", Stage.RETIRED: "Retired",
}  # fmt: skip
_LIST = {
    "label": "Model", "stage": "State", "shown": "Its score is", "right": "Of 10 on its list, right",
    "missed": "Of 10 it looks for, missed", "review": "Review by",
}  # fmt: skip


def page() -> None:
    """All models in a table, then one of them in full."""
    st.title(PAGE.title)
    known = cards(here().session)
    if not known:
        empty("A card for each model would be here.", "This snapshot holds no model.")
        return
    if said := st.session_state.pop("model_said", None):
        st.success(said, icon=":material/check_circle:")
    contacts = grader_card(here().session)
    by_label = {card.label: card for card in known}
    labels = [*by_label, *([] if contacts is None else [contacts.label])]
    chosen = st.segmented_control(
        "Model", labels, default=labels[0], required=True, key="model_chosen", label_visibility="collapsed"
    )
    with st.expander("All models side by side"):
        _overview(known, contacts)
    if contacts is not None and chosen == contacts.label:
        _head(contacts, SPEC.question, "one regression a step of what followed")
        grader(contacts)
    else:
        _one(by_label[chosen or labels[0]])


def _overview(known: list[Card], contacts: GraderCard | None) -> None:
    rows = [_state(card) | dict(zip(("right", "missed"), _worth(card), strict=True)) for card in known]
    rows += [] if contacts is None else [_state(contacts) | {"right": "–", "missed": "–"}]
    tables.table(pd.DataFrame(rows), key="model_list", columns=_LIST)


def _state(card: Card | GraderCard) -> dict[str, str]:
    return {
        "label": card.label,
        "stage": STAGES[card.standing.stage],
        "shown": "not shown" if card.withheld else "shown",
        "review": day(card.standing.review_on),
    }


def _worth(card: Card) -> tuple[str, str]:
    """A model of benefit is right about nobody: it spares contacts."""
    return ("–", "–") if is_benefit(card.spec) else card.summary or ("not measured", "not measured")


def _one(card: Card) -> None:
    way = "nothing was trained" if card.estimator is None else ESTIMATORS.get(card.estimator, text(card.estimator))
    _head(card, card.spec["question"], f"{way} · trained on what was known by {day(card.trained)}")
    if is_benefit(card.spec):
        _benefit(card)
        return
    names = ["In plain words", "Figures", "For whom", "Chances", "Why this way", "What it is", "Decisions"]
    plainly, good, whom, chances, choice, spec, decided = st.tabs(names)
    with plainly:
        plain_words(card)
    with good:
        compared(card)
    with whom:
        by_group(card)
    with chances:
        calibration(card)
    with choice:
        rivals(card)
    with spec:
        declared(card)
        show_papers(card.name)
    with decided:
        agreed(card.name)
        decisions(card)


def _benefit(card: Card) -> None:
    """A model of benefit is not right or wrong about anybody: it is worth so many contacts more than lots."""
    found, offer = trial_figures(card.name, card.estimator), card.spec["offer"]
    worth, whom, lots, spec, decided = st.tabs(
        ["What its list is worth", "For whom", "Did places fall by lot", "What it is", "Decisions"]
    )
    with worth:
        list_worth(found, card.estimator, offer)
    with whom:
        by_tenth(found, card.estimator, offer)
    with lots:
        by_lot(found)
    with spec:
        declared(card)
        show_papers(card.name)
    with decided:
        decisions(card)


def _head(card: Card | GraderCard, question: str, way: str) -> None:
    st.markdown(f"**It asks:** *{text(question)}*")
    stage = STAGES[card.standing.stage]
    if card.withheld:
        st.warning(f"**{stage}.** {text(card.withheld)}", icon=":material/visibility_off:")
    elif card.caveat:
        st.info(f"**{stage}.** {text(card.caveat)}", icon=":material/science:")
    else:
        st.success(f"**{stage}: its score is shown.** {text(card.standing.reason)}", icon=":material/visibility:")
    st.caption(f"{way} · version {text(card.version)}")
