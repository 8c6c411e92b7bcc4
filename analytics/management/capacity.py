"""What so many key workers could reach, by what was measured of a model's list: never by what is true of a child.

A model's `evaluation` tells of lists of several sizes, drawn at one past day, how many on each were later identified.
Between those sizes lists are taken to gain evenly; beyond the longest that was measured nothing is told. A list of the
same share of today's children is expected to do as well.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.fairness import by_group
from analytics.fairness.by_group import EVERYBODY, Group

Floats = NDArray[np.float64]
_METRIC = "precision_at_capacity"


@dataclass(frozen=True)
class Range:
    """A figure with the ends of its 95 % interval."""

    value: float
    low: float
    high: float

    def __mul__(self, by: float) -> Range:
        return Range(self.value * by, self.low * by, self.high * by)

    def less(self, other: Range) -> Range:
        """What is left of this when ``other`` is taken off, the whole of it being sure."""
        return Range(*(max(self.value - part, 0.0) for part in (other.value, other.high, other.low)))


@dataclass(frozen=True)
class Curve:
    """How many of a list were later identified, by its length; float64[k] each, 0 first.

    ``children`` were ranked, and ``positives`` of them later identified. ``places``: the length that was declared.
    """

    sizes: Floats
    found: Floats
    low: Floats
    high: Floats
    children: int
    positives: Range
    places: int

    @property
    def longest(self) -> int:
        return int(self.sizes[-1])

    def at(self, size: float) -> Range:
        """Found on a list of ``size``, in the city that was measured. Raises `ValueError` beyond the longest."""
        if not 0 <= size <= self.sizes[-1] + 1e-9:
            raise ValueError("no list of that length was measured")
        value, low, high = (float(np.interp(size, self.sizes, ends)) for ends in (self.found, self.low, self.high))
        return Range(value, low, high)


def curve(rows: pd.DataFrame, places: int | None = None) -> Curve | None:
    """The curve of the ``evaluation`` rows of one ranking; None where no list was measured.

    ``places``: the declared length of the list; otherwise the one that the share of children on the list tells.
    """
    lists = rows[(rows["grouping"] == "capacity") & (rows["metric"] == _METRIC)].dropna(subset=["value"])
    whole = rows[(rows["grouping"] == EVERYBODY) & (rows["metric"] == "base_rate")]
    if lists.empty or whole.empty:
        return None
    lists = lists.assign(size=lists["group"].astype(float)).sort_values("size")
    children = int(whole.iloc[0]["n"])
    size = lists["size"].to_numpy()
    # A longer list holds the shorter one: it never finds fewer.
    found, low, high = (
        np.r_[0.0, np.maximum.accumulate(size * lists[end].fillna(lists["value"]).to_numpy(float))]
        for end in ("value", "low", "high")
    )
    base = whole.iloc[0]
    positives = Range(*(float(base[end]) * children for end in ("value", "low", "high")))
    return Curve(np.r_[0.0, size], found, low, high, children, positives, places or _declared(rows, children))


def _declared(rows: pd.DataFrame, children: int) -> int:
    share = rows[(rows["grouping"] == EVERYBODY) & (rows["metric"] == "selection_rate")]["value"]
    return round(float(share.iloc[0]) * children)


@dataclass(frozen=True)
class Scenario:
    """What a list of ``reached`` of today's ``children`` is expected to come to within the model's time."""

    reached: int
    children: int
    found: Range
    false_alarms: Range
    missed: Range
    identified: Range

    @property
    def share(self) -> float:
        """Of all children of the model's ages, the share who are reached."""
        return self.reached / self.children if self.children else 0.0

    @property
    def false_per_found(self) -> Range | None:
        """False alarms for each child rightly found; None where nobody is expected to be found."""
        if not self.found.low:
            return None
        value, low, high = self.found.value, self.found.low, self.found.high
        return Range(*((self.reached - each) / each for each in (value, high, low)))


def most(told: Curve, children: int) -> int:
    """The longest list of today's ``children`` of which anything was measured."""
    return int(told.longest * children / told.children)


def scenario(told: Curve, children: int, places: int) -> Scenario:
    """A list of ``places`` of today's ``children``. Raises `ValueError` beyond `most`."""
    scale = children / told.children
    found = told.at(min(places / scale, told.longest) if places <= most(told, children) + 1 else np.inf) * scale
    all_of_them = told.positives * scale
    reached = Range(places, places, places)
    # How many will be identified and how many of them are found go together: the share missed is what is measured.
    share = [1 - found_ / all_of_them.value for found_ in (found.value, found.high, found.low)]
    missed = Range(*(max(one, 0.0) * all_of_them.value for one in share))
    return Scenario(places, children, found, reached.less(found), missed, all_of_them)


@dataclass(frozen=True)
class Part:
    """One group of children in a scenario: expected figures, each None where it was measured on too few to tell."""

    name: str
    children: int | None
    reached: float | None
    found: Range | None
    missed: float | None
    small: bool


def by(rows: pd.DataFrame, told: Curve, whole: Scenario, grouping: str) -> list[Part]:
    """The scenario by the groups of one grouping, by how each fared on the list that was measured.

    From figures that may be told alone (`analytics.fairness.by_group`).
    """
    measured = told.at(min(told.places, told.longest)).value
    growth = whole.found.value / measured if measured else 0.0
    longer = whole.reached / told.places if told.places else 0.0
    now = whole.children / told.children
    return [_part(group, growth, longer, now) for group in by_group.groups(rows, grouping)]


def _part(group: Group, growth: float, longer: float, now: float) -> Part:
    chosen, right = (group.figures.get(name) for name in ("selection_rate", _METRIC))
    n = group.children
    rate = None if chosen is None else chosen.value
    reached = None if n is None or rate is None else min(n * rate * longer, n * now)
    found = None
    if right is not None and right.value is not None and right.low is not None and right.high is not None:
        found = None if n is None or rate is None else Range(right.value, right.low, right.high) * (n * rate * growth)
    missed = None if found is None or group.identified is None else max(group.identified * now - found.value, 0.0)
    return Part(group.name, None if n is None else round(n * now), reached, found, missed, group.small)
