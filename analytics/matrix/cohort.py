"""Who is looked at: of an age that some model asks about at the as-of date, alive, and in the city."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.matrix.guard import Days, Guard
from analytics.matrix.log import Log
from analytics.matrix.nil import Cover

#: Youngest and oldest, both included, of each group that is looked at.
Ages = Collection[tuple[int, int]]
CHILDREN: Ages = ((10, 17),)
SEEN_WITHIN = 365


@dataclass(frozen=True)
class People:
    """Everybody of the snapshot in ascending order of ``ids``. ``died``: day numbers, `OPEN` for the living."""

    ids: NDArray[np.int64]
    born: NDArray[np.datetime64]
    died: Days


def ages(people: People, guard: Guard) -> NDArray[np.float64]:
    """Whole years at the as-of date, NaN without a date of birth. One has the birthday's age on the birthday."""
    as_of = np.datetime64(guard.as_of, "D")
    months = (as_of.astype("datetime64[M]") - people.born.astype("datetime64[M]")).astype(float)
    months[np.isnat(people.born)] = np.nan
    day_of_month = (people.born - people.born.astype("datetime64[M]")).astype(float)
    today = float((as_of - as_of.astype("datetime64[M]")).astype(int))
    return np.floor((months - (day_of_month > today)) / 12)


def cohort(people: People, log: Log, cover: Cover, guard: Guard, wanted: Ages = CHILDREN) -> NDArray[np.int64]:
    """Row numbers of the people in the cohort, ascending. int64[n]."""
    alive = ~(people.died < guard.day)
    return np.flatnonzero(within(ages(people, guard), wanted) & alive & present(log, cover, guard))


def within(age: NDArray[np.float64], wanted: Ages) -> NDArray[np.bool_]:
    """Who is of one of the ages wanted; nobody whose age is not known. bool[n]."""
    return np.logical_or.reduce([(age >= youngest) & (age <= oldest) for youngest, oldest in wanted])


def present(log: Log, cover: Cover, guard: Guard) -> NDArray[np.bool_]:
    """Who is in the city, as far as anyone knows: on a source's books, or with an event within a year. bool[people]."""
    here = np.zeros(log.people, bool)
    for enrolled in cover.enrolled.values():
        here |= enrolled
    for block in log.blocks.values():
        low, high = np.searchsorted(block.occurred, [guard.day - SEEN_WITHIN, guard.day])
        known = guard.known(block.known[low:high], block.corrected[low:high])
        here[block.person[low:high][known]] = True
    return here
