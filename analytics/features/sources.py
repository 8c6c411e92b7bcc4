"""Which sources tell each kind of event, read from their declarations: the basis of *nil is not unknown*."""

from __future__ import annotations

from collections.abc import Iterable

from data.events import KINDS
from data.sources import SOURCES

# Identification is what is predicted; its own records and notes must never be an indicator.
IDENTIFICATION = frozenset({"exploitation_service", "factor_cse", "factor_cce"})
# Kinds that no source row becomes by a rule: a known case (for others only), an address seen, whose value is its deprivation decile.
KNOWN_CASES = {"known_cse": "cse", "known_cce": "cce"}
ADDRESS = "address"
KINDS_HERE = frozenset(KINDS) | KNOWN_CASES.keys() | {ADDRESS}

_LANE_WORDS = {
    "school": "any school data", "police": "any police data", "care": "any social care data", "support": "any early help data",
    "health": "any health data", "housing": "any housing data", "money": "any benefits data", "family": "any register of families",
}  # fmt: skip


def _told_by() -> dict[str, tuple[str, ...]]:
    """Event kind -> names of the sources whose rows become such events."""
    pairs = {(rule.kind, source.name) for source in SOURCES.values() for part in source.parts for rule in part.events}
    pairs |= {(kind, "exploitation_service") for kind in KNOWN_CASES}
    return {kind: tuple(sorted(source for k, source in pairs if k == kind)) for kind in sorted({k for k, _ in pairs})}


TOLD_BY: dict[str, tuple[str, ...]] = _told_by()


def data_words(kinds: Iterable[str]) -> str:
    """``any police data``: what the model would have to have seen."""
    lanes = dict.fromkeys(KINDS[kind].lane for kind in kinds if kind in KINDS)
    return " or ".join(_LANE_WORDS[lane] for lane in lanes) or "where or with whom the child lives"
