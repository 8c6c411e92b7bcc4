"""Early help: families who get it after a contact, or because somebody asked for it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.city.books import Books
from data.city.clock import days_in
from data.city.lives import Lives, chance

EARLY_REASONS = (
    "parenting",
    "school attendance",
    "money or housing",
    "child's behaviour",
    "domestic abuse",
    "mental health",
    "young carer",
)


def give(lives: Lives, books: Books, child: NDArray[np.int64], day: NDArray[np.int32]) -> None:
    """Families get early help after a contact, or because a school, a children's centre or they themselves asked."""
    rng, families = lives.rng, lives.families
    asked = np.flatnonzero(lives.active())
    asked = asked[chance(rng, 0.00135 * np.exp(0.45 * families.adversity[asked] + 0.25 * families.watched[asked]))]
    family = np.concatenate([lives.family[child].astype(np.int64), asked])
    days = np.concatenate([day + 7, days_in(rng, lives.month, len(asked))]).astype(np.int32)
    takes = (books.early_until[family] < days) & (rng.random(len(family)) < 0.75)
    family, first = np.unique(family[takes], return_index=True)
    days = days[takes][first]
    ends = (days + 30 + rng.gamma(1.8, 110, len(family))).astype(np.int32)
    books.early_until[family] = ends
    lives.log.add("early_help", family=family, day=days, to=ends, reason=_reason(lives, family))


def _reason(lives: Lives, family: NDArray[np.int64]) -> NDArray[np.int8]:
    draw = lives.rng.choice(7, len(family), p=[0.3, 0.17, 0.13, 0.2, 0.06, 0.1, 0.04])
    seen = lives.rng.random(len(family)) < 0.5
    given = np.select(
        [lives.trouble["domestic"][family], lives.trouble["money"][family], lives.trouble["parent_mental"][family]],
        [4, 2, 5],
        -1,
    )
    return np.where(seen & (given >= 0), given, draw).astype(np.int8)
