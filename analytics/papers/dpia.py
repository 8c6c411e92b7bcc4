"""The annex for a data protection impact assessment (UK GDPR Article 35): what a model does with whose data, what could
go wrong, and what holds it. What is left of each risk is for the assessor to judge, and stands open.
"""

from __future__ import annotations

from collections.abc import Iterator

from analytics.papers.card import headline, pass_mark, roles
from analytics.papers.facts import Facts
from analytics.papers.inventory import inventory, learned_from, never_read, read
from analytics.papers.risks import risks
from analytics.papers.words import bullets, day, rests_on, shown, source_line, table
from data.access.roles import PURPOSES, ROLES, Permission, Role
from data.papers import council, words
from data.papers.council import COUNCIL
from data.papers.inert import inert

ASSESSOR = "for the assessor"
_SCORED = {
    Permission.SEE_SCORE: "scores of named people",
    Permission.SEE_LIST: "the ranked list",
    Permission.SEE_CASELOAD: "their caseload",
    Permission.SEE_SIMILAR: "likeness to known cases",
    Permission.SEE_MODELS: "the model's figures",
    Permission.TRAIN: "invented children only",
}


def dpia(facts: Facts) -> str:
    """The annex as Markdown."""
    parts = (_head(facts), _processing(facts), _inventory(facts), _basis(), _recipients(facts), _kept(facts))
    return "\n".join(line for part in (*parts, _needed(facts), _people(facts), _risks(facts), _sign()) for line in part)


def _head(facts: Facts) -> Iterator[str]:
    yield from (f"# Annex for a data protection impact assessment: {inert(facts.label)}", "")
    yield from (inert(source_line(facts)), "")
    yield "An annex, not the assessment: it sets out what the software does. What is necessary, proportionate and"
    yield "left of each"
    yield f"risk is for the assessor and {inert(COUNCIL.officer)} to judge."
    yield ""


def _processing(facts: Facts) -> Iterator[str]:
    youngest, oldest = facts.spec["ages"]
    yield from ("## 1. What is done, and what for", "")
    yield from table(
        ("What", "Is"),
        (
            ("Controller of the joined data", COUNCIL.name),
            ("Purpose", council.PURPOSE),
            ("Question of the model", facts.spec["question"]),
            (
                "Profiling",
                "yes: it puts named children in an order by what was recorded of them and of those around them",
            ),
            ("Decided by machine alone", "no"),
            ("Whom it scores", f"people aged {youngest} to {oldest}"),
            ("Whom else it reads of", "brothers, sisters, parents, people of the same home, known associates"),
            ("What counts as a case", learned_from(facts)),
            ("How many", f"{facts.families:,} families as linked in this build. {rests_on(facts)}"),
            ("Where it stands", shown(facts)),
        ),
    )


def _inventory(facts: Facts) -> Iterator[str]:
    yield from ("## 2. Data inventory", "")
    count = len(read(facts))
    yield f"{count} indicators of {len(inventory(facts))} sources. The model card names each indicator."
    yield ""
    rows = [
        (told.source.label, told.source.owner, "; ".join(told.events), len(told.indicators),
         words.listed(words.special(told.source)))
        for told in inventory(facts)
    ]  # fmt: skip
    yield from table(("Source", "Agency", "What the model has from it", "Indicators", "Specially protected"), rows)
    yield from ("The model never reads:", "", *bullets(never_read(facts)))


def _basis() -> Iterator[str]:
    yield from ("## 3. Lawful basis", "", "Of the joined data, as declared; the basis of each source is below.", "")
    yield from table(("Law", "What it says"), [(basis.law, basis.means) for basis in council.BASES])


def _recipients(facts: Facts) -> Iterator[str]:
    yield from ("## 4. Who sees what", "")
    rows = [(role.label, _sees(role), "whole city" if role.whole_city else "own area") for role in ROLES.values()]
    yield from table(("Role", "Sees of this model", "Where"), rows)
    yield f"Its score may be shown to: {inert(', '.join(roles(facts)))}. Whoever looks at people gives one of these"
    yield "purposes:"
    yield from ("", *bullets(PURPOSES))


def _sees(role: Role) -> str:
    told = [said for permission, said in _SCORED.items() if permission in role.permissions]
    return ", ".join(told) or "nothing of it"


def _kept(facts: Facts) -> Iterator[str]:
    yield from ("## 5. How long it is kept, and on what basis it was sent", "")
    rows = [(t.source.label, t.source.gateway, words.kept(t.source), words.ground(t.source)) for t in inventory(facts)]
    yield from table(("Source", "Legal gateway", "Kept", "On what ground"), rows)
    yield "Scores are of a build. The next build makes them anew from what is still kept. The log of who saw which"
    yield "score stays."
    yield ""


def _needed(facts: Facts) -> Iterator[str]:
    places = facts.spec["capacity"]
    yield from ("## 6. Is it needed, and is it in proportion", "")
    yield from bullets(
        (
            f"The list is as long as there are workers: {places['places']} places for every {places['families']:,} "
            "families.",
            f"Pass mark, fixed before training: {pass_mark(facts)}.",
            *headline(facts),
            "Simpler ways are measured beside it: the simplest is taken that is within noise of the best at finding "
            "known cases.",
            "Whether the aim could be reached with less data: measured where a build leaves a source out; else for "
            "the assessor.",
        )
    )


def _people(facts: Facts) -> Iterator[str]:
    yield from ("## 7. What people may ask, and Articles 22A to 22D", "")
    yield from (*bullets(f"{right.name}: {right.how}" for right in council.RIGHTS),)
    rows = (
        ("A person decides", "own view before the score; decision, name and reason in the journal"),
        ("Being told", "a privacy notice is written by `python -m data papers`; telling people is the council's"),
        (
            "Saying one's view, contesting",
            "decisions and who saw what can be found; no register of objections is kept here",
        ),
        ("Review", f"a named person approves and retires versions; to be reviewed by {day(facts.spec['review_on'])}"),
    )
    yield from table(("Safeguard", "What the software does"), rows)


def _risks(facts: Facts) -> Iterator[str]:
    yield from ("## 8. Risks, what holds them, and what is left", "")
    rows = [(r.what, r.whom, r.figure(facts), r.held, r.left, ASSESSOR) for r in risks(facts)]
    yield from table(
        (
            "Risk",
            "To whom",
            "Measured",
            "What the software enforces",
            "What it can't",
            "Likelihood, severity, what is left",
        ),
        rows,
    )


def _sign() -> Iterator[str]:
    yield from ("## 9. Judged by", "")
    posts = ("Assessor", "Data protection officer", "Senior responsible owner")
    yield from table(("Post", "Name", "View", "Date"), [(post, "…", "…", "…") for post in posts])
