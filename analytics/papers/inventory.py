"""From the indicators that a model reads to the sources that tell them: what a data inventory is made of."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.features.catalogue import CATALOGUE
from analytics.features.feature import THEMES, Feature
from analytics.features.sources import IDENTIFICATION, TOLD_BY
from analytics.papers.facts import Facts
from data.events import KINDS
from data.schema import Source
from data.sources import SOURCES


@dataclass(frozen=True)
class Told:
    """One source, and the indicators and events that the model has from it."""

    source: Source
    indicators: tuple[Feature, ...]
    events: tuple[str, ...]


def read(facts: Facts) -> tuple[Feature, ...]:
    """The indicators that it reads or, where nothing was trained, may read."""
    if facts.variables:
        return tuple(CATALOGUE[name] for name in facts.variables if name in CATALOGUE)
    closed = {kind for part in ("excluded_kinds", "offered", "waiting") for kind in facts.spec.get(part, ())}
    left_out = set(facts.spec.get("excluded_indicators", ()))
    return tuple(each for each in CATALOGUE.values() if each.name not in left_out and not closed & set(each.kinds))


def by_theme(facts: Facts) -> dict[str, tuple[Feature, ...]]:
    """The same by theme, in the order of the screens."""
    found = {theme: tuple(each for each in read(facts) if each.theme == theme) for theme in THEMES}
    return {theme: features for theme, features in found.items() if features}


def inventory(facts: Facts) -> tuple[Told, ...]:
    """The sources that tell any of it, by name."""
    features = read(facts)
    told = []
    for name, source in SOURCES.items():
        mine = tuple(each for each in features if any(name in TOLD_BY.get(kind, ()) for kind in each.kinds))
        kinds = dict.fromkeys(kind for each in mine for kind in each.kinds if name in TOLD_BY.get(kind, ()))
        events = tuple(KINDS[kind].label if kind in KINDS else "known cases, of other people" for kind in kinds)
        if mine:
            told.append(Told(source, mine, events))
    return tuple(told)


def learned_from(facts: Facts) -> str:
    """What counts as a case, in words."""
    if facts.spec.get("profile"):
        return "those whom professionals identified, as the exploitation service recorded it"
    if facts.benefit:
        way = {"lot": "drawn by lot", "judgement": "given by judgement"}.get(facts.spec["assignment"], "given")
        return (
            f"a family whose place on {facts.spec['offer']} was {way}, offered or waiting; what is counted is contacts "
            f"with the hub in the {facts.spec['horizon_months']} months after"
        )
    kinds = [KINDS[kind].label.lower() for kind in facts.spec.get("outcome", ()) if kind in KINDS]
    return f"the first record of: {', '.join(kinds)}" if kinds else "what the declaration names"


def never_read(facts: Facts) -> tuple[str, ...]:
    """What the model must not read, in words."""
    excluded = (*sorted(IDENTIFICATION), *facts.spec.get("excluded_kinds", ()))
    kinds = dict.fromkeys(KINDS[kind].label for kind in excluded if kind in KINDS)
    left_out = dict.fromkeys(CATALOGUE[i].label for i in facts.spec.get("excluded_indicators", ()) if i in CATALOGUE)
    return ("Sex", "Ethnic origin", *kinds, *left_out)
