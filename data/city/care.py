"""Children looked after: who comes into care, where they are placed, how often they are moved, how they leave."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.city.adoption import adopt
from data.city.books import Books
from data.city.clock import days_in
from data.city.lives import FOSTER, HOME, KIN, RESIDENTIAL, SUPPORTED, Lives, chance
from data.city.population import NEVER
from data.city.vulnerability import harm

LEAVES = ("E4A", "E4B", "E45", "E47", "E11", "E6", "E5", "E3", "E8")  # ways out, as the return codes them
ADOPTED = 4  # the way out, as a position in LEAVES
ENTRY = 0.00245


class Care:
    """Who is looked after: the spell's number and its first day, -1 for the others."""

    def __init__(self, children: int) -> None:
        self.spell = np.full(children, -1, np.int64)
        self.since = np.full(children, NEVER, np.int32)
        self.count = 0


def step(lives: Lives, care: Care, books: Books) -> None:
    """One month: some leave, some are moved, some come in. The opening month starts with a full house."""
    _leave(lives, care, books)
    _move(lives, care)
    _enter(lives, care, books)


def _enter(lives: Lives, care: Care, books: Books) -> None:
    """Open cases with much harm, or adolescents whom home cannot hold; brothers and sisters often come in together."""
    rng, age = lives.rng, lives.age()
    can = lives.present() & (care.spell < 0) & (age < 17.6)
    if lives.month == 0:
        who = np.flatnonzero(can)
        who = who[chance(rng, 0.0068 * np.exp(0.9 * np.minimum(harm(lives)[who], 2.2)) * 0.75)]
    else:
        open_case = np.flatnonzero(can & (books.case_until > lives.today))
        lean = (
            0.75 * np.minimum(harm(lives)[open_case], 2.2)
            + 0.45 * lives.flags["conflict"][open_case]
            + 1.35 * (age[open_case] < 1)
            + 0.45 * (age[open_case] > 14)
        )
        lean = lean + 0.4 * np.minimum(lives.level["cse"] + lives.level["cce"], 2)[open_case]
        who = _with_brothers_and_sisters(
            lives, open_case[chance(rng, ENTRY * np.exp(lean))], can & (books.case_until > lives.today)
        )
    day = days_in(rng, lives.month, len(who))
    care.spell[who] = care.count + np.arange(len(who))
    care.since[who] = day if lives.month else day - rng.exponential(700, len(who)).astype(np.int32)
    care.count += len(who)
    order = rng.random(len(who)) < 0.45 + 0.2 * (age[who] < 6)
    lives.log.add("care_began", child=who, day=care.since[who].copy(), spell=care.spell[who].copy(), order=order)
    _place(lives, care, who, care.since[who].copy())
    books.case_until[who] = NEVER
    lives.level["unsettled"][who] += 1.2


def _with_brothers_and_sisters(lives: Lives, who: NDArray[np.int64], can: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Each child and, in half of the families, the others who could come in too."""
    family = np.zeros(len(lives.families), bool)
    together = who[lives.rng.random(len(who)) < 0.5]
    family[lives.family[together]] = True
    return np.union1d(who, np.flatnonzero(can & family[lives.family])).astype(np.int64)


def _place(lives: Lives, care: Care, who: NDArray[np.int64], day: NDArray[np.int32]) -> None:
    """Choose a placement by age and need: kin, foster, children's home, supported."""
    rng, age = lives.rng, lives.age()[who]
    trouble = (
        0.5 * lives.flags["conflict"][who]
        + 0.5 * np.minimum(lives.level["cse"] + lives.level["cce"], 1.5)[who]
        + 0.25 * lives.level["trauma"][who]
    )
    home = rng.random(len(who)) < np.where(age > 11, 0.1 + 0.12 * np.minimum(trouble, 2), 0.015)
    supported = (age >= 16) & (rng.random(len(who)) < 0.42)
    kin = rng.random(len(who)) < 0.2
    place = np.select([supported, home, kin], [SUPPORTED, RESIDENTIAL, KIN], FOSTER).astype(np.int8)
    lives.placement[who] = place
    code = np.select([place == SUPPORTED, place == RESIDENTIAL, place == KIN], [0, 1, 2], 3)
    lives.log.add(
        "placement",
        child=who,
        day=day,
        spell=care.spell[who].copy(),
        place=code.astype(np.int8),
        draw=rng.integers(0, 1 << 30, len(who)),
    )


def _move(lives: Lives, care: Care) -> None:
    """Placements break down, the more the harder a child's life."""
    inside = np.flatnonzero(care.spell >= 0)
    age = lives.age()[inside]
    lean = (
        0.5 * (age > 12)
        + 0.5 * lives.flags["conflict"][inside]
        + 0.5 * np.minimum(lives.level["cse"] + lives.level["cce"], 2)[inside]
        + 0.4 * (lives.placement[inside] == RESIDENTIAL)
    )
    settled = (lives.today - care.since[inside]) > 500
    who = inside[chance(lives.rng, 0.026 * np.exp(lean - 0.6 * settled))]
    _place(lives, care, who, days_in(lives.rng, lives.month, len(who)))
    lives.level["unsettled"][who] += 0.9


def _leave(lives: Lives, care: Care, books: Books) -> None:
    """Home again, to guardians, adopted, grown up, or gone from the city."""
    rng, age = lives.rng, lives.age()
    inside = np.flatnonzero(care.spell >= 0)
    years = (lives.today - care.since[inside]) / 365.25
    grown, gone = age[inside] >= 18 - 1 / 12, lives.people.left[inside] <= lives.today + 31
    rate = np.where(years < 0.5, 0.051, np.where(years < 2, 0.0222, 0.0119)) * np.where(age[inside] < 6, 1.35, 1.0)
    over = grown | gone | (rng.random(len(inside)) < rate)
    who, years = inside[over], years[over]
    back = rng.random(len(who))
    reason = np.select(
        [grown[over], gone[over], (age[who] < 6) & (years > 0.6) & (back < 0.88), back < 0.6, back < 0.7, back < 0.85],
        [rng.choice([5, 6], len(who)), 7, ADOPTED, 0, 1, 2],
        3,
    ).astype(np.int8)
    day = days_in(rng, lives.month, len(who))
    day = np.where(grown[over], np.minimum(day, lives.people.birth[who] + 6574), day)
    day = np.maximum(day, care.since[who] + 3).astype(np.int32)
    lives.log.add("care_ended", child=who, day=day, spell=care.spell[who].copy(), reason=reason)
    care.spell[who], lives.placement[who] = -1, HOME
    adopted = reason == ADOPTED
    books.case_until[who] = day + np.where(adopted, 0, rng.integers(20, 150, len(who))).astype(np.int32)
    adopt(lives, who[adopted], day[adopted])
    lives.log.add("case_kept", case=books.case[who], until=books.case_until[who])
