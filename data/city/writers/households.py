"""Who lives with whom on a day: families opened out into rows of people."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.city.households import lives_with
from data.city.identity import age_on
from data.city.simulation import Run


class Members:
    """The people of each family, to be looked up many families at once."""

    def __init__(self, run: Run) -> None:
        people = run.lives.people
        self.people = people
        self.order = np.argsort(people.family, kind="stable")
        self.first = np.searchsorted(people.family[self.order], np.arange(len(run.lives.families) + 1))
        self.until = lives_with(people, run.lives.families)

    def open(
        self, family: NDArray[np.integer], day: NDArray[np.integer]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """(row, person): everybody who lives in the family's home on the day of each row."""
        span = self.first[family + 1] - self.first[family]
        row = np.repeat(np.arange(len(family)), span)
        place = np.arange(len(row)) - np.repeat(np.cumsum(span) - span, span)
        person = self.order[self.first[family][row] + place]
        on = np.asarray(day)[row]
        here = (self.people.arrived[person] <= on) & (self.until[person] > on)
        return row[here], person[here].astype(np.int64)

    def children(
        self, family: NDArray[np.integer], day: NDArray[np.integer]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The same, those under 18 only."""
        row, person = self.open(family, day)
        young = (self.people.role[person] == 0) & (age_on(self.people, person, np.asarray(day)[row]) < 18)
        return row[young], person[young]
