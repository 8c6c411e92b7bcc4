"""Where everybody lives: each household's homes over time, moves, and fathers' new homes after parting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.city.clock import START_DAY, TODAY_DAY, Ints, stream
from data.city.places import Places, lay_out
from data.city.population import FATHER, NEVER, Families, People

OWNED, SOCIAL, PRIVATE = range(3)
MOVES_A_YEAR = np.array([0.035, 0.05, 0.17])


@dataclass
class Homes:
    """Home spells by household and first day. A person's household is ``of`` until ``leaves``, then ``then``."""

    places: Places
    household: Ints
    first: Ints
    home: NDArray[np.int64]
    of: Ints
    leaves: Ints
    then: Ints
    tenure: NDArray[np.int8]
    families: int

    def at(self, person: NDArray[np.integer], on: NDArray[np.integer]) -> NDArray[np.int64]:
        """The home of each person on a day."""
        household = np.where(np.asarray(on) >= self.leaves[person], self.then[person], self.of[person])
        return self.home[self._spell(household, np.asarray(on))]

    def since(self, person: NDArray[np.integer], on: NDArray[np.integer]) -> Ints:
        """The first day of that home spell."""
        household = np.where(np.asarray(on) >= self.leaves[person], self.then[person], self.of[person])
        return self.first[self._spell(household, np.asarray(on))]

    def former(self, person: NDArray[np.integer], on: NDArray[np.integer]) -> NDArray[np.int64]:
        """The home before that one, or the same where there was none."""
        household = np.where(np.asarray(on) >= self.leaves[person], self.then[person], self.of[person])
        spell = self._spell(household, np.asarray(on))
        before = np.maximum(spell - 1, 0)
        return self.home[np.where(self.household[before] == household, before, spell)]

    def moves(self) -> tuple[NDArray[np.int64], Ints]:
        """Every move: (household, day), first homes left out."""
        later = np.flatnonzero(np.diff(self.household) == 0) + 1
        return self.household[later].astype(np.int64), self.first[later]

    def _spell(self, household: NDArray[np.integer], on: NDArray[np.integer]) -> NDArray[np.int64]:
        return _spell_of(self.household, self.first, household, on)


def settle(families: Families, people: People, seed: int) -> Homes:
    """Give every household its homes from START to TODAY."""
    rng = stream(seed, "households")
    tenure = _tenure(rng, families)
    apart = np.flatnonzero(
        (people.role == FATHER) & (families.separated[people.family] < np.minimum(people.left, TODAY_DAY))
    )
    of, leaves, then = people.family.copy(), np.full(len(people), NEVER, np.int32), people.family.copy()
    leaves[apart] = families.separated[people.family[apart]]
    then[apart] = len(families) + np.arange(len(apart), dtype=np.int32)
    household, first, chosen = _spells(rng, families, people, tenure, apart)
    places = lay_out(int(1.35 * len(household)) + 4000, seed)
    home = _homes(rng, places, families, people.family[apart], household, first, chosen)
    _with_cousins(rng, families, household, first, home)
    return Homes(places, household, first, home, of, leaves, then, tenure, len(families))


def _tenure(rng: np.random.Generator, families: Families) -> NDArray[np.int8]:
    """Owned, social or private tenancy: the poorer, the less owned."""
    lean = 0.55 * families.adversity + (5.5 - families.decile) * 0.28 + rng.normal(0, 0.8, len(families))
    social = lean > 0.95
    return np.where(social, SOCIAL, np.where(lean + rng.normal(0, 0.7, len(families)) > 0.25, PRIVATE, OWNED)).astype(
        np.int8
    )


