"""The model card: what a model asks, what it learned from, how good it is and for whom less, and what nobody knows.

Its parts are those of Mitchell and others, "Model cards for model reporting" (FAT* 2019).
"""

from __future__ import annotations

from collections.abc import Iterator

from analytics.disclosure.control import DEFAULT
from analytics.evaluation.names import ESTIMATORS
from analytics.papers.facts import Facts
from analytics.papers.inventory import by_theme, inventory, learned_from, never_read, read
from analytics.papers.words import (
    FEW,
    GROUPINGS,
    IN_GROUPS,
    METRICS,
    MORE,
    NOT_KNOWN,
    bullets,
    came,
    day,
    few,
    figure,
    metrics,
    of_ten,
    people,
    place,
    rests_on,
    says_little,
    shown,
    source_line,
    table,
)
from data.access.roles import ROLES
from data.papers.inert import inert


def card(facts: Facts) -> str:
    """The card as Markdown."""
    parts = (_head(facts), _is(facts), _learned(facts), _good(facts), _chosen(facts), _whom(facts), _chances(facts))
    return "\n".join(line for part in (*parts, _limits(facts), _reads(facts), _again(facts)) for line in part)


def headline(facts: Facts) -> list[str]:
    """The figures as anybody would say them."""
    if not facts.own:
        return ["Nobody knows how good it is: nothing could be measured."]
    if facts.benefit:
        spared, lead = (figure(metric, facts.own.get(metric)) for metric in ("spared_per_100", "lead_over_lot"))
        return [f"By its list 100 places spared {spared} contacts with the hub; more than by drawing lots: {lead}."]
    said = [
        of_ten(facts.own.get("precision_at_capacity"), "children whom it puts on the list", came(facts)),
        of_ten(facts.own.get("recall_at_capacity"), f"children who {came(facts)}", "had been on the list"),
    ]
    return [*said, "There were too few cases to rely on either."] if few(facts) else said


def _head(facts: Facts) -> Iterator[str]:
    yield from (f"# Model card: {inert(facts.label)}", "", f"**{inert(facts.spec['question'])}**", "")
    yield from (inert(source_line(facts)), "", "## In short", "")
    yield from bullets([shown(facts), *headline(facts), rests_on(facts)])


def _is(facts: Facts) -> Iterator[str]:
    spec = facts.spec
    youngest, oldest = spec["ages"]
    yet = "" if facts.benefit else ", of whom it is not yet known"
    yield from ("## What it is", "")
    yield from table(
        ("What", "Is"),
        (
            ("Way of ranking", ESTIMATORS.get(facts.estimator or "", "none: nothing was trained")),
            ("Version", facts.version),
            ("Trained on what was known by", day(facts.trained)),
            ("Where it stands", facts.stage),
            ("Decided by a named person", facts.decided or "nobody has approved or retired this version"),
            ("Of whom it asks", f"people aged {youngest} to {oldest}{yet}"),
            ("When", ahead(facts)),
            ("What counts as a case", learned_from(facts)),
            ("Places on its list", _places(facts)),
            ("Pass mark, fixed before training", pass_mark(facts)),
            ("To be reviewed by", day(spec["review_on"])),
            ("Who may see its score", ", ".join(roles(facts))),
        ),
    )
    yield "It is for ordering a list of children whom a professional then looks at. It is not for deciding anything"
    yield "about"
    yield "anybody, for anyone of another age, for any other question, or for a city whose records it was not"
    yield "trained on."
    yield ""


def _places(facts: Facts) -> str:
    places = facts.spec["capacity"]
    declared = f"{places['places']} for every {places['families']:,} families, {places['least']} at least"
    return f"{declared}; {facts.kept['capacity']} in this build" if facts.kept.get("capacity") else declared


def ahead(facts: Facts) -> str:
    """The time that it speaks of."""
    gap = facts.spec.get("gap_days", 0)
    return f"the {facts.spec['horizon_months']} months that begin {gap} days after the day it speaks of"


