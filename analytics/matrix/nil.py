"""Nil is not unknown: what it means that nothing is recorded of a person.

An absent count is 0 where a source that tells of such events covered the person at the as-of date, and NaN elsewhere: a
source that stops must not silently lower a score.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.features.feature import Feature
from analytics.features.scope import SCOPES
from analytics.features.sources import TOLD_BY
from analytics.matrix.around import Pairs
from analytics.matrix.guard import Days, Guard

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
# A feed's first row may come a while after the feed itself began.
START_GRACE = 92
INTERVALS_LATE = 2


@dataclass(frozen=True)
class Books:
    """Spells during which a source had people on its books."""

    person: NDArray[np.int32]
    since: Days
    until: Days


@dataclass(frozen=True)
class Feed:
    """What has arrived of one source: days it speaks of; ``books`` where it knows only those enrolled."""

    since: int
    until: int
    refresh_days: int
    books: Books | None = None

    def running(self, guard: Guard, window_days: int) -> bool:
        """Whether it still arrived at the as-of date and reached back over the window."""
        late = max(INTERVALS_LATE * self.refresh_days, START_GRACE)
        current = self.until >= guard.day - INTERVALS_LATE * self.refresh_days
        return current and self.since <= guard.day - window_days + late


@dataclass(frozen=True)
class Cover:
    """Which people each source covered at one as-of date; ``enrolled``: bool[people] a source that has books."""

    people: int
    feeds: Mapping[str, Feed]
    guard: Guard
    enrolled: Mapping[str, Bools]

    @classmethod
    def at(cls, people: int, feeds: Mapping[str, Feed], guard: Guard) -> Cover:
        """Coverage at the guard's date."""
        enrolled = {name: on_books(people, feed, guard) for name, feed in feeds.items() if feed.books is not None}
        return cls(people, feeds, guard, enrolled)

    def of(self, kind: str, window_days: int) -> Bools:
        """Whom some source that tells of ``kind`` covered. bool[people]."""
        covered = np.zeros(self.people, bool)
        for source in TOLD_BY.get(kind, ()):
            feed = self.feeds.get(source)
            if feed is not None and feed.running(self.guard, window_days):
                covered |= self.enrolled.get(source, np.ones(1, bool))
        return covered

    def of_all(self, feature: Feature) -> Bools:
        """Whom the sources of every kind of the indicator covered. bool[people]."""
        covered = np.ones(self.people, bool)
        for kind in feature.kinds:
            covered &= self.of(kind, feature.window_days or 0)
        return covered


def on_books(people: int, feed: Feed, guard: Guard) -> Bools:
    """Who was enrolled, as one could know: an entry takes a refresh to show, a holiday may last two. bool[people]."""
    assert feed.books is not None
    until = guard.ended(feed.books.until)
    shown = feed.books.since <= guard.day - feed.refresh_days
    on = shown & (until >= guard.day - INTERVALS_LATE * feed.refresh_days)
    out = np.zeros(people, bool)
    out[feed.books.person[on]] = True
    return out


def filled(feature: Feature, figure: Floats, cover: Cover, around: Pairs | None) -> Floats:
    """``figure`` with 0 where absence is nil; NaN stays where it is unknown. float64[people]."""
    if not feature.absent_is_nil:
        return figure
    covered = cover.of_all(feature)
    if around is not None:
        covered = _covered_around(feature, covered, around)
    return np.where(np.isnan(figure) & covered, 0.0, figure)


def _covered_around(feature: Feature, covered: Bools, around: Pairs) -> Bools:
    """Absence is nil if some other is covered; with nobody there at all, as the scope declares."""
    nobody = around.how_many() == 0
    alone = nobody & (SCOPES[feature.scope].none == "nil") & covered.any()
    return alone | (around.how_many(covered) > 0)
