"""People around a person at an as-of date, and how their figures become one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.features.feature import Feature
from analytics.features.scope import Scope
from analytics.matrix.guard import OPEN, Days, Guard

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Ties:
    """Relationships, n rows in order of ``person`` and ``other``, who is ``kind`` (a number of ``kinds``) of them.

    ``told`` is the day on which its end was told of, `OPEN` while it stands.
    """

    people: int
    kinds: tuple[str, ...]
    person: Ints
    other: Ints
    kind: Ints
    since: Days
    until: Days
    known: Days
    told: Days

    def of(self, scope: Scope) -> Ties:
        """The relationships that make up a scope, in the same order."""
        numbers = [i for i, kind in enumerate(self.kinds) if kind in scope.kinds]
        keep = np.isin(self.kind, numbers)
        columns = (self.person, self.other, self.kind, self.since, self.until, self.known, self.told)
        return Ties(self.people, self.kinds, *(column[keep] for column in columns))


@dataclass(frozen=True)
class Pairs:
    """Each person of a scope once for each person they are around; never oneself unless the scope says so."""

    people: int
    person: Ints
    other: Ints

    def how_many(self, which: NDArray[np.bool_] | None = None) -> Floats:
        """How many others each person has, of those in ``which`` (bool[people]). float64[people]."""
        person = self.person if which is None else self.person[which[self.other]]
        return np.bincount(person, minlength=self.people).astype(float)


def pairs(ties: Ties, scope: Scope, guard: Guard) -> Pairs:
    """Who was around whom, as known at the as-of date."""
    keep = guard.known(ties.known) & (ties.since < guard.day) & (ties.person != ties.other)
    until = (
        guard.ended(ties.until, ties.told) if scope.lasting else np.where(ties.until == OPEN, ties.since, ties.until)
    )
    keep &= until >= guard.day - scope.recent_days
    width = np.int64(max(1, ties.people))
    keys = ties.person[keep] * width + ties.other[keep]
    if scope.and_self:
        keys = np.sort(np.r_[keys, np.arange(ties.people) * (width + 1)], kind="stable")
    # In order already, as the ties are: each pair once.
    keys = keys[np.r_[True, keys[1:] != keys[:-1]]] if len(keys) else keys
    return Pairs(ties.people, (keys // width).astype(np.int32), (keys % width).astype(np.int32))


def across(feature: Feature, figure: Floats, around: Pairs) -> Floats:
    """One figure a person from the others' own, ``figure`` float64[people]; NaN where no other has one."""
    of_others = figure[around.other]
    has = ~np.isnan(of_others)
    person, of_others = around.person[has], of_others[has]
    return _WAYS[_way(feature)](person, of_others, around.people)


def _way(feature: Feature) -> str:
    """Counts add up unless declared otherwise; the latest day, the greatest amount and the mean rate speak for all."""
    if feature.aggregate in ("mean", "last", "change"):
        return "mean"
    if feature.aggregate == "days_since":
        return "least"
    return "most" if feature.aggregate == "max" else feature.across


def _total(person: Ints, figure: Floats, people: int) -> Floats:
    return np.where(np.bincount(person, minlength=people) > 0, np.bincount(person, figure, people), np.nan)


def _mean(person: Ints, figure: Floats, people: int) -> Floats:
    with np.errstate(invalid="ignore"):
        return np.bincount(person, figure, people) / np.bincount(person, minlength=people)


def _most(person: Ints, figure: Floats, people: int) -> Floats:
    out = np.full(people, -np.inf)
    np.maximum.at(out, person, figure)
    return np.where(np.isneginf(out), np.nan, out)


def _least(person: Ints, figure: Floats, people: int) -> Floats:
    return -_most(person, -figure, people)


_WAYS = {"total": _total, "mean": _mean, "most": _most, "least": _least}