def pass_mark(facts: Facts) -> str:
    """The pass mark as a sentence."""
    mark = facts.spec["pass_mark"]
    if "qini" in mark:
        return f"the interval of its Qini coefficient lies above {mark['qini']:g}"
    rival = ESTIMATORS.get(mark["rival"], mark["rival"]).lower()
    return (
        f"at least {100 * mark['precision']:.0f} % of the list right, and a lead over {rival} whose interval lies "
        f"above {100 * mark['lead']:.0f} %"
    )


def roles(facts: Facts) -> list[str]:
    """Who may see its score, as people call them."""
    return [ROLES[name].label.lower() if name in ROLES else name for name in facts.spec["roles"]]


def _learned(facts: Facts) -> Iterator[str]:
    told = facts.kept.get("training") or {}
    yield from ("## What it learned from", "")
    if facts.benefit:
        yield from ("From the families on whom it is measured, each of them judged by a model that never saw it.", "")
        return
    if not told:
        yield from ("It was not trained: there were too few known cases to say anything.", "")
        return
    dates = told.get("dates") or []
    yield from bullets(
        (
            f"{told.get('cases', NOT_KNOWN)} cases among {told.get('rows', NOT_KNOWN):,} rows (a child on a day), "
            f"of {len(dates)} days from {day(min(dates, default=None))} to {day(max(dates, default=None))}.",
            "Of the cases that were left when the measured year was held back: "
            f"{told.get('cases_measured', NOT_KNOWN)}.",
            "Each day's indicators are what had been recorded by that day; what was entered later is not there.",
            "A family is wholly in one fold, so that no child is scored by a model that has seen its brother or "
            "sister.",
            "Being identified is not the same as being harmed: some who were harmed were never identified.",
        )
    )


def _good(facts: Facts) -> Iterator[str]:
    yield from ("## How good it is", "")
    if not facts.overall:
        yield from (f"Not known. {inert(facts.reason)}", "")
        return
    yield f"Measured at {day(facts.kept.get('evaluated_at'))}, on a year that it had not seen. In brackets the ends"
    yield "of the"
    yield "95 % interval, from resampling whole families."
    yield ""
    order = sorted(facts.overall, key=lambda name: (name != facts.estimator, place(name)))
    rows = [
        (_called(facts, name), *(figure(metric, facts.overall[name].get(metric)) for metric in metrics(facts)))
        for name in order
    ]
    yield from table(("Way of ranking", *metrics(facts).values()), rows)
    yield rests_on(facts)
    best = facts.own.get("ceiling")
    if best is not None and best.value is not None and best.value < 1:
        yield f"The list is longer than the number of cases: at best {100 * best.value:.0f} % of it could be right."
    yield ""


def _called(facts: Facts, name: str) -> str:
    return ESTIMATORS.get(name, name) + (" (this model)" if name == facts.estimator else "")


def _chosen(facts: Facts) -> Iterator[str]:
    choice = facts.kept.get("choice") or {}
    if not choice.get("evidence"):
        return
    yield from ("## Why this way of ranking", "")
    cases, others = choice["positives"], choice["n"] - choice["positives"]
    yield "The simplest that is within noise of the best is taken: short of it by one standard error at most. Each"
    yield f"ranked {cases:,} known cases among {others:,} others, all in families it had not learned from; AUC says how"
    yield "often a known case stands above one of the others:"
    yield ""
    rows = [
        (ESTIMATORS.get(one["estimator"], one["estimator"]), _interval(one["value"]), _interval(one["shortfall"]),
         "yes" if one["within_noise"] else "no")
        for one in choice["evidence"]
    ]  # fmt: skip
    yield from table(("Way of ranking", "AUC", "Short of the best by", "Within noise"), rows)


def _interval(told: dict[str, float | None]) -> str:
    value, low, high = (told.get(name) for name in ("value", "low", "high"))
    if value is None:
        return NOT_KNOWN
    return f"{value:.3f}" + ("" if low is None or high is None else f" ({low:.3f} to {high:.3f})")


