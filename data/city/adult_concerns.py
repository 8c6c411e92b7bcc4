"""Worry about grown-ups: parents who are hurt at home, ill or drinking, as the hub hears of it.

Most of what the hub is told of an adult needs nothing more; some becomes a safeguarding concern with adult social care,
and some of those an enquiry.
"""

from __future__ import annotations

import numpy as np

from data.city import hub
from data.city.chronicle import quarters, strikes
from data.city.clock import TODAY_DAY, stream
from data.city.log import Table
from data.city.members import in_town, one_parent
from data.city.reasons import (
    ADULT,
    ADULT_CARE,
    ADVICE,
    COUNCIL,
    DOMESTIC,
    HEALTH,
    HOUSING,
    MENTAL,
    NFA,
    OTHER,
    PHYSICAL,
    POLICE,
    PUBLIC,
    VOLUNTARY,
)
from data.city.simulation import Run

HARMS = ("physical", "psychological", "financial", "neglect", "self_neglect", "domestic")
# How each kind of harm is told to the hub.
REASON = np.array([PHYSICAL, MENTAL, OTHER, ADULT_CARE, ADULT_CARE, DOMESTIC])
TELLERS = (POLICE, HEALTH, HOUSING, PUBLIC, VOLUNTARY, COUNCIL)
CONCERN, ENQUIRY = 1.55, 2.1  # how bad it must read to become one or the other
STANDS = {"domestic": 0.8, "parent_mental": 0.5, "parent_substance": 0.7}


def concerns(run: Run, seed: int) -> Table:
    """One row a contact about an adult, in order of day: ``person, day, harm, reason, agency, outcome`` (positions in
    ``reasons.OUTCOMES``), ``worker, stand, incident, seen, minute, contact`` (numbers after the children's).
    """
    rng = stream(seed, "adult concerns")
    family, day, stand, harm = _strikes(run, rng)
    person = one_parent(run, family, day, rng)
    keep = in_town(run, person, day) & (day < TODAY_DAY - 2)
    person, day, stand, harm = person[keep], day[keep], stand[keep], harm[keep]
    order = np.lexsort([person, day])
    person, day, stand, harm = person[order], day[order], stand[order], harm[order]
    size = len(person)
    drawn = rng.choice(6, size, p=[0.22, 0.18, 0.24, 0.26, 0.1, 0.0])
    harm = np.where((harm < 0) | (rng.random(size) < 0.25), drawn, harm)
    read = hub.read(run.hub, size, rng)
    seen = stand + read["incident"] + read["error"]
    return read | {
        "person": person,
        "day": day,
        "harm": harm,
        "reason": REASON[harm],
        "agency": np.array(TELLERS)[rng.choice(6, size, p=[0.3, 0.32, 0.12, 0.12, 0.08, 0.06])],
        "outcome": np.select([seen > CONCERN, seen > 0.9], [ADULT, ADVICE], NFA),
        "enquiry": seen > ENQUIRY,
        "stand": stand,
        "seen": seen,
        "minute": rng.integers(420, 1260, size),
        "contact": run.books.contacts + np.arange(size),
        "again_of": np.full(size, -1),
    }


def _strikes(run: Run, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """(family, day, how bad things stand there, kind of harm or -1) of everything that makes somebody call."""
    told, parts = run.chronicle, []
    for quarter in quarters():
        troubles = {name: told.trouble(name, quarter) for name in STANDS}
        stand = np.sum([weight * troubles[name] for name, weight in STANDS.items()], axis=0) + 0.2
        family, day = strikes(rng, quarter, 0.0045 * np.exp(1.9 * (stand - 0.2)))
        domestic, mental, drink = (troubles[name][family] for name in STANDS)
        parts.append((family, day, stand[family], np.select([domestic, drink, mental], [5, 4, 1], -1)))
    return tuple(np.concatenate([part[i] for part in parts]) for i in range(4))
