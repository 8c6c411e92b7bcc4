"""Splink's waterfall in words: what each field of a pair says, and how much that speaks for or against one person.

A match weight is log2 of how many times likelier an agreement is in one person's two records than in two people's
(Fellegi and Sunter 1969); the weights of the fields and of the start add up to the weight of the pair.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from data.access.gate import Session, serve
from data.access.roles import Permission

FIELDS = {
    "forename": "Forename", "surname": "Surname", "birth_date": "Date of birth", "sex": "Sex", "home": "Address",
}  # fmt: skip
_PARAMETERS = "SELECT comparison, level, said, weight, frequent FROM link_parameter ORDER BY comparison, level"
#: Weights in a pair are rounded to 0.01.
_ROUNDED = 0.011
#: From here on a number of times says no more than "practically".
_CERTAIN = 20.0
#: The longest bar drawn: vetoes go beyond it, and would dwarf the rest.
LONGEST = 14.0


@dataclass(frozen=True)
class Part:
    """One field of a pair: its name on screen, what was found in words, and its weight (log2; 0 says nothing)."""

    field: str
    said: str
    weight: float


@dataclass(frozen=True)
class Waterfall:
    """``start``: the weight before anything is compared; then each field; ``weight`` is all of it together."""

    start: float
    parts: tuple[Part, ...]
    weight: float

    @property
    def speaking_for(self) -> list[Part]:
        """Fields that speak for one person, strongest first."""
        return sorted((part for part in self.parts if part.weight > 0), key=lambda part: -part.weight)

    @property
    def speaking_against(self) -> list[Part]:
        """Fields that speak for two people, strongest first."""
        return sorted((part for part in self.parts if part.weight < 0), key=lambda part: part.weight)

    @property
    def silent(self) -> list[Part]:
        """Fields that say nothing: one side lacks them, or another field has counted the same."""
        return [part for part in self.parts if part.weight == 0]


def parameters(session: Session) -> pd.DataFrame:
    """What each degree of agreement weighs in this snapshot: ``comparison, level, said, weight, frequent``."""
    return serve(session, Permission.SEE_SOURCES, _PARAMETERS, what="weights of linkage")


def waterfall(parts: str, weight: float, weights: pd.DataFrame) -> Waterfall:
    """The waterfall of a row of ``link_pair``, with ``weights`` from `parameters`."""
    told: dict[str, float] = json.loads(parts)
    order = [*(name for name in FIELDS if name in told), *sorted(told.keys() - FIELDS.keys())]
    fields = tuple(Part(_field(name), _said(name, told[name], weights), told[name]) for name in order)
    return Waterfall(weight - sum(told.values()), fields, weight)


def likelier(weight: float) -> str:
    """A weight in words: ``about 500 times likelier``."""
    if abs(weight) >= _CERTAIN:
        return "practically decides it"
    times = 2 ** abs(weight)
    shown = f"{times:.1f}" if times < 3 else f"{float(f'{times:.2g}'):,.0f}"
    return f"about {shown} times likelier"


def in_words(part: Part) -> str:
    """How much a field says, in a sentence without its subject."""
    if abs(part.weight) >= _CERTAIN:
        return "practically rules out one person" if part.weight < 0 else "practically proves one person"
    return f"{likelier(part.weight)} in {'one person' if part.weight > 0 else 'two people'}"


def _field(name: str) -> str:
    return FIELDS.get(name, name.replace("_", " ").capitalize())


def _said(name: str, weight: float, weights: pd.DataFrame) -> str:
    """What was found. The level is the one that weighs this; a level whose rare values weigh more is what remains."""
    if weight == 0:
        return f"{_field(name)}: says nothing, one of the two does not give it"
    levels = weights[weights["comparison"] == name]
    alike = levels[~levels["frequent"].astype(bool) & ((levels["weight"] - weight).abs() < _ROUNDED)]
    found = _first(alike["said"]) or (_first(levels[levels["frequent"].astype(bool)]["said"]) if weight > 0 else "")
    return found[:1].upper() + found[1:] if found else f"{_field(name)}: {'agrees' if weight > 0 else 'differs'}"


def _first(words: Iterable[str]) -> str:
    return next(iter(words), "")
