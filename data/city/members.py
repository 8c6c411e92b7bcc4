"""Who lives with whom on a day: families opened out into rows of people."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.city.households import lives_with
from data.city.identity import age_on
from data.city.population import FATHER, MOTHER, PARTNER
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


def adult_of(run: Run, role: int) -> NDArray[np.int64]:
    """The adult of a role in each family, -1 where there is none."""
    people = run.lives.people
    found = np.full(len(run.lives.families), -1, np.int64)
    those = np.flatnonzero(people.role == role)
    found[people.family[those]] = those
    return found


def man_at_home(run: Run, family: NDArray[np.integer], day: NDArray[np.integer]) -> NDArray[np.int64]:
    """The father while he lives with the family, else a partner, on each day; -1 where there is neither."""
    until, arrived = lives_with(run.lives.people, run.lives.families), run.lives.people.arrived
    found = np.full(len(family), -1, np.int64)
    for role in (FATHER, PARTNER):
        man = adult_of(run, role)[family]
        there = (man >= 0) & (arrived[man] <= day) & (until[man] > day)
        found = np.where((found < 0) & there, man, found)
    return found


def one_parent(
    run: Run, family: NDArray[np.integer], day: NDArray[np.integer], rng: np.random.Generator
) -> NDArray[np.int64]:
    """The mother, or for three in ten the man who lives there."""
    man = man_at_home(run, family, day)
    return np.where((man >= 0) & (rng.random(len(family)) < 0.3), man, adult_of(run, MOTHER)[family])


def in_town(run: Run, person: NDArray[np.integer], day: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Whether each person is born and in the city on a day; nobody (-1) is not."""
    people = run.lives.people
    here = (people.birth[person] <= day) & (people.arrived[person] <= day) & (people.left[person] > day)
    return here & (np.asarray(person) >= 0)


def apart(person: NDArray[np.integer], begin: NDArray[np.integer], end: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Which spells begin after the person's spell before has ended: nobody is taken on twice at a time."""
    order = np.lexsort([begin, person])
    same = np.append(False, person[order][1:] == person[order][:-1])
    early = np.append(False, begin[order][1:] < end[order][:-1])
    keep = np.empty(len(order), bool)
    keep[order] = ~(same & early)
    return keep
