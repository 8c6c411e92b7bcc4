"""Fields of the transparency record about the model, its data and its risks."""

from __future__ import annotations

from analytics.features.catalogue import CATALOGUE
from analytics.papers.card import headline, pass_mark, unknowns
from analytics.papers.facts import Facts
from analytics.papers.inventory import inventory, learned_from, never_read, read
from analytics.papers.risks import risks
from analytics.papers.words import (
    FEW,
    GROUPINGS,
    NOT_KNOWN,
    bullets,
    day,
    figure,
    metrics,
    rests_on,
    says_little,
    shown,
    table,
)
from data.papers import council, words
from data.papers.inert import inert

_SORTS = {
    "points": "Points on a card: a few indicators, each with whole points, that anybody can add up.",
    "logistic": "Logistic regression: a weight for each indicator, held small, and added up.",
    "boosting": "Gradient boosting of small trees, held to the direction that each indicator is known to have.",
    "two_models": "Two regressions, of those offered and those waiting; the difference is what is told.",
    "transformed": "Boosted trees, learning the difference between those offered and those waiting.",
    "forest": "Bagged trees, for learning from known cases among people of whom most are merely not known to be cases.",
}


def architecture(facts: Facts) -> list[str]:
    return [
        "Files are read and checked against their declarations; records are linked with Splink; indicators are "
        "computed in",
        "DuckDB as of given days; models are trained with scikit-learn. The result is a read-only, encrypted "
        "snapshot. Pages",
        "read it through one gate that checks role, purpose and area, records the look, and only then shows anything.",
    ]


def phase(facts: Facts) -> list[str]:
    if facts.invented:
        return ["Pre-deployment: this build is of an invented city, and of nobody real."]
    return ["Retired." if facts.stage == "retired" else "In use." if facts.shown else "Withheld: nobody sees a score."]


def maintenance(facts: Facts) -> list[str]:
    return [
        "Each build trains and measures anew, and withholds what misses its pass mark. Indicators, scores and "
        "chances are",
        f"held against those it was trained on. A person reviews it by {day(facts.spec['review_on'])}.",
    ]


def models(facts: Facts) -> list[str]:
    return [f"One: {inert(facts.label)}. Other models of the same installation have records of their own."]


def name(facts: Facts) -> list[str]:
    return [inert(facts.label)]


def version(facts: Facts) -> list[str]:
    return [f"{inert(facts.version)}, of declaration, code, indicators and data; another of any makes another version."]


def task(facts: Facts) -> list[str]:
    return [inert(facts.spec["question"]), f"A case is {inert(learned_from(facts))}."]


def given(facts: Facts) -> list[str]:
    may = "" if facts.variables else " Nothing was trained in this build: these are what it may read."
    return [f"{len(read(facts))} of the {len(CATALOGUE)} declared indicators. The model card names each.{may}"]


def output(facts: Facts) -> list[str]:
    return ["A raw score, a chance between 0 and 1, a place in the order, a band, and what each indicator added."]


def kind(facts: Facts) -> list[str]:
    return [_SORTS.get(facts.estimator or "", "None: nothing was trained.")]


def performance(facts: Facts) -> list[str]:
    rows = [(label, figure(metric, facts.own.get(metric))) for metric, label in metrics(facts).items()]
    groups = ", ".join(label.lower() for at, label in GROUPINGS.items() if at in facts.groups) or "none"
    return [
        inert(shown(facts)),
        f"Pass mark, fixed before training: {inert(pass_mark(facts))}.",
        "",
        *bullets(headline(facts)),
        *table(("Figure", "With its 95 % interval"), rows),
        f"{rests_on(facts)} Measured by group too ({groups}): see the model card. Not known:",
        "",
        *bullets(unknowns(facts)),
    ]


def datasets(facts: Facts) -> list[str]:
    return [
        f"One: the joined records of {len(inventory(facts))} sources, as they were on each of the days learned from."
    ]


