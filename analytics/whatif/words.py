"""A life otherwise, in words: ``If she had not been reported missing in the last 12 months``."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.features.catalogue import CATALOGUE
from analytics.features.feature import Feature

_WHO = {"F": "she", "M": "he"}


def otherwise(changes: Mapping[str, float], sex: str | None) -> str:
    """The condition, with a pronoun as the person's sex is recorded. Raises ``KeyError`` for what can't be changed."""
    said = [had(CATALOGUE[name], value) for name, value in changes.items()]
    joined = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    return f"If {_WHO.get(sex or '', 'they')} {joined}"


def had(feature: Feature, value: float) -> str:
    """One change: ``had been reported missing twice in the last 12 months``."""
    if feature.change is None:
        raise KeyError(f"{feature.name} can not be otherwise")
    nil = value == 0 and feature.change.had_not
    return feature.filled(feature.change.had_not if nil else feature.change.had, value)