def _whom(facts: Facts) -> Iterator[str]:
    yield from ("## For whom it is less good", "")
    if not facts.groups:
        yield from ("Not known: it was not measured by group.", "")
        return
    yield "Where the intervals of two groups don't overlap, the model serves them unequally. A wide interval says"
    yield "that there"
    yield f"are too few children to tell; so do groups with fewer than {FEW} cases, which are marked. {DEFAULT.words}"
    yield "A figure is withheld with the counts that it is made of, and told of all such groups together."
    yield ""
    for grouping, label in GROUPINGS.items():
        if grouping in facts.groups:
            yield from (f"### {label}", "")
            heads = ("Group", "Children", "Cases", *({**METRICS, **MORE}[metric] for metric in IN_GROUPS))
            yield from table(heads, _group_rows(facts, grouping))


def _group_rows(facts: Facts, grouping: str) -> Iterator[tuple[str, ...]]:
    for group, by in sorted(facts.groups[grouping].items()):
        one = next(iter(by.values()))
        marked = " (few)" if says_little(one.positives) else ""
        told = (figure(metric, by.get(metric)) for metric in IN_GROUPS)
        yield group, people(one.n), f"{people(one.positives)}{marked}", *told


def _chances(facts: Facts) -> Iterator[str]:
    yield from ("## Whether its chances are right", "")
    off, plain = facts.own.get("calibration_error"), facts.own.get("calibration_error_of_constant")
    if off is None or off.value is None:
        yield from ("Not known: it was not measured.", "")
        return
    yield f"In the top 5 % the chances that it tells are off by {figure('calibration_error', off)} on average."
    yield "Telling everyone"
    yield f"the same chance would be off by {figure('calibration_error', plain)}."
    yield ""


def _limits(facts: Facts) -> Iterator[str]:
    yield from ("## What it cannot know", "", *bullets(facts.spec["cannot_know"]))
    yield from ("## What nobody knows yet", "")
    yield from bullets(unknowns(facts))


def unknowns(facts: Facts) -> list[str]:
    """What the figures leave open."""
    small = sorted(
        f"{GROUPINGS[at].lower()}: {group}"
        for at, groups in facts.groups.items()
        for group, by in groups.items()
        if (cases := next(iter(by.values())).positives) is None or says_little(cases)
    )
    real = "How good it is on real records: every figure here is of an invented city." if facts.invented else ""
    found = [
        real,
        "How many children were harmed and never identified: no record says so, and no figure here counts them as "
        "found.",
        f"How it serves small groups: with fewer than {FEW} cases, or figures withheld ({'; '.join(small)})."
        if small
        else "",
        "Whether children are better off where it is used: that takes a trial, not a record.",
    ]
    return [each for each in found if each]


def _reads(facts: Facts) -> Iterator[str]:
    yield from (f"## What it reads ({len(read(facts))} indicators)", "")
    if not facts.variables:
        yield from ("Nothing yet, since nothing was trained. It may read these:", "")
    rows = [(theme, "; ".join(each.label for each in features)) for theme, features in by_theme(facts).items()]
    yield from table(("About", "Indicators"), rows)
    sources = ", ".join(told.source.label for told in inventory(facts))
    yield from (f"They come from: {inert(sources)}.", "", "It never reads:", "", *bullets(never_read(facts)))


def _again(facts: Facts) -> Iterator[str]:
    yield from ("## How to make it again", "")
    libraries = ", ".join(f"{name} {version}" for name, version in sorted(facts.kept.get("libraries", {}).items()))
    gone = "no file was kept" if facts.estimator else "no file: nothing was trained"
    yield from table(
        ("What", "Is"),
        (
            ("Folder", f"models/{facts.model}-{facts.version}"),
            (
                "SHA-256 of the model's file",
                facts.kept.get("sha256", gone),
            ),
            ("SHA-256 of the code", facts.kept.get("code", NOT_KNOWN)),
            ("Libraries", libraries or NOT_KNOWN),
            ("Measure again", f"python -m analytics evaluate --model {facts.model}"),
        ),
    )
