"""Adoption: one life, two people on paper. The second has a name, numbers and a home of its own, so a row of its own.

Nothing that an agency writes leads from one to the other but the council's own list of pairs that must not be linked.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.city.lives import HOME, Lives
from data.city.names import forenames
from data.city.names.draw import feminine
from data.city.population import NEVER

HERE = 0.7  # of adopted children go to families in the city
KEPT = 0.5  # of adopted children keep their forename


def adopt(lives: Lives, child: NDArray[np.int64], day: NDArray[np.int32]) -> None:
    """End each child's first life on the day of the order; for most a second begins in a family of the city."""
    people, rng = lives.people, lives.rng
    people.left[child] = np.minimum(people.left[child], day)
    stays = np.flatnonzero(rng.random(len(child)) < HERE)
    free = _families_waiting(lives)
    stays = stays[: len(free)]
    child, day, second = child[stays], day[stays], free[: len(stays)]
    _begin(lives, child, second, day)
    lives.log.add("adopted", child=child, second=second, day=day)


def _families_waiting(lives: Lives) -> NDArray[np.int64]:
    """Second lives not begun yet whose family is in the city and has no child younger than two."""
    people, families = lives.people, lives.families
    waiting = np.flatnonzero(people.birth[: lives.children] == NEVER)
    family = people.family[waiting]
    youngest = np.zeros(len(families), np.int64)
    born = np.flatnonzero(people.birth[: lives.children] <= lives.today)
    np.maximum.at(youngest, people.family[born], people.birth[born])
    here = (families.arrived[family] <= lives.today) & (families.left[family] > lives.today + 365)
    return waiting[here & (youngest[family] < lives.today - 730)]


def _begin(lives: Lives, child: NDArray[np.int64], second: NDArray[np.int64], day: NDArray[np.int32]) -> None:
    """The life goes on in the second row: the same child, another name and family."""
    people, rng = lives.people, lives.rng
    for column in (people.birth, people.female, people.ethnicity):
        column[second] = column[child]
    people.arrived[second] = day
    grown = people.birth[child] + 6600 + rng.exponential(260, len(child)).astype(np.int32)
    people.left[second] = np.minimum(lives.families.left[people.family[second]], grown)
    girl = people.female[second]
    people.surname[second] = np.where(girl, feminine(people.surname[second]), people.surname[second])
    people.forename[second] = _forenames(lives, child, second)
    for states in (lives.traits, lives.flags, lives.level):
        for state in states.values():
            state[second] = state[child]
    lives.year_group[second], lives.placement[second] = lives.year_group[child], HOME
    lives.ward[second] = lives.homes.places.ward(lives.homes.at(second, day))


def _forenames(lives: Lives, child: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int32]:
    """The forename kept, or a new one of the new family's community; never that of a brother or sister there."""
    people, rng = lives.people, lives.rng
    community = lives.families.community[people.family[second]]
    fresh, other = (forenames(rng, community, people.female[second], np.ones(len(second), bool)) for _ in range(2))
    given = np.where(rng.random(len(second)) < KEPT, people.forename[child], fresh)
    borne = people.family[: lives.children].astype(np.int64) * 100_000 + people.forename[: lives.children]
    borne = np.delete(borne, second)
    taken = np.isin(people.family[second].astype(np.int64) * 100_000 + given, borne)
    return np.where(taken, other, given).astype(np.int32)
