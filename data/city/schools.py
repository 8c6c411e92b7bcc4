"""Schools and friendship circles: who is in which school and year group, and who goes about with whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.city.clock import Ints
from data.city.places import Places

NONE = np.int16(-1)
PRIMARY_SIZE, SECONDARY_SIZE = 520, 2300  # families a school serves
CIRCLE = 5


@dataclass(frozen=True)
class Schools:
    """Primary schools, then secondaries, then two schools for those excluded. ``ward`` is where each stands."""

    primaries: int
    secondaries: int
    ward: NDArray[np.int16]

    @property
    def alternative(self) -> int:
        """The first of the two schools for excluded pupils."""
        return self.primaries + self.secondaries

    def codes(self) -> NDArray[np.str_]:
        """Each school's code, as its records call it."""
        number = np.arange(len(self.ward))
        return np.char.add("AVB", np.char.zfill((4001 + number).astype(str), 4))


def build(families: int, places: Places, rng: np.random.Generator) -> Schools:
    """As many schools as the city needs, spread over its wards."""
    wards = len(places.ward_area)
    primaries, secondaries = max(3, families // PRIMARY_SIZE), max(2, families // SECONDARY_SIZE)
    ward = np.concatenate([rng.permutation(np.arange(n) % wards) for n in (primaries, secondaries, 2)])
    return Schools(primaries, secondaries, ward.astype(np.int16))


def year_group(birth: Ints, on: int) -> NDArray[np.int64]:
    """School year on a day: 0 is reception, 11 the last; outside 0 to 11 not of school age."""
    born = birth.astype("int64").astype("datetime64[D]").astype("datetime64[M]").astype("int64")
    now = np.datetime64(on, "D").astype("datetime64[M]").astype("int64")
    born_year, school_year = (born - 8) // 12, (now - 8) // 12  # years begin in September
    return school_year - born_year - 5


def nearest(
    schools: Schools, places: Places, ward: NDArray[np.int16], secondary: NDArray[np.bool_], rng: np.random.Generator
) -> NDArray[np.int16]:
    """A school for each child: one of the three nearest, mostly the nearest."""
    middle = _ward_middles(places)
    rank = rng.choice(3, len(ward), p=[0.68, 0.22, 0.10])
    chosen = np.empty(len(ward), np.int16)
    for is_secondary, first, count in ((False, 0, schools.primaries), (True, schools.primaries, schools.secondaries)):
        away = np.linalg.norm(middle[:, None] - middle[schools.ward[first : first + count]][None], axis=2)
        order = np.argsort(away, axis=1, kind="stable")[:, :3]
        mine = secondary == is_secondary
        chosen[mine] = first + order[ward[mine], np.minimum(rank[mine], order.shape[1] - 1)]
    return chosen


def _ward_middles(places: Places) -> NDArray[np.float64]:
    return np.array([outline.mean(axis=0) for outline in places.outlines])


def circles(school: NDArray[np.int16], year: NDArray[np.int64], affinity: NDArray[np.float64]) -> NDArray[np.int64]:
    """Circles of about five friends within a school and year group, alike in ``affinity``; -1 for children without one.

    A circle holds together from year to year, because affinity does.
    """
    circle = np.full(len(school), -1, np.int64)
    here = np.flatnonzero((school >= 0) & (year >= 5) & (year <= 11))
    cohort = school[here].astype(np.int64) * 16 + year[here]
    order = here[np.lexsort([affinity[here], cohort])]
    sorted_cohort = school[order].astype(np.int64) * 16 + year[order]
    place = np.arange(len(order)) - np.searchsorted(sorted_cohort, sorted_cohort)
    new = (place % CIRCLE == 0).astype(np.int64)
    circle[order] = np.cumsum(new) - 1
    return circle


def exposure(circle: NDArray[np.int64], state: NDArray[np.floating]) -> NDArray[np.float64]:
    """Sum of a state over each child's friends, oneself left out; 0 without friends."""
    inside = circle >= 0
    total = np.bincount(circle[inside], weights=state[inside], minlength=1)
    return np.where(inside, total[np.maximum(circle, 0)] - state, 0.0)