def _spells(
    rng: np.random.Generator, families: Families, people: People, tenure: NDArray[np.int8], apart: NDArray[np.int64]
) -> tuple[Ints, Ints, NDArray[np.int64]]:
    """(household, first day, number of the spell within its household) of every home spell."""
    begin = np.concatenate([np.minimum(families.arrived, START_DAY), families.separated[people.family[apart]]])
    rate = np.concatenate([MOVES_A_YEAR[tenure] * np.exp(0.2 * families.adversity), np.full(len(apart), 0.15)])
    since = np.maximum(begin, START_DAY)
    number = rng.poisson(np.maximum(TODAY_DAY - since, 0) / 365.25 * rate)
    mover = np.repeat(np.arange(len(begin)), number)
    day = since[mover] + (rng.random(len(mover)) * (TODAY_DAY - since[mover])).astype(np.int32)
    household = np.concatenate([np.arange(len(begin)), mover]).astype(np.int32)
    first = np.concatenate([begin, day]).astype(np.int32)
    order = np.lexsort([first, household])
    household, first = household[order], first[order]
    starts = np.searchsorted(household, np.arange(len(begin)))
    return household, first, np.arange(len(household)) - starts[household]


def _homes(
    rng: np.random.Generator,
    places: Places,
    families: Families,
    owner: Ints,
    household: Ints,
    first: Ints,
    number: NDArray[np.int64],
) -> NDArray[np.int64]:
    """A home for each spell: over half of moves stay in the ward, others go where homes cost alike."""
    decile = np.concatenate([families.decile, families.decile[owner]])
    lsoa = _lsoa_of_decile(rng, places, decile[household])
    ward_mates = np.argsort(places.lsoa_ward, kind="stable")
    ward_first = np.searchsorted(places.lsoa_ward[ward_mates], np.arange(len(places.ward_area) + 1))
    for step in range(1, int(number.max()) + 1):
        now = np.flatnonzero((number == step) & (rng.random(len(number)) < 0.58))
        ward = places.lsoa_ward[lsoa[now - 1]]
        span = ward_first[ward + 1] - ward_first[ward]
        lsoa[now] = ward_mates[ward_first[ward] + (rng.random(len(now)) * span).astype(np.int64)]
    return _deal(places, lsoa, first)


def _lsoa_of_decile(rng: np.random.Generator, places: Places, decile: NDArray[np.int8]) -> NDArray[np.int64]:
    """A random LSOA of about the family's decile."""
    near = np.clip(decile + rng.integers(-1, 2, len(decile)), 1, 10)
    order = np.argsort(places.lsoa_decile, kind="stable")
    first = np.searchsorted(places.lsoa_decile[order], np.arange(1, 12))
    span = first[near] - first[near - 1]
    return order[first[near - 1] + (rng.random(len(near)) * span).astype(np.int64)]


def _deal(places: Places, lsoa: NDArray[np.int64], first: Ints) -> NDArray[np.int64]:
    """Deal each LSOA's homes out in turn, so that a home is re-let long after it was left and few are shared."""
    order = np.lexsort((first, lsoa))
    start = np.searchsorted(lsoa[order], np.arange(len(places.lsoa_ward)))
    turn = np.arange(len(order)) - start[lsoa[order]]
    size = places.lsoa_first_home[1] - places.lsoa_first_home[0]
    home = np.empty(len(order), np.int64)
    home[order] = places.lsoa_first_home[lsoa[order]] + (turn * 5 + turn // size) % size
    return home


def _with_cousins(
    rng: np.random.Generator, families: Families, household: Ints, first: Ints, home: NDArray[np.int64]
) -> None:
    """In half of its spells a family with cousins in the city lives in their home, as they did on its first day."""
    kin = np.append(families.kin, np.full(int(household.max()) + 1 - len(families), -1))[household]
    guest = np.flatnonzero((kin >= 0) & (rng.random(len(household)) < 0.5))
    host = home[_spell_of(household, first, kin[guest], first[guest])]
    home[guest] = host


def _spell_of(household: Ints, first: Ints, whose: NDArray[np.integer], on: NDArray[np.integer]) -> NDArray[np.int64]:
    """The spell of each household that a day falls in; its first one for days before."""
    key = household.astype(np.int64) * 100_000 + first
    found = np.searchsorted(key, np.asarray(whose).astype(np.int64) * 100_000 + on, side="right") - 1
    return np.maximum(found, np.searchsorted(household, whose, side="left"))


def lives_with(people: People, families: Families) -> NDArray[np.int32]:
    """Day until which each person lives in the family's home: fathers until parting, the others until they leave."""
    parted = np.where(people.role == FATHER, families.separated[people.family], NEVER)
    return np.minimum(parted, people.left).astype(np.int32)
