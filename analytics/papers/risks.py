"""What could go wrong with a model, for whom, what was measured of it, and what the software itself does about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analytics.papers.facts import Facts, Figure
from analytics.papers.words import FEW, GROUPINGS, day, figure

Measured = Callable[[Facts], str]


@dataclass(frozen=True)
class Risk:
    """``held`` is what the software enforces, ``left`` what it can't and the assessor has to judge."""

    what: str
    whom: str
    figure: Measured
    held: str
    left: str


def risks(facts: Facts) -> tuple[Risk, ...]:
    """Every risk that is known of a model such as this."""
    return RISKS if facts.spec.get("profile") else tuple(risk for risk in RISKS if risk is not KNOWN_CASES)


def _nothing(_: Facts) -> str:
    return "Not measured: nothing in the records tells."


def _wrong(facts: Facts) -> str:
    if facts.benefit:
        return f"Contacts spared by 100 places: {_own(facts, 'spared_per_100')}."
    right = figure("precision_at_capacity", facts.own.get("precision_at_capacity"))
    return f"Right, of those on the list: {right}. Wrong for each right one: {_own(facts, 'false_per_true')}."


def _missed(facts: Facts) -> str:
    if facts.benefit:
        return f"Lead over highest risk first: {_own(facts, 'lead_over_risk')}."
    return f"Found, of the later cases: {_own(facts, 'recall_at_capacity')}."


def _lead(facts: Facts) -> str:
    if facts.benefit:
        return f"Lead over drawing lots: {_own(facts, 'lead_over_lot')}."
    return f"Lead over most earlier contacts: {_own(facts, 'lead_at_capacity')}."


def _own(facts: Facts, metric: str) -> str:
    return figure(metric, facts.own.get(metric))


def _unequal(facts: Facts) -> str:
    told = [f"{label.lower()}, {_range(facts, at)}" for at, label in GROUPINGS.items() if _precise(facts, at)]
    if not told:
        return "Not known: no group is large enough, or nothing was measured."
    return f"Found, of the later cases, in groups with {FEW} cases or more: {'; '.join(told)}."


def _precise(facts: Facts, grouping: str) -> list[tuple[str, Figure]]:
    found = facts.groups.get(grouping, {})
    told = [(group, by["recall_at_capacity"]) for group, by in sorted(found.items()) if "recall_at_capacity" in by]
    return [(group, one) for group, one in told if one.value is not None and (one.positives or 0) >= FEW]


def _range(facts: Facts, grouping: str) -> str:
    return ", ".join(f"{group} {figure('recall_at_capacity', one)}" for group, one in _precise(facts, grouping))


def _when(facts: Facts) -> str:
    at = facts.kept.get("evaluated_at")
    return f"Measured at {day(at)}, on the year after, which it had not seen." if at else "Nothing was measured."


def _review(facts: Facts) -> str:
    return f"To be reviewed by {day(facts.spec['review_on'])}; built for {day(facts.today)}."


KNOWN_CASES = Risk(
    "A child is scored by the record of their own exploitation, so that the model only repeats what is known",
    "Children already identified, and those who are not found because of it",
    _lead,
    "Identification is refused as an indicator of the child's own when the catalogue is read; the identified leave "
    "the list",
    "Records of other agencies that were made because of an identification",
)

RISKS = (
    Risk(
        "A child is put on the list and is not at risk: needless enquiries, suspicion, harm to trust",
        "Children and their families",
        _wrong,
        "A model under its pass mark shows no score. The reader judges before the score is shown. A person decides "
        "and says why",
        "How much harm one needless enquiry does, and how many are too many",
    ),
    Risk(
        "A child at risk is not on the list, and others rely on the list",
        "Children at risk",
        _missed,
        "What it cannot know stands beside every score; the records stay there without it; contacts and referrals "
        "go on",
        "Whether those who work with children come to look less elsewhere",
    ),
    Risk(
        "It serves some groups worse, or singles them out",
        "Minority-ethnic, disabled and poorer children; boys or girls",
        _unequal,
        "Sex and ethnic origin are never read. Errors are measured by group with intervals, small groups marked, "
        "and shown",
        "Whether the gaps that were found are lawful and fair; groups too small to measure",
    ),
    Risk(
        "It learns who is watched, not who is at risk",
        "Families that agencies already know well",
        _lead,
        "It has to beat a simpler order by an interval above its mark, or no score is shown",
        "Harm that nobody recorded: no figure counts it",
    ),
    KNOWN_CASES,
    Risk(
        "It looks better than it is because it saw what was entered later",
        "Everybody who relies on its figures",
        _when,
        "Every figure is of a day, with what had been recorded by then; a gap of days is left; families stay in one "
        "fold",
        "Records that were changed by an agency before they were first sent",
    ),
    Risk(
        "People follow the score instead of thinking",
        "Children, and those who work with them",
        _nothing,
        "Own judgement first, or a recorded skip; a view and a reason after it; training rooms; no action follows "
        "by itself",
        "Pressure at work, and how far judgements move towards the score",
    ),
    Risk(
        "A decision is made by the machine alone (UK GDPR Articles 22A to 22D)",
        "Children and their families",
        _nothing,
        "No page, list or export decides or starts anything; decision, person and reason are in the journal",
        "Whether the human part is meaningful in practice, and how people are told, heard and can contest",
    ),
    Risk(
        "Somebody looks who should not",
        "Everybody in the records",
        _nothing,
        "Role, purpose and area are checked on each look; refusals are recorded too; the log shows if it was changed; "
        "emergency access is for one person or ward, for a reason, 72 hours at most",
        "Somebody with a right to look who looks for another reason than they say; what is copied off the screen",
    ),
    Risk(
        "Records of two people are taken for one, or of one for two",
        "Those whose lives are mixed up",
        _nothing,
        "Each link can be looked into; doubtful ones go to a person, whose verdict holds in later builds",
        "Links that nobody doubted and that are wrong",
    ),
    Risk(
        "It is used past its time, when the city or the records have changed",
        "Children whom it then ranks wrongly",
        _review,
        "Past its review date, drifted or retired, its score is withheld at the next look, everywhere",
        "Changes too slow or too small to be noticed",
    ),
    Risk(
        "Records are kept longer than they are needed",
        "Everybody in the records",
        _nothing,
        "Each source has its span and its ground; what is past it leaves with the next build; a person can be erased",
        "Copies outside the software, and backups",
    ),
    Risk(
        "Being scored frightens families away from services",
        "Families who need help",
        _nothing,
        "Nothing in the software prevents it",
        "All of it: talk with families and their advocates before it is used",
    ),
)
