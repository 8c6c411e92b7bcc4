"""Who counts as found: the labels that a ranking at a date is measured against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

Days = NDArray[np.datetime64]
NEVER = np.datetime64("NaT", "D")


@dataclass(frozen=True)
class Attribute:
    """One fact a person: ``people`` int64[n] ascending and unique, ``values`` [n] of any type."""

    people: NDArray[np.int64]
    values: NDArray[Any]

    @classmethod
    def of(cls, people: Iterable[int], values: Iterable[object], dtype: DTypeLike = object) -> Attribute:
        """From rows in any order; of several rows of one person the first stands."""
        who = np.asarray(list(people), dtype=np.int64)
        what = np.empty(len(who), dtype=dtype)
        what[:] = list(values)
        unique, first = np.unique(who, return_index=True)
        return cls(unique, what[first])

    def get(self, people: NDArray[np.int64], absent: object = None) -> NDArray[Any]:
        """The fact of each of ``people``; ``absent`` where there is none."""
        return look_up(self.people, self.values, people, absent)


@dataclass(frozen=True)
class KnownCases:
    """People whom professionals identified: ``people`` int64[n] ascending, ``identified_on`` datetime64[D][n]."""

    people: NDArray[np.int64]
    identified_on: Days

    @classmethod
    def of(cls, people: Iterable[int], identified_on: Iterable[date]) -> KnownCases:
        """From rows in any order; whoever was identified twice counts from the first time."""
        who = np.asarray(list(people), dtype=np.int64)
        when = np.asarray(list(identified_on), dtype="datetime64[D]")
        order = np.lexsort((when, who))
        first = np.ones(len(who), bool)
        first[1:] = np.diff(who[order]) != 0
        return cls(who[order][first], when[order][first])

    def identified(self, people: NDArray[np.int64]) -> Days:
        """Day each of ``people`` was identified, ``NaT`` where never."""
        return look_up(self.people, self.identified_on, people, NEVER)


@dataclass(frozen=True)
class Exploitation:
    """The invented city's truth: spells of exploitation; ``ended_on`` is ``NaT`` while one lasts."""

    people: NDArray[np.int64]
    started_on: Days
    ended_on: Days


@dataclass(frozen=True)
class Labels:
    """Per person of a cohort: whether measured at all, and whether positive. bool[n] each."""

    measured: NDArray[np.bool_]
    positive: NDArray[np.bool_]


def look_up(keys: NDArray[np.int64], values: NDArray[Any], wanted: NDArray[np.int64], absent: object) -> NDArray[Any]:
    """``values`` by ascending unique ``keys`` for each of ``wanted``; ``absent`` where there is no such key."""
    if len(keys) == 0:
        return np.full(len(wanted), absent, dtype=values.dtype)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    found = values[at].copy()
    found[keys[at] != wanted] = absent
    return found


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on; the last of the month where that one is shorter."""
    month = np.datetime64(day, "M") + months
    last = (month + 1).astype("datetime64[D]") - 1
    return min(month.astype("datetime64[D]") + (day.day - 1), last).astype(date)


def window(as_of: date, gap_days: int, horizon_months: int) -> tuple[date, date]:
    """First day, and the day after the last, of the identifications that count at ``as_of``."""
    start = (np.datetime64(as_of, "D") + gap_days).astype(date)
    return start, add_months(start, horizon_months)


def evaluation_date(dates: Iterable[date], data_end: date, gap_days: int, horizon_months: int) -> date | None:
    """Last as-of date whose window is wholly known by ``data_end`` (the first day not recorded), or ``None``."""
    whole = [day for day in dates if window(day, gap_days, horizon_months)[1] <= data_end]
    return max(whole, default=None)


def not_yet_identified(known: KnownCases, people: NDArray[np.int64], as_of: date) -> NDArray[np.bool_]:
    """Whom a list at ``as_of`` may still find: those not identified before it."""
    return ~(known.identified(people) < np.datetime64(as_of, "D"))


def identified_label(
    known: KnownCases, people: NDArray[np.int64], as_of: date, gap_days: int, horizon_months: int
) -> Labels:
    """Identified in the window after the gap; those identified inside the gap are set apart, not counted as wrong."""
    start, end = (np.datetime64(day, "D") for day in window(as_of, gap_days, horizon_months))
    when = known.identified(people)
    return Labels(~(when < start), (when >= start) & (when < end))


def truth_label(truth: Exploitation, people: NDArray[np.int64], as_of: date, horizon_months: int) -> Labels:
    """Exploited at ``as_of`` or starting within the horizon. Measures only; no model ever sees it."""
    today = np.datetime64(as_of, "D")
    soon = np.datetime64(add_months(as_of, horizon_months), "D")
    counts = (truth.started_on < soon) & ~(truth.ended_on < today)
    return Labels(np.ones(len(people), bool), np.isin(people, truth.people[counts]))
