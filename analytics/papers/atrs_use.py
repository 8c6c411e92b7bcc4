"""Fields of the transparency record about what the model is for and how people use it."""

from __future__ import annotations

from analytics.evaluation.names import ESTIMATORS
from analytics.papers.card import ahead, headline, roles
from analytics.papers.facts import Facts
from analytics.papers.inventory import inventory, learned_from
from analytics.papers.words import bullets, day, figure, metrics, place, rests_on, shown, table
from data.papers import council
from data.papers.council import COUNCIL
from data.papers.inert import inert


def updated(facts: Facts) -> list[str]:
    return [f"Written anew with every build; this one speaks of {day(facts.today)}."]


def archived(facts: Facts) -> list[str]:
    return [inert(facts.decided) if facts.stage == "retired" else "Not archived: the model is not retired."]


def name(facts: Facts) -> list[str]:
    return [f"{COUNCIL.system}: {inert(facts.label)}"]


def description(facts: Facts) -> list[str]:
    return [
        f"{COUNCIL.system} joins what agencies know of children and families. This model puts children in an order, "
        "by this",
        f"question: {inert(facts.spec['question'])}",
        "A professional looks at those at the top of the list, reads the records behind it, and decides what to do, if",
        f"anything. The model decides nothing. {inert(shown(facts))}",
        "",
        *bullets(headline(facts)),
    ]


def detailed(facts: Facts) -> list[str]:
    return [
        f"Records of {len(inventory(facts))} sources are read and checked, linked where they are of one person, and "
        "turned",
        "into indicators of what had been recorded by a given day. The model learned which indicators went before a "
        "case; a",
        f"case is {inert(learned_from(facts))}. Each child of its ages gets a score, a chance and a place in the "
        "order. The",
        "indicators that raised or lowered a child's score are told with it. Every score can be computed again.",
    ]


def scope(facts: Facts) -> list[str]:
    youngest, oldest = facts.spec["ages"]
    return [
        f"People aged {youngest} to {oldest} of whom it is not yet known; {ahead(facts)}. It is for ordering a list "
        "that is",
        "looked at by professionals. It is not for deciding about anybody, for other ages or questions, or for a "
        "city whose",
        "records it was not trained on. What it cannot know:",
        "",
        *bullets(facts.spec["cannot_know"]),
    ]


def benefit(facts: Facts) -> list[str]:
    return [
        f"It is meant {inert(council.PURPOSE)}.",
        "What was measured is how well it orders children; whether they are better off where it is used is not known.",
        "",
        *bullets(headline(facts)),
    ]


def alternatives(facts: Facts) -> list[str]:
    if not facts.overall:
        return ["Not measured: there were too few cases. By rule every build tries simpler ways beside it."]
    told = dict(list(metrics(facts).items())[:2])
    rows = [
        (ESTIMATORS.get(way, way), *(figure(metric, facts.overall[way].get(metric)) for metric in told))
        for way in sorted(facts.overall, key=place)
    ]
    chosen = ESTIMATORS.get(facts.estimator or "", "none")
    return [
        "Each build measures these ways of ordering on the same children, and takes the simplest that is within "
        "noise of the",
        f"best at finding known cases: {inert(chosen)}. {rests_on(facts)} In brackets the ends of the 95 % interval.",
        "",
        *table(("Way of ranking", *told.values()), rows),
    ]


def process(facts: Facts) -> list[str]:
    return [
        council.A_PERSON_DECIDES if facts.spec.get("profile") else _outcome_decides(),
        "The list is one way among others in which a child comes to notice; contacts and referrals go on as before.",
    ]


def _outcome_decides() -> str:
    return (
        "No decision about anybody is made by a computer. A score says how much a child's recorded life resembles "
        "those of "
        "children to whom it then happened. It is a reason to look, not a finding. A named professional reads the "
        "records "
        "behind it, writes down their own view and the reason for it, and decides; the score may be wrong and they "
        "may say so."
    )


def provided(facts: Facts) -> list[str]:
    return bullets(
        (
            "The child's place in the order, a band and a chance, with what the model cannot know beside them",
            "The indicators that raised and lowered the score, in sentences, with the records behind each",
            "For models of known cases: how the child is like them and unlike them",
            f"Only to these roles: {', '.join(roles(facts))}; on a child's own page only once the reader has judged, "
            "or skips",
            "Where no score may be shown: the reason, and the records, without a number",
        )
    )


def scale(facts: Facts) -> list[str]:
    places = facts.kept.get("capacity")
    listed = f"{places} places on the list in this build." if places else "No list in this build: nothing was trained."
    return [
        f"A new list with every build. {listed} {rests_on(facts)}",
        "How many people use it is the council's to add.",
    ]


def human(facts: Facts) -> list[str]:
    return bullets(
        (
            "The reader says how worried they are before the score is shown, or says that they skip; both are recorded",
            "After it they write down whether they agree, why, and what they decide; the software does not act",
            "A named person approves a version before real people's scores are shown, and can retire it at any time",
            f"It is to be reviewed by {day(facts.spec['review_on'])}; past that day its score is withheld",
            "Every look at a named person is in a log that cannot be changed without the change being found",
        )
    )


def training(facts: Facts) -> list[str]:
    return [
        "The software has training rooms with invented children, in which a learner judges before they see a score. "
        "Which",
        "training the council requires before somebody may see a score of this model is the council's to add.",
    ]


def appeals(facts: Facts) -> list[str]:
    return [
        "Anybody may ask what is held about them, have it put right, object, and have a person look again at a "
        "decision",
        "(UK GDPR Articles 15 to 21 and 22A to 22D). The software tells who looked at whom and what was decided and "
        "why.",
        f"Write to {inert(COUNCIL.email)}. {inert(council.COMPLAINTS)}",
    ]
