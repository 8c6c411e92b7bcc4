"""The state of every life as months go by: what the simulation's steps read and change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.city.clock import STARTS, YEAR, Ints
from data.city.households import Homes
from data.city.log import Log
from data.city.population import Families, People
from data.city.schools import Schools

Floats = NDArray[np.floating[Any]]
Bools = NDArray[np.bool_]
HOME, KIN, FOSTER, RESIDENTIAL, SUPPORTED = range(5)  # where a child in care lives; HOME for the others


@dataclass
class Lives:
    """Families' troubles and children's states, one entry a family or a child, as at the present month."""

    families: Families
    people: People
    homes: Homes
    schools: Schools
    rng: np.random.Generator
    log: Log = field(default_factory=Log)
    month: int = 0
    trouble: dict[str, Bools] = field(default_factory=dict)
    traits: dict[str, Floats] = field(default_factory=dict)
    flags: dict[str, Bools] = field(default_factory=dict)
    level: dict[str, Floats] = field(default_factory=dict)
    school: NDArray[np.int16] = field(default_factory=lambda: np.empty(0, np.int16))
    year_group: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    circle: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    placement: NDArray[np.int8] = field(default_factory=lambda: np.empty(0, np.int8))
    ward: NDArray[np.int16] = field(default_factory=lambda: np.empty(0, np.int16))
    ease: Floats = field(default_factory=lambda: np.empty(0))
    days: dict[str, Ints] = field(default_factory=dict)

    @property
    def children(self) -> int:
        return self.people.children

    @property
    def family(self) -> Ints:
        """The family of each child."""
        return self.people.family[: self.children]

    @property
    def female(self) -> Bools:
        return self.people.female[: self.children]

    @property
    def today(self) -> int:
        """First day of the present month."""
        return int(STARTS[self.month])

    def age(self) -> Floats:
        """Age of each child in years on the first of the month; negative before birth."""
        return (self.today - self.people.birth[: self.children]) / YEAR

    def present(self) -> Bools:
        """Children who are in the city and under 18 this month."""
        age, people = self.age(), self.people
        here = (people.arrived[: self.children] <= self.today) & (people.left[: self.children] > self.today)
        return here & (age >= 0) & (age < 18)

    def of_family(self, name: str) -> Bools:
        """A trouble of the family as each child meets it: in care it is left behind."""
        return self.trouble[name][self.family] & (self.placement == HOME)

    def active(self) -> Bools:
        """Families in the city this month with their first child born."""
        families = self.families
        return (families.first_birth <= self.today) & (families.arrived <= self.today) & (families.left > self.today)


def chance(rng: np.random.Generator, hazard: Floats) -> NDArray[np.int64]:
    """Positions at which something with this monthly rate happens."""
    return np.flatnonzero(rng.random(len(hazard)) < -np.expm1(-hazard))
