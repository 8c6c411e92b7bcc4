"""Children taught at home: no school has them on its roll meanwhile."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.city.chronicle import begins, quarters, strikes
from data.city.clock import YEAR
from data.city.log import Table, take
from data.city.members import apart, in_town
from data.city.writers.frame import Book


def home_taught(book: Book) -> Table:
    """Spells (child, from, to): more of the anxious and of children with autism, some for the parents' own reasons."""
    lives, rng, parts = book.run.lives, book.rng("home taught"), []
    for quarter in quarters():
        age = (begins(quarter) - lives.people.birth[: lives.children]) / YEAR
        rate = 0.0008 + 0.004 * lives.traits["autism"] + 0.004 * book.run.chronicle.child("low", quarter)
        parts.append(strikes(rng, quarter, rate * ((age >= 5) & (age < 15.5))))
    child, day = (np.concatenate([part[i] for part in parts]).astype(np.int64) for i in range(2))
    to = np.minimum(day + 60 + rng.gamma(2, 260, len(day)), lives.people.birth[child] + 16 * YEAR).astype(np.int64)
    keep = in_town(book.run, child, day) & apart(child, day, to)
    return take({"child": child, "from": day, "to": to}, keep)


def off_roll(book: Book, child: NDArray[np.integer], on: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Whether each child was taught at home on a day."""
    spell = home_taught(book)
    order = np.lexsort([spell["from"], spell["child"]])
    key = spell["child"][order] * 100_000 + spell["from"][order]
    last = np.searchsorted(key, np.asarray(child).astype(np.int64) * 100_000 + on, side="right") - 1
    there = order[np.maximum(last, 0)] if len(order) else np.zeros(len(child), np.int64)
    if not len(order):
        return np.zeros(len(child), bool)
    within: NDArray[np.bool_] = (last >= 0) & (spell["child"][there] == child) & (spell["to"][there] > on)
    return within
