"""The data dictionary: every indicator, event kind and source, from their declarations. Markdown for people, JSON for programs."""

from __future__ import annotations

from typing import Any

from analytics.features.catalogue import CATALOGUE, catalogue_hash
from analytics.features.feature import THEMES, Feature
from analytics.features.scope import SCOPES
from analytics.features.sources import IDENTIFICATION, KNOWN_CASES, TOLD_BY
from analytics.features.windows import in_words
from data.events import KINDS, LANES
from data.sources import SOURCES

AGGREGATES = {
    "count": "number of events", "any": "whether there was one (of others: how many had one)", "people": "number of people",
    "days_since": "days since the latest", "sum": "sum of amounts", "mean": "mean of amounts", "max": "greatest amount",
    "last": "latest amount", "open": "whether one stands at the as-of date (of others: how many have one)",
    "distinct": "number of different ones", "days": "days within episodes",
    "trend": "number in the recent half less the earlier half", "change": "mean of the recent half less that of the earlier",
    "age": "whole years",
}  # fmt: skip
DIRECTIONS = {"raises": "more raises the risk", "lowers": "more lowers the risk", "either": "no direction is assumed"}


def dictionary() -> dict[str, Any]:
    """All of it, in plain JSON types."""
    return {
        "catalogue": catalogue_hash(CATALOGUE.values()),
        "indicators": [indicator(feature) for feature in CATALOGUE.values()],
        "events": [_event(name) for name in KINDS],
        "sources": [_source(name) for name in SOURCES],
    }


def indicator(feature: Feature) -> dict[str, Any]:
    """One indicator."""
    return {
        "name": feature.name,
        "label": feature.label,
        "theme": feature.theme,
        "of": SCOPES[feature.scope].label,
        "computed": AGGREGATES[feature.aggregate],
        "events": list(feature.kinds),
        "only": list(feature.details),
        "window": in_words(feature.window_days) if feature.window_days else "at the as-of date",
        "unit": feature.unit,
        "direction": DIRECTIONS[feature.direction],
        "can_change": feature.change is not None,
        "missing": feature.missing,
        "sources": sorted({source for kind in feature.kinds for source in TOLD_BY.get(kind, ())}),
        "example": feature.said(2.0),
        "nil": feature.words(feature.nil),
        "unknown": feature.unknown,
    }


def _event(name: str) -> dict[str, Any]:
    kind = KINDS[name]
    return {
        "name": name,
        "label": kind.label,
        "lane": LANES[kind.lane],
        "unit": kind.unit,
        "lasts": kind.lasts,
        "sensitive": kind.sensitive,
        "sources": list(TOLD_BY.get(name, ())),
        "indicators": [feature.name for feature in CATALOGUE.values() if name in feature.kinds],
        "never_an_indicator": name in IDENTIFICATION,
    }


def _source(name: str) -> dict[str, Any]:
    source = SOURCES[name]
    return {
        "name": name,
        "label": source.label,
        "owner": source.owner,
        "about": source.about,
        "gateway": source.gateway,
        "refresh_days": source.refresh_days,
        "coverage": source.coverage,
        "retention_years": source.retention_years,
        "parts": [
            {
                "name": part.name,
                "about": part.about,
                "columns": {c.name: f"{c.label} ({c.kind.value})" for c in part.columns},
            }
            for part in source.parts
        ],
    }


def markdown() -> str:
    """The dictionary as a page."""
    told = dictionary()
    lines = [
        "# Data dictionary",
        "",
        f"Catalogue {told['catalogue']}. Written by `python -m analytics dictionary`.",
        "",
    ]
    lines += ["## Indicators", ""]
    for theme in THEMES:
        lines += [f"### {theme}", ""]
        lines += _table(
            ("Indicator", "Whose", "Events", "Window", "Figure", "Direction", "Nothing recorded"),
            [_indicator_row(each) for each in told["indicators"] if each["theme"] == theme],
        )
    lines += ["## Events", ""]
    lines += _table(("Event", "Lane", "Sources", "Indicators"), [_event_row(each) for each in told["events"]])
    lines += ["## Sources", ""]
    lines += _table(
        ("Source", "Owner", "What it tells", "Covers", "Every", "Legal gateway"),
        [_source_row(each) for each in told["sources"]],
    )
    return "\n".join(lines)


def _indicator_row(each: dict[str, Any]) -> tuple[str, ...]:
    events = ", ".join(_called(kind) for kind in each["events"]) or "none"
    only = f" (only {', '.join(each['only'])})" if each["only"] else ""
    name = f"{each['label']} (`{each['name']}`)"
    return name, each["of"], events + only, each["window"], each["computed"], each["direction"], each["missing"]


def _called(kind: str) -> str:
    if kind in KINDS:
        return KINDS[kind].label
    return f"known case ({KNOWN_CASES[kind]})" if kind in KNOWN_CASES else "address"


def _event_row(each: dict[str, Any]) -> tuple[str, ...]:
    used = "never: identification itself" if each["never_an_indicator"] else ", ".join(each["indicators"]) or "none"
    return f"{each['label']} (`{each['name']}`)", each["lane"], ", ".join(each["sources"]), used


def _source_row(each: dict[str, Any]) -> tuple[str, ...]:
    covers = "everyone" if each["coverage"] == "everyone" else "those on its books"
    days = each["refresh_days"]
    return each["label"], each["owner"], each["about"], covers, "day" if days == 1 else f"{days} days", each["gateway"]


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    cells = [heads, tuple("---" for _ in heads), *rows]
    return ["| " + " | ".join(text.replace("|", "\\|") for text in row) + " |" for row in cells] + [""]
