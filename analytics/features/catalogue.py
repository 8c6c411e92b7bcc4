"""The catalogue: every ``FEATURES`` of this folder and of the council's own, gathered, checked, hashed."""

from __future__ import annotations

import hashlib
import pkgutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from importlib import import_module

import analytics.features
from analytics.features.feature import Feature
from data import local

# What reads the catalogue can not be read by it.
NOT_DOMAINS = ("catalogue", "command", "dictionary")


def gathered() -> tuple[Feature, ...]:
    """Features of every module of ``analytics.features``, then the council's, in order of module and declaration."""
    names = sorted(found.name for found in pkgutil.iter_modules(analytics.features.__path__))
    ours = [name for name in names if name not in NOT_DOMAINS]
    modules = (import_module(f"analytics.features.{name}") for name in ours)
    both = (*modules, *local.modules("features"))
    return tuple(feature for module in both for feature in getattr(module, "FEATURES", ()))


def checked(features: Iterable[Feature]) -> dict[str, Feature]:
    """By name. Raises ``ValueError`` where two share a name or say the same thing, or a flag does not fit."""
    listed = tuple(features)
    by_name = {feature.name: feature for feature in listed}
    if len(by_name) != len(listed):
        raise ValueError("two indicators share a name")
    twice = [key for key, n in Counter(_meaning(feature) for feature in listed).items() if n > 1]
    if twice:
        raise ValueError(f"two indicators compute the same thing: {twice[0]}")
    for feature in listed:
        if feature.flag and not _fits(feature, by_name.get(feature.flag)):
            raise ValueError(f"indicator {feature.name}: its flag must count the same events in the same window")
    return by_name


def _meaning(feature: Feature) -> tuple[object, ...]:
    return (feature.kinds, feature.details, feature.scope, feature.window_days, feature.aggregate, feature.across)


def _fits(feature: Feature, flag: Feature | None) -> bool:
    if flag is None or flag.aggregate != "count":
        return False
    same = ("kinds", "details", "scope", "window_days")
    return all(getattr(feature, name) == getattr(flag, name) for name in same)


def catalogue_hash(features: Iterable[Feature]) -> str:
    """Hash of the declarations, words and all: the same catalogue gives the same sixteen digits."""
    lines = sorted(repr(sorted(asdict(feature).items())) for feature in features)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


CATALOGUE: dict[str, Feature] = checked(gathered())
