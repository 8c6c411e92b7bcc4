"""Serious harm that really happens to children, whether or not anybody writes it down: what a grading ought to foresee.

It comes of how a child lives over months, not of how bad the event was that made somebody call. Some of it is seen and
told to the hub the same day; most is not.
"""

from __future__ import annotations

import numpy as np

from data.city.clock import days_in, stream
from data.city.lives import Lives, chance
from data.city.log import Table
from data.city.reasons import EMOTIONAL, HEALTH, NEGLECT, PHYSICAL, POLICE, PUBLIC, SCHOOL, SEXUAL
from data.city.vulnerability import harm

SEEN = 0.2
GRAVE = 1.0  # how much worse a contact reads that tells of it


class Hurt:
    """A random stream of its own."""

    def __init__(self, seed: int) -> None:
        self.rng = stream(seed, "hurt")


def step(lives: Lives, hurt: Hurt) -> None:
    """One month: who comes to serious harm, on which day, and whether somebody sees it."""
    here = np.flatnonzero(lives.present())
    level, flags = lives.level, lives.flags
    strain = (
        0.9 * np.minimum(harm(lives)[here], 2.5)
        + 0.4 * np.minimum(level["trauma"][here], 2)
        + 0.5 * flags["conflict"][here]
        + 0.4 * flags["low"][here]
        + 0.8 * np.minimum((level["cse"] + level["cce"])[here], 2)
        + 0.5 * (lives.age()[here] < 2)
    )
    child = here[chance(hurt.rng, 0.0006 * np.exp(strain))]
    lives.log.add(
        "hurt",
        child=child,
        day=days_in(hurt.rng, lives.month, len(child)),
        seen=hurt.rng.random(len(child)) < SEEN,
    )


def told(lives: Lives, hurt: Hurt) -> Table:
    """This month's contacts about it: whoever saw it calls the same day."""
    happened = lives.log.this_month("hurt")
    seen = np.flatnonzero(happened["seen"])
    agency = hurt.rng.choice([POLICE, SCHOOL, HEALTH, PUBLIC], len(seen), p=[0.35, 0.25, 0.3, 0.1])
    reason = hurt.rng.choice([PHYSICAL, EMOTIONAL, NEGLECT, SEXUAL], len(seen), p=[0.45, 0.25, 0.2, 0.1])
    return {"child": happened["child"][seen], "day": happened["day"][seen], "agency": agency, "reason": reason}


def grave(lives: Lives, child: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Whether a row of a contact tells of serious harm: that child's, that day."""
    happened = lives.log.this_month("hurt")
    key = happened["child"].astype(np.int64) * 100_000 + happened["day"]
    return np.isin(child.astype(np.int64) * 100_000 + day, key[happened["seen"]])
