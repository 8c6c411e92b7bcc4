"""The model card of the grader of contacts, from its declaration and its measured figures."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.papers.papers import FORMS
from analytics.papers.words import bullets, day, table
from analytics.registry.contact import SHARING, GraderCard, points
from analytics.registry.summary import percent
from analytics.triage.harm import GAP_DAYS, HORIZON_DAYS
from analytics.triage.measure import OFFICERS, PRIOR, RANDOM, SUGGESTED, WORDED
from analytics.triage.spec import SPEC
from data.access.gate import Session, consult
from data.access.roles import Permission
from data.papers.inert import inert
from data.papers.page import html
from data.papers.pdf import pdf

__all__ = ["FORMS", "file_name", "markdown", "paper"]

_MET = {True: "met", False: "missed", None: "cannot be told"}
_WAYS = {SUGGESTED: "The suggestion", OFFICERS: "Officers' own grading", PRIOR: "Most earlier contacts", RANDOM: "Lots"}
_SHARED = {
    "checks_spared": "Checks that led nowhere and would have been spared",
    "harm_missed": "Of later harm, contacts for which it would not have asked",
    "harm_missed_by_officers": "Of later harm, contacts for which officers did not ask",
    "asked": "Contacts for which it would ask",
    "asked_by_officers": "Contacts for which officers asked",
}


def paper(session: Session, card: GraderCard, form: str) -> bytes:
    """The card as a file; ``form`` is one of `FORMS`. Raises `AccessRefused`."""
    consult(session, Permission.SEE_MODELS, lambda _: None, what=f"export: card of {card.name} as {form}")
    told = markdown(card, session.snapshot.invented)
    if form == "pdf":
        mark = "Invented city: no real people" if session.snapshot.invented else ""
        return pdf(told, mark=mark, foot=f"{SPEC.label}, version {card.version}")
    return (html(told) if form == "html" else told).encode()


def file_name(form: str) -> str:
    return f"contact-card.{form}"


def markdown(card: GraderCard, invented: bool) -> str:
    """The card as Markdown."""
    parts = (_head(card, invented), _is(card), _good(card), _limits(), _weighs(card))
    return "\n".join(line for part in parts for line in part) + "\n"


def _head(card: GraderCard, invented: bool) -> Iterator[str]:
    yield from (f"# Model card: {SPEC.label}", "", f"**{SPEC.question}**", "")
    if invented:
        yield from ("Every figure here is of an invented city, in which nobody is real.", "")
    now = card.standing
    decided = "nobody has approved or retired this version" if now.decision is None else now.decision.state
    yield from ("## In short", "")
    yield from bullets([
        f"State: {now.stage.value}. {inert(now.reason)}",
        f"Decided by a named person: {decided}.",
        f"To be reviewed by {day(None if now.review_on is None else now.review_on.isoformat())}; past that day it "
        "suggests nothing.",
        "It supports an officer, who grades first or asks for it, and decides. It decides nothing and hides nothing.",
    ])  # fmt: skip


def _is(card: GraderCard) -> Iterator[str]:
    learned = None if card.learned_until is None else card.learned_until.isoformat()
    yield from ("## What it is", "")
    yield from table(("What", "Is"), (
        ("Way", "one logistic regression for each step of what followed (another contact, taken up, harm), and one for "
                "whether asking other agencies tells of anything; ridge; nothing hidden"),
        ("Version", card.version),
        ("Learned from", f"{card.contacts:,} contacts received before {day(learned)}, whose outcome is whole"),
        ("What counts as harm", "an enquiry, a child protection plan, coming into care, or an adult safeguarding "
                                f"enquiry, from {GAP_DAYS} to {HORIZON_DAYS} days after the contact"),
        ("Levels", "as many contacts at each level as the hub itself has graded there"),
        ("Text", f"not weighed: an officer reads it{_text(card)}"),
        ("Of whom it asks", "children and adults whom a contact is about"),
    ))  # fmt: skip


def _text(card: GraderCard) -> str:
    """What words would be worth, where that was measured."""
    own, worded = (card.figures.get((way, "recall_at_capacity")) for way in (SUGGESTED, WORDED))
    lead = card.figures.get((SUGGESTED, f"lead_over_{WORDED}"))
    if own is None or worded is None or lead is None:
        return ""
    return (
        f". Weighing a list of grave and calming words too it would find {percent(worded)} of later harm at the hub's "
        f"workload; as it is, {percent(own)}, a difference of {points(lead)}"
    )


def _good(card: GraderCard) -> Iterator[str]:
    yield from ("## How good it is", "")
    if not card.figures:
        yield from (f"Not known. {inert(card.standing.measured_why)}", "")
        return
    yield from ("On a later year, which it had not seen; in brackets the ends of the 95 % interval.", "")
    metrics = {"recall_at_capacity": "Found, of later harm", "precision_at_capacity": "Right, of those taken up"}
    rows = [(label, *(percent(card.figures.get((way, m))) for m in metrics)) for way, label in _WAYS.items()]
    yield from table(("Way of ranking, at the officers' own workload", *metrics.values()), rows)
    yield from table(("The mark, fixed before training", "Measured", ""), [
        (mark.what, mark.measured, _MET[mark.met]) for mark in card.marks
    ])  # fmt: skip
    shared = [(label, percent(card.figures.get((SHARING, name)))) for name, label in _SHARED.items()]
    yield from table(("Asking other agencies", "Measured"), shared)


def _limits() -> Iterator[str]:
    yield from ("## What it cannot know", "", *bullets(SPEC.cannot_know), "")


def _weighs(card: GraderCard) -> Iterator[str]:
    yield from ("## What it weighs", "")
    yield from ("What one more standard deviation of each adds to the log-odds, heaviest first.", "")
    rows = [
        (inert(str(row.label)), f"{row.harm:+.2f}", f"{row.needs:+.2f}") for row in card.weights.itertuples(index=False)
    ]
    yield from table(("Indicator", "Harm", "Asking helps"), rows)
