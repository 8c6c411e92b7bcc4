"""The hub's own habits: who reads a contact and how strictly, what each agency passes on, who is told twice.

Two workers are strict, one team is lax, one agency sends on whatever it sees and one keeps much to itself. Which these
are is drawn with the city and kept with its truth, so that whoever looks for them can be checked.
"""

from __future__ import annotations

import numpy as np

from data.city.clock import stream
from data.city.lives import Floats, Lives
from data.city.log import Table, take
from data.city.reasons import AGENCIES, EXPLOITATION, HEALTH, PUBLIC, SCHOOL

TEAMS = ("MASH red", "MASH blue", "MASH green", "MASH amber")
A_TEAM = 6  # workers of each
WORKERS = A_TEAM * len(TEAMS)
STRICT, LAX = 0.55, -0.45  # how far they read a contact from how their colleagues do, on the scale of severity
SENT_ON = 0.45  # what the agency that over-refers adds to its own contacts, of children about whom it saw nothing
KEPT = 0.3  # what the agency that under-refers keeps to itself
TOLD_TWICE = 0.03  # contacts about which a second agency calls within two days
# What is seen of a contact beside how things stand: how bad the day's event was, and how it happens to be read.
INCIDENT, READING = 0.6, 0.45


class Hub:
    """Who works at the hub, and how; which agencies tell too much and too little."""

    def __init__(self, seed: int) -> None:
        self.rng = stream(seed, "hub")
        self.lax = int(self.rng.integers(len(TEAMS)))
        others = np.flatnonzero(np.arange(WORKERS) // A_TEAM != self.lax)
        self.strict = np.sort(self.rng.choice(others, 2, replace=False))
        lean = self.rng.normal(0, 0.05, WORKERS)
        lean[np.arange(WORKERS) // A_TEAM == self.lax] += LAX
        lean[self.strict] += STRICT
        self.lean: Floats = lean - lean.mean()
        self.over, self.under = (int(agency) for agency in self.rng.permutation([SCHOOL, HEALTH, PUBLIC])[:2])

    def planted(self) -> dict[str, object]:
        """What there is to be found, in the words of the records."""
        return {
            "strict workers": [worker(int(number)) for number in self.strict],
            "lax team": TEAMS[self.lax],
            "over-refers": AGENCIES[self.over],
            "under-refers": AGENCIES[self.under],
        }


def worker(number: int) -> str:
    """The name under which a worker stands in the records."""
    return f"Hub worker {number + 1}"


def pass_on(hub: Hub, lives: Lives, told: Table) -> Table:
    """The month's worries (``child, day, agency, reason``) as the agencies pass them on: one adds, one keeps some."""
    rng = hub.rng
    kept = (told["agency"] == hub.under) & (told["reason"] != EXPLOITATION) & (rng.random(len(told["day"])) < KEPT)
    told = take(told, ~kept)
    like = np.flatnonzero((told["agency"] == hub.over) & (told["reason"] != EXPLOITATION))
    like = rng.choice(like, int(SENT_ON * len(like)), replace=False)
    here = np.flatnonzero(lives.present() & ((lives.school >= 0) | (hub.over != SCHOOL)))
    watch = np.exp(0.4 * lives.families.watched[lives.family[here]])
    extra = take(told, like) | {"child": rng.choice(here, len(like), p=watch / watch.sum())}
    return {name: np.concatenate([told[name], extra[name]]).astype(told[name].dtype) for name in told}


def tell_twice(hub: Hub, told: Table, first: int) -> Table:
    """The rows of the month's contacts, with those which another agency makes again, numbered from ``first``."""
    rng, number = hub.rng, np.unique(told["contact"])
    twice = number[rng.random(len(number)) < TOLD_TWICE]
    row = np.flatnonzero(np.isin(told["contact"], twice))
    place = np.searchsorted(twice, told["contact"][row])
    other = rng.integers(1, len(AGENCIES), len(twice))
    later = rng.integers(0, 3, len(twice))
    again = take(told, row) | {
        "contact": first + place,
        "day": told["day"][row] + later[place],
        "agency": (told["agency"][row] + other[place]) % len(AGENCIES),
        "again_of": told["contact"][row],
    }
    return {name: np.concatenate([told[name], again[name]]).astype(told[name].dtype) for name in told}


def read(hub: Hub, size: int, rng: np.random.Generator) -> Table:
    """How ``size`` contacts come to be read: by whom, how bad the event of each is, how far the reader errs."""
    who = rng.integers(0, WORKERS, size)
    return {
        "worker": who.astype(np.int8),
        "incident": rng.normal(0, INCIDENT, size),
        "error": rng.normal(0, READING, size) + hub.lean[who],
    }
