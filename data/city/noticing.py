"""Professionals notice exploitation: part of it, late, and not of every child alike.

Whether it is noticed hangs on what is really going on and on who is looking, never on counts of anybody's records.
A city can also be made in which it hangs on nothing at all: what a model loses beside one that saw the whole truth is
then not the fault of who is being watched.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from data.city.clock import days_in
from data.city.exploitation import CCE, CSE, NAMES, Exploitation
from data.city.lives import HOME, Floats, Lives, chance
from data.city.vulnerability import vulnerable


class Noticing(StrEnum):
    """How exploitation comes to be noticed: by who looks and what shows, as in life, or by chance alone."""

    WATCHED = "watched"
    RANDOM = "random"


NOTICED = {CSE: 0.162, CCE: 0.168}  # monthly rate for a child of average grip, showing and watchedness
#: The same share of everybody within two years (30 to 40 %) when it hangs on nothing: monthly rate of any child.
BY_CHANCE = {CSE: 0.0265, CCE: 0.029}
DISCLOSED = 0.0005
MISTAKEN = 1.5e-6
REFERRERS = ("social care", "police", "school", "health", "voluntary service", "family")


class Known:
    """Who has been identified, as what and when; networks under investigation; and how anybody is noticed."""

    def __init__(self, children: int, networks: int, way: Noticing = Noticing.WATCHED) -> None:
        self.way = way
        self.yet = np.zeros((2, children), bool)
        self.alert = np.zeros(networks + 1)


def step(lives: Lives, now: Exploitation, known: Known) -> None:
    """One month of noticing: by chance encounters with someone who asks, by disclosure, by following a network."""
    known.alert *= 0.8
    for kind in (CSE, CCE):
        active = np.flatnonzero((now.current[kind] >= 0) & ~known.yet[kind] & (lives.age() < 18))
        who = active[chance(lives.rng, rate(lives, now, known, kind, active))]
        _write(lives, known, kind, who, now.current[kind, who])
        np.maximum.at(known.alert, now.network[kind, who], 1.0)
        known.alert[-1] = 0.0
    _mistake(lives, now, known)


def rate(lives: Lives, now: Exploitation, known: Known, kind: int, child: NDArray[np.int64]) -> Floats:
    """Monthly rate at which each exploited child is identified."""
    if known.way is Noticing.RANDOM:
        return np.full(len(child), BY_CHANCE[kind])
    level, watched = lives.level, lives.families.watched[lives.family[child]]
    # What has gone on for long is harder to overlook.
    long = 1 / (1 + np.exp((12.5 - (lives.month - now.since[kind, child])) / 1.8))
    grip, shows = long * now.grip[kind, child], level[f"{NAMES[kind]}_shows"][child]
    girl = lives.female[child]
    sex = np.where(girl, 1.0, 0.55) if kind == CSE else np.where(girl, 0.75, 1.0)
    looking = np.exp(1.62 * watched) * (
        1 + 0.35 * (lives.placement[child] != HOME) + 0.2 * lives.flags["in_need"][child]
    )
    seen = NOTICED[kind] * np.minimum(grip, 2.5) * np.minimum(shows, 3.0) ** 2 * looking * sex
    return seen * (1 + 1.6 * known.alert[now.network[kind, child]]) + DISCLOSED * np.exp(0.6 * watched)


def _mistake(lives: Lives, now: Exploitation, known: Known) -> None:
    """Now and then a vulnerable child who is not exploited is taken to be."""
    free = np.flatnonzero(lives.present() & (lives.age() > 11) & (now.current[CSE] < 0) & ~known.yet[CSE])
    lean = np.minimum(vulnerable(lives)[free], 4)
    if known.way is Noticing.WATCHED:
        lean = lean + 0.5 * lives.families.watched[lives.family[free]]
    who = free[chance(lives.rng, MISTAKEN * np.exp(1.1 * lean) * np.where(lives.female[free], 1.4, 0.6))]
    _write(lives, known, CSE, who, np.full(len(who), -1))


def _write(lives: Lives, known: Known, kind: int, child: NDArray[np.int64], spell: NDArray[np.int64]) -> None:
    rng = lives.rng
    known.yet[kind, child] = True
    lives.log.add(
        "identified",
        child=child,
        kind=np.full(len(child), kind, np.int8),
        spell=spell,
        day=days_in(rng, lives.month, len(child)),
        by=rng.choice(6, len(child), p=[0.34, 0.26, 0.18, 0.1, 0.08, 0.04]).astype(np.int8),
    )