def purposes(facts: Facts) -> list[str]:
    told = facts.kept.get("training") or {}
    if not told:
        return ["Nothing was trained or measured: there were too few cases."]
    return [
        f"Training: {told.get('rows', 0):,} rows (a child on a day), {told.get('cases', 0)} cases. For the "
        "measurement a model",
        f"was trained with what was known by {day(facts.kept.get('evaluated_at'))} ({told.get('rows_measured', 0):,} "
        "rows,",
        f"{told.get('cases_measured', 0)} cases), and measured on the year after. Truth about the invented city is "
        "not read.",
    ]


def source_names(facts: Facts) -> list[str]:
    rows = [(told.source.label, told.source.owner, len(told.indicators)) for told in inventory(facts)]
    return table(("Source", "Agency", "Indicators of it"), rows)


def modality(facts: Facts) -> list[str]:
    return ["Tables: dates, codes and numbers. No free text, pictures or sound."]


def described(facts: Facts) -> list[str]:
    return table(
        ("Source", "What the model has from it"), [(t.source.label, "; ".join(t.events)) for t in inventory(facts)]
    )


def quantities(facts: Facts) -> list[str]:
    counted = f"{facts.families:,} families as linked in this build."
    return [f"{counted} {rests_on(facts)}"]


def sensitive(facts: Facts) -> list[str]:
    special = dict.fromkeys(word for told in inventory(facts) for word in words.special(told.source))
    return [
        f"Its sources hold {inert(words.listed(tuple(special)))}. Never read by the model: "
        f"{inert(words.listed(never_read(facts)))}.",
        "Sex and ethnic origin are used only to measure errors by group. Other indicators may still tell of them in "
        "part;",
        "deprivation of the neighbourhood is one that does.",
    ]


def completeness(facts: Facts) -> list[str]:
    groups = [next(iter(each.values())) for by in facts.groups.values() for each in by.values()]
    small = sum(1 for each in groups if each.positives is None or says_little(each.positives))
    covered = sum(1 for told in inventory(facts) if told.source.coverage == "everyone")
    return [
        f"{covered} of {len(inventory(facts))} sources cover everybody in the city; the others know only those on "
        "their books.",
        "Where a source does not cover a child, its indicators are not known rather than nil. It has learned only "
        "from cases",
        f"that somebody noticed; families that are watched more are noticed more. Groups with fewer than {FEW} cases, "
        f"or figures withheld: {small if facts.groups else NOT_KNOWN}.",
    ]


def url(facts: Facts) -> list[str]:
    return ["None: the records are of named people and are not published."]


def collection(facts: Facts) -> list[str]:
    rows = [(t.source.label, t.source.about, words.rhythm(t.source), t.source.gateway) for t in inventory(facts)]
    return table(("Source", "What it holds", "Sent", "Legal gateway"), rows)


def cleaning(facts: Facts) -> list[str]:
    return [
        "Rows that break a declared rule are set aside and told to the sender by file, line, field and rule; none "
        "is mended",
        "silently. Records of one person are linked; doubtful links are shown to a person, whose verdict stands.",
    ]


def agreements(facts: Facts) -> list[str]:
    owners = sorted({told.source.owner for told in inventory(facts)})
    return [
        f"Drafts for {len(owners)} agencies are written by `python -m data papers`: {inert('; '.join(owners))}.",
        "Which are signed is the council's to add.",
    ]


def storage(facts: Facts) -> list[str]:
    spans: dict[str, list[str]] = {}
    for told in inventory(facts):
        spans.setdefault(words.kept(told.source), []).append(told.source.label)
    kept = [(span, "; ".join(labels)) for span, labels in sorted(spans.items())]
    return [*bullets(council.SAFEGUARDS), *table(("Kept", "Source"), kept)]


def dangers(facts: Facts) -> list[str]:
    rows = [(risk.what, risk.figure(facts), risk.held) for risk in risks(facts)]
    return table(("Risk", "What was measured", "What the software does about it"), rows)
