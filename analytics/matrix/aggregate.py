"""One figure a person from a window of events: the base of every indicator, before nil and unknown are told apart.

Each aggregate takes the events that the guard lets through and gives float64[people], NaN where there is nothing to
speak of. Sums run in the log's own order, which is fixed by its keys, so that the same events give the same bits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analytics.features.feature import Feature
from analytics.matrix.guard import OPEN, Guard
from analytics.matrix.log import Block, Log

Floats = NDArray[np.float64]
# What stays true until something newer is known (an address) is looked for this far back, in days.
EVER = 40_000


@dataclass(frozen=True)
class Window:
    """Events to aggregate, and the days they come from: ``start`` up to, not including, ``stop``."""

    events: Block
    start: int
    stop: int
    people: int


def base(feature: Feature, log: Log, guard: Guard) -> Floats:
    """The figure of each person's own events, whatever the indicator's scope. float64[people]."""
    return AGGREGATES[feature.aggregate](window(feature, log, guard))


def window(feature: Feature, log: Log, guard: Guard) -> Window:
    """What the indicator may see at the as-of date."""
    start = guard.day - (feature.window_days or (EVER if feature.aggregate == "last" else 0))
    block = log.block(feature.kinds)
    reach = _episodes(block, guard, start) if feature.aggregate in ("open", "days") else _moments(block, guard, start)
    if feature.details:
        reach = reach.part(np.isin(reach.detail, log.codes(feature.details)))
    return Window(reach, start, guard.day, log.people)


def _moments(block: Block, guard: Guard, start: int) -> Block:
    """Events that happened in the window and were known."""
    low, high = np.searchsorted(block.occurred, [start, guard.day])
    inside = block.part(slice(low, high))
    return inside.part(guard.known(inside.known, inside.corrected))


def _episodes(block: Block, guard: Guard, start: int) -> Block:
    """Episodes known that began before the as-of date and reach into the window; ends to come are open."""
    begun = block.part(slice(0, np.searchsorted(block.occurred, guard.day)))
    ended = guard.ended(begun.ended)
    keep = guard.known(begun.known, begun.corrected) & (ended >= start)
    return replace(begun, ended=ended).part(keep)


def _count(w: Window) -> Floats:
    return _nothing_is_nan(np.bincount(w.events.person, minlength=w.people).astype(float))


def _any(w: Window) -> Floats:
    return np.minimum(_count(w), 1)


def _sum(w: Window) -> Floats:
    total, told = _totals(w)
    return np.where(told > 0, total, np.nan)


def _mean(w: Window) -> Floats:
    total, told = _totals(w)
    return np.divide(total, told, out=np.full(w.people, np.nan), where=told > 0)


def _totals(w: Window) -> tuple[Floats, Floats]:
    """Sum of the values, and how many events have one."""
    has = ~np.isnan(w.events.value)
    person = w.events.person[has]
    return (
        np.bincount(person, w.events.value[has], w.people).astype(float),
        np.bincount(person, minlength=w.people).astype(float),
    )


def _max(w: Window) -> Floats:
    out = np.full(w.people, -np.inf)
    has = ~np.isnan(w.events.value)
    np.maximum.at(out, w.events.person[has], w.events.value[has])
    return np.where(np.isneginf(out), np.nan, out)


def _last(w: Window) -> Floats:
    """Value of the latest event that has one; of several on its day the last in the log's order."""
    has = ~np.isnan(w.events.value)
    return _latest(w.events.person[has], w.events.value[has], w.people)


def _days_since(w: Window) -> Floats:
    return w.stop - _latest(w.events.person, w.events.occurred.astype(float), w.people)


def _latest(person: NDArray[np.int32], figure: Floats, people: int) -> Floats:
    out = np.full(people, np.nan)
    who, at = np.unique(person[::-1], return_index=True)
    out[who] = figure[::-1][at]
    return out


def _open(w: Window) -> Floats:
    standing = w.events.part(w.events.ended == OPEN)
    return np.minimum(_nothing_is_nan(np.bincount(standing.person, minlength=w.people).astype(float)), 1)


def _days(w: Window) -> Floats:
    """Days of the window that lie in episodes; two episodes on the same day count it once."""
    start = np.maximum(w.events.occurred, w.start)
    stop = np.minimum(w.events.ended, w.stop)
    order = np.lexsort((stop, start, w.events.person))
    person, start, stop = w.events.person[order], start[order], stop[order]
    reached = _reached_before(person, stop, w.start)
    days = np.maximum(0, stop - np.maximum(start, reached))
    return _nothing_is_nan(np.bincount(person, days, w.people).astype(float))


def _reached_before(person: NDArray[np.int32], stop: NDArray[np.int32], floor: int) -> NDArray[np.int64]:
    """Of rows in order of person and start: the latest stop among the same person's earlier rows."""
    span = np.int64(1) << 32
    so_far = np.maximum.accumulate(person.astype(np.int64) * span + (stop - floor)) % span + floor
    reached = np.full(len(person), floor, np.int64)
    same = person[1:] == person[:-1]
    reached[1:][same] = so_far[:-1][same]
    return reached


def _distinct(w: Window) -> Floats:
    has = w.events.detail >= 0
    width = np.int64(max(1, w.events.detail.max(initial=0) + 1))
    pairs = np.unique(w.events.person[has].astype(np.int64) * width + w.events.detail[has])
    return _nothing_is_nan(np.bincount(pairs // width, minlength=w.people).astype(float))


def _halves(w: Window) -> tuple[Window, Window]:
    """The earlier and the recent half of the window."""
    middle = (w.start + w.stop) // 2
    cut = int(np.searchsorted(w.events.occurred, middle))
    earlier, recent = w.events.part(slice(0, cut)), w.events.part(slice(cut, None))
    return Window(earlier, w.start, middle, w.people), Window(recent, middle, w.stop, w.people)


def _trend(w: Window) -> Floats:
    earlier, recent = (np.bincount(half.events.person, minlength=w.people) for half in _halves(w))
    return np.where(earlier + recent > 0, recent - earlier, np.nan)


def _change(w: Window) -> Floats:
    earlier, recent = (_mean(half) for half in _halves(w))
    return recent - earlier


def _nothing_is_nan(figure: Floats) -> Floats:
    return np.where(figure > 0, figure, np.nan)


AGGREGATES: dict[str, Callable[[Window], Floats]] = {
    "count": _count, "any": _any, "sum": _sum, "mean": _mean, "max": _max, "last": _last, "days_since": _days_since,
    "open": _open, "days": _days, "distinct": _distinct, "trend": _trend, "change": _change,
}  # fmt: skip
