"""Figures, days and tables in the words of the papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from analytics.disclosure.control import HIDDEN
from analytics.evaluation.names import ESTIMATORS
from analytics.papers.facts import Facts, Figure
from data.papers.inert import inert
from data.papers.words import grid

NOT_KNOWN = "not known"
#: Fewer cases than this say little about a group.
FEW = 10
METRICS = {
    "precision_at_capacity": "Right, of those on the list",
    "recall_at_capacity": "Found, of the later cases",
    "false_per_true": "Wrong ones for each right one",
    "lead_at_capacity": "Lead over most earlier contacts",
    "average_precision": "Average precision",
    "auc": "Pairs in right order (AUC)",
}
#: Of a model that tells who would gain from an offer.
OF_BENEFIT = {
    "spared_per_100": "Contacts spared by 100 places",
    "lead_over_lot": "Lead over drawing lots",
    "lead_over_risk": "Lead over highest risk first",
    "qini": "Qini coefficient",
}
IN_GROUPS = ("selection_rate", "precision_at_capacity", "recall_at_capacity", "auc")
MORE = {"selection_rate": "Put on the list"}
GROUPINGS = {
    "sex": "Sex",
    "ethnicity": "Ethnic origin",
    "age": "Age",
    "sen": "Special educational needs",
    "deprivation": "Deprivation of the area",
}
#: Shares of which a whole per cent is too coarse.
_SMALL = frozenset({"selection_rate"})
#: Metrics told as numbers; the others are shares.
_NUMBERS = frozenset({"false_per_true", "average_precision", "auc", *OF_BENEFIT})


def day(iso: str | None) -> str:
    """``3 Mar 2026``."""
    if not iso:
        return NOT_KNOWN
    then = date.fromisoformat(iso[:10])
    return f"{then.day} {then:%b %Y}"


def says_little(cases: int | None) -> bool:
    """Whether so many cases say little; of those whose number is withheld it can't be said."""
    return cases is not None and cases < FEW


def people(count: int | None) -> str:
    """``1,240``; ``c`` where the count is withheld."""
    return HIDDEN if count is None else f"{count:,}"


def figure(metric: str, found: Figure | None) -> str:
    """``44 % (22 to 65 %)`` or ``0.65 (0.59 to 0.71)``; what can't be told says so."""
    if found is not None and found.withheld:
        return HIDDEN
    if found is None or found.value is None:
        return "none was right" if metric == "false_per_true" and found is not None else NOT_KNOWN
    scale, places, unit = (1, 2, "") if metric in _NUMBERS else (100, int(metric in _SMALL), " %")
    said = f"{scale * found.value:.{places}f}{unit}"
    if found.low is None:
        return f"{said} (interval not known)"
    high = "no end" if found.high is None else f"{scale * found.high:.{places}f}{unit}"
    return f"{said} ({scale * found.low:.{places}f} to {high})"


def metrics(facts: Facts) -> dict[str, str]:
    """The figures that are told of this sort of model."""
    return OF_BENEFIT if facts.benefit else METRICS


def place(name: str) -> tuple[int, str]:
    """Where a way of ranking stands among the others: simplest first, those that nobody has named at the end."""
    known = list(ESTIMATORS)
    return (known.index(name) if name in known else len(known), name)


def came(facts: Facts) -> str:
    """What became of a case, after *children who*."""
    return str(facts.spec.get("happened") or "were identified")


def of_ten(found: Figure | None, who: str, done: str) -> str:
    """``Of every 10 flagged, about 4 were later identified (between 2.2 and 6.5).``"""
    if found is not None and found.withheld:
        return HIDDEN
    if found is None or found.value is None:
        return f"Of every 10 {who}, nobody knows how many {done}: it could not be measured."
    about = f"about {10 * found.value:.0f}" if found.value >= 0.05 else "fewer than 1"
    between = (
        "" if found.low is None or found.high is None else f", between {10 * found.low:.1f} and {10 * found.high:.1f}"
    )
    return f"Of every 10 {who}, {about} {done} ({10 * found.value:.1f}{between})."


def few(facts: Facts) -> bool:
    """Whether there were too few cases in the measured year to tell how good it is."""
    found = next(iter(facts.own.values()), None)
    return found is not None and not facts.benefit and (found.positives or 0) < int(facts.spec.get("least_found", 0))


def rests_on(facts: Facts) -> str:
    """On how many people and cases the figures rest."""
    found = next(iter(facts.own.values()), None)
    if found is None:
        return "Nothing was measured."
    if facts.benefit:
        return f"Measured on {people(found.n)} families, of whom {people(found.positives)} were offered a place."
    return (
        f"Measured on {people(found.n)} children, of whom {people(found.positives)} {came(facts)}: these are the cases."
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A Markdown table of plain values, every one inert, and an empty line after it."""
    return [*grid([heads, *([inert(cell) or "–" for cell in row] for row in rows)]).split("\n"), ""]


def bullets(values: Iterable[object]) -> list[str]:
    """A list of plain values, and an empty line after it."""
    return [*(f"- {inert(value)}" for value in values), ""]


def sentence(text: str) -> str:
    """With a capital and a full stop, whoever wrote it."""
    told = text.strip()
    return told[:1].upper() + told[1:] + ("" if told.endswith((".", "?", "!")) or not told else ".")


def shown(facts: Facts) -> str:
    """Whether anybody sees the score, and why."""
    if facts.shown:
        demo = (
            " It could not be measured: with real records no score would be shown."
            if facts.stage == "unmeasured"
            else ""
        )
        return f"Its score is shown to those who may see it. {sentence(facts.reason)}{demo}"
    return f"No score of it is shown to anybody. {sentence(facts.reason)}"


def mark(facts: Facts) -> str:
    """What stands on every page."""
    return f"Invented city{f': {facts.city}' if facts.city else ''}" if facts.invented else facts.city


def foot(facts: Facts) -> str:
    """Which build the paper is of."""
    return f"Version {facts.version} · build {facts.snapshot} · known by {day(facts.today)}"


def source_line(facts: Facts) -> str:
    """The sentence below every title: from what it is written, and what kind of people it speaks of."""
    of = "the invented city, in which nobody is real" if facts.invented else "real records"
    return (
        f"Written from the model's declaration and from figures measured on {of}: build {facts.snapshot}, "
        f"{facts.families:,} families as linked, known by {day(facts.today)}."
    )
