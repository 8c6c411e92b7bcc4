"""How many contacts a pilot needs: worked out before it begins, from what this hub measured of itself.

Two shares: Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions (3rd ed., 2003), formula 4.14, without
a continuity correction; R's ``power.prop.test`` is the same. A share within so much: Cochran, Sampling Techniques (3rd
ed., 1977), chapter 4. Design effect 1 + (m - 1) x correlation: Kish, Survey Sampling (1965), with sizes that differ
counted by their own weight (Eldridge, Ashby and Kerry, 2006); the correlation within groups by analysis of variance
(Fleiss, above, chapter 15). Where weeks are drawn, one more week an arm makes up for how few there are (Hayes and
Moulton, Cluster Randomised Trials, 2nd ed., 2017, chapter 7).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.stats import norm

from analytics.triage.pilot_arms import BLOCK
from analytics.triage.pilot_measures import MEASURES
from data.journal.pilot import BY_WEEK, SHADOW

Floats = NDArray[np.float64]
LEVEL, POWER = 0.05, 0.8
FAMILY, WORKER, WEEK = "kin", "worker", "week"


@dataclass(frozen=True)
class Base:
    """What the hub measured of itself in a year: the ``share`` of the measure, contacts a week, the ``part`` of them
    that it speaks of; of families, workers and weeks, how alike their contacts are and how many (by weight).
    """

    measure: str
    share: float
    a_week: float
    part: float
    alike: dict[str, float]
    size: dict[str, float]

    def effect(self, kind: str) -> float:
        """The design effect of a pilot of ``kind``.

        By contact it is of families: cautious, since contacts of one family fall on both arms and partly cancel; what
        workers differ by cancels altogether. By week it is of weeks.
        """
        group = WEEK if kind == BY_WEEK else FAMILY
        return design_effect(self.size[group], self.alike[group])


@dataclass(frozen=True)
class Size:
    """Contacts in all and weeks that a pilot takes; ``effect``: the design effect in it."""

    contacts: int
    weeks: int
    effect: float


def base(rows: pd.DataFrame, measure: str, weeks: float) -> Base:
    """From contacts of ``weeks`` weeks past. Raises `ValueError` where none has the measure."""
    one = MEASURES[measure]
    of = one.of(rows)
    if not of.any():
        raise ValueError("no contact of the year has this figure")
    hit = one.hit(rows)[of].astype(np.float64)
    alike, size = {}, {}
    for name in (FAMILY, WORKER, WEEK):
        group = np.unique(rows.loc[of, name], return_inverse=True)[1]
        alike[name] = correlation(hit, group)
        counts = np.bincount(group).astype(np.float64)
        size[name] = float((counts**2).sum() / counts.sum())
    return Base(measure, float(hit.mean()), len(rows) / weeks, float(of.mean()), alike, size)


def needed(one: Base, kind: str, smallest: float, level: float = LEVEL, power: float = POWER) -> Size:
    """What it takes to find a difference of ``smallest`` (a share) from ``one.share``; in shadow, to know the share to
    within as much. Raises `ValueError` where the other share would lie beyond 0 or 1."""
    effect = one.effect(kind)
    if kind == SHADOW:
        each = math.ceil(within(one.share, smallest, level) * effect)
        contacts = math.ceil(each / one.part)
        return Size(contacts, math.ceil(contacts / one.a_week), effect)
    other = towards(one, smallest)
    contacts = math.ceil(2 * two_shares(one.share, other, level, power) * effect / one.part)
    weeks = contacts / one.a_week
    if kind == BY_WEEK:
        weeks = BLOCK * math.ceil((math.ceil(weeks) + 2) / BLOCK)
        return Size(math.ceil(weeks * one.a_week), int(weeks), effect)
    return Size(contacts, math.ceil(weeks), effect)


def towards(one: Base, smallest: float) -> float:
    """The share that the pilot hopes for: better by ``smallest``, where a direction is better."""
    other = one.share - smallest if MEASURES[one.measure].better == "fewer" else one.share + smallest
    if not 0 < other < 1:
        raise ValueError("no share lies that far away")
    return other


def found_in(one: Base, kind: str, weeks: int, level: float = LEVEL, power: float = POWER) -> float | None:
    """The smallest difference that so many weeks would find; None where none would do."""
    most = (one.share if MEASURES[one.measure].better == "fewer" else 1 - one.share) - 1e-6
    if kind == BY_WEEK:
        weeks -= 2
    have = weeks * one.a_week * one.part / one.effect(kind)

    def short(size: float) -> float:
        return 2 * two_shares(one.share, towards(one, size), level, power) - have

    if weeks <= 0 or short(most) > 0:
        return None
    return float(brentq(short, 1e-4, most))


def two_shares(one: float, other: float, level: float = LEVEL, power: float = POWER) -> float:
    """Contacts in each arm to tell two shares apart, two-sided; not rounded."""
    mean = (one + other) / 2
    reach = norm.isf(level / 2) * math.sqrt(2 * mean * (1 - mean))
    reach += norm.isf(1 - power) * math.sqrt(one * (1 - one) + other * (1 - other))
    return float((reach / (one - other)) ** 2)


def within(share: float, reach: float, level: float = LEVEL) -> float:
    """Contacts to know a share to within ``reach`` on either side."""
    return float((norm.isf(level / 2) / reach) ** 2 * share * (1 - share))


def design_effect(size: float, alike: float) -> float:
    """By how much groups of ``size`` whose members are ``alike`` swell the number needed."""
    return 1 + (size - 1) * alike


def correlation(values: Floats, group: NDArray[np.intp]) -> float:
    """How alike values float[n] are within groups int[n], 0 to 1; the estimator of analysis of variance."""
    n = np.bincount(group).astype(np.float64)
    groups, total = len(n), float(n.sum())
    if groups < 2 or total <= groups:
        return 0.0
    mean = np.bincount(group, values) / n
    between = float((n * (mean - values.mean()) ** 2).sum()) / (groups - 1)
    inside = float(((values - mean[group]) ** 2).sum()) / (total - groups)
    usual = (total - float((n**2).sum()) / total) / (groups - 1)
    whole = between + (usual - 1) * inside
    return min(max((between - inside) / whole, 0.0), 1.0) if whole > 0 else 0.0
