"""Every indicator of everybody in the cohort at an as-of date, as one dense matrix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analytics.features.feature import Feature
from analytics.features.scope import SCOPES
from analytics.matrix.aggregate import base
from analytics.matrix.around import Pairs, across, pairs
from analytics.matrix.cohort import CHILDREN, Ages, ages, cohort
from analytics.matrix.guard import Guard
from analytics.matrix.load import City
from analytics.matrix.matrix import Matrix
from analytics.matrix.nil import Cover, filled

Floats = NDArray[np.float64]


def matrices(city: City, features: Sequence[Feature], dates: Iterable[date]) -> Iterator[Matrix]:
    """One matrix an as-of date, one after another: each is float32[cohort, features]."""
    for as_of in dates:
        yield matrix(city, features, as_of)


def matrix(city: City, features: Sequence[Feature], as_of: date, wanted: Ages = CHILDREN) -> Matrix:
    """Indicators at ``as_of`` of people of the ages ``wanted``: rows in ascending order, columns as given."""
    moment = Moment(city, as_of, wanted)
    values = np.empty((len(moment.cohort), len(features)), np.float32)
    for i, feature in enumerate(features):
        values[:, i] = moment.figure(feature)[moment.cohort]
    return Matrix(city.people.ids[moment.cohort], as_of, tuple(feature.name for feature in features), values)


class Moment:
    """The city at one as-of date. Figures of people's own events are kept: several scopes ask for the same."""

    def __init__(self, city: City, as_of: date, wanted: Ages = CHILDREN) -> None:
        self.city = city
        self.wanted = wanted
        self.guard = Guard(as_of)
        self.cover = Cover.at(city.log.people, city.feeds, self.guard)
        self._own: dict[tuple[object, ...], Floats] = {}
        self._pairs: dict[str, Pairs] = {}

    @cached_property
    def cohort(self) -> NDArray[np.int64]:
        """Row numbers of the people looked at."""
        return cohort(self.city.people, self.city.log, self.cover, self.guard, self.wanted)

    def figure(self, feature: Feature) -> Floats:
        """The indicator of everybody, float64[people], NaN where not known."""
        if feature.aggregate == "age":
            return ages(self.city.people, self.guard)
        if not feature.contextual:
            return filled(feature, self.own(feature), self.cover, None)
        around = self.around(feature.scope)
        if feature.aggregate == "people":
            return around.how_many()
        return filled(feature, across(feature, self.own(feature), around), self.cover, around)

    def own(self, feature: Feature) -> Floats:
        """The figure of each person's own events, before nil and unknown are told apart."""
        key = (feature.kinds, feature.details, feature.aggregate, feature.window_days)
        if key not in self._own:
            self._own[key] = base(feature, self.city.log, self.guard)
        return self._own[key]

    def around(self, scope: str) -> Pairs:
        """Who is around whom in ``scope``."""
        if scope not in self._pairs:
            self._pairs[scope] = pairs(self.city.ties_of(SCOPES[scope]), SCOPES[scope], self.guard)
        return self._pairs[scope]
