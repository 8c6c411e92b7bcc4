"""What two people, or a person and a profile, share, where they differ, and what nobody knows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.similarity.profile import IndicatorRate, ProfileCard

Values = NDArray[np.floating]
TYPICAL_RATE = 0.25
TYPICAL_LIFT = 1.5


@dataclass(frozen=True)
class Comparison:
    """Indicators by name, most telling first: raised in both, raised in one only, not known of one of them."""

    shared: tuple[str, ...]
    only_person: tuple[str, ...]
    only_other: tuple[str, ...]
    unknown: tuple[str, ...]


def with_profile(person: Values, names: tuple[str, ...], card: ProfileCard) -> Comparison:
    """A person's indicators float[m] against what is typical of a profile: common in it, commoner than elsewhere."""
    typical = [one.cases >= TYPICAL_RATE and (one.lift is None or one.lift >= TYPICAL_LIFT) for one in card.rates]
    return _compare(person, None, names, card, np.array(typical, bool))


def with_person(person: Values, other: Values, names: tuple[str, ...], card: ProfileCard) -> Comparison:
    """Two people's indicators, float[m] each; the card says from where on an indicator counts as raised."""
    return _compare(person, other, names, card, np.zeros(len(card.rates), bool))


def _compare(
    person: Values, other: Values | None, names: tuple[str, ...], card: ProfileCard, typical: NDArray[np.bool_]
) -> Comparison:
    at = {name: j for j, name in enumerate(names)}
    shared: list[str] = []
    only_person: list[str] = []
    only_other: list[str] = []
    unknown: list[str] = []
    for one, usual in zip(card.rates, typical, strict=True):
        mine = person[at[one.indicator]]
        theirs = None if other is None else other[at[one.indicator]]
        has = bool(usual) if theirs is None else _raised(one, theirs)
        if np.isnan(mine) or (theirs is not None and np.isnan(theirs)):
            if has or theirs is not None:
                unknown.append(one.indicator)
        elif _raised(one, mine):
            (shared if has else only_person).append(one.indicator)
        elif has:
            only_other.append(one.indicator)
    return Comparison(tuple(shared), tuple(only_person), tuple(only_other), tuple(unknown))


def _raised(rate: IndicatorRate, value: float) -> bool:
    return bool(rate.raised(np.array([value]))[0])
