"""Is it the same list next month: lists on the first of each month of the last year, by the model of today.

Scored by one model, so that what moves is what is known of children, not what was learned. Ties are broken alike in
both months, so that two equal rankings give two equal lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from analytics.evaluation.bootstrap import family_weights, figure
from analytics.evaluation.labels import add_months, not_yet_identified
from analytics.evaluation.metrics import Ranking, selected
from analytics.models.folds import Folded, fold_of
from analytics.validation.stand import Stand, Tell, learned, training_before

Floats = NDArray[np.float64]
MONTHS = 12


@dataclass(frozen=True)
class Listed:
    """A month's cohort, n people ascending: family, raw score, rank (ties share the mean), share of a place."""

    people: NDArray[np.int64]
    family: NDArray[np.int64]
    raw: Floats
    rank: Floats
    share: Floats

    @classmethod
    def of(cls, people: NDArray[np.int64], family: NDArray[np.int64], raw: Floats, capacity: int) -> Listed:
        """Ranks a month's scores; equal ones share the places that are left."""
        ranking = Ranking.of(raw)
        on_list = selected(ranking, np.ones((len(raw), 1), np.int16), capacity)[:, 0]
        share = np.zeros(len(raw))
        share[ranking.order[: len(on_list)]] = on_list
        return cls(people, family, raw, rankdata(-raw), share)


def stability(given: Stand, tell: Tell) -> dict[str, Any]:
    """Overlap of each month's list with the next, over all months with its interval, and how far ranks move."""
    job = given.job
    model = learned(job, given.estimator, training_before(job, job.today))
    days = [add_months(job.today, -back) for back in range(MONTHS, -1, -1)]
    months: list[Listed] = []
    for done, day in enumerate(days):
        tell("months", done / len(days))
        months.append(_month(given, model, day))
    told = {"dates": [day.isoformat() for day in days], "capacity": job.capacity}
    return told | {"as_served": as_served(given, months[-1])} | moved(days, months)


def as_served(given: Stand, today: Listed) -> bool:
    """Whether computing again gave the scores that are stored, to the last bit."""
    people, raw = given.served
    return np.array_equal(people, today.people) and np.array_equal(raw, today.raw)


def _month(given: Stand, model: Folded, day: date) -> Listed:
    job = given.job
    everyone = job.matrices[day] if day in job.matrices else given.indicators(day)
    matrix = everyone.rows(not_yet_identified(job.inputs.known, everyone.people, day))
    family = job.inputs.families.of(matrix.people)
    return Listed.of(matrix.people, family, model.raw(matrix.values, fold_of(family)), job.capacity)


@dataclass(frozen=True)
class Change:
    """From one month to the next, of those with a place in the first: what they had, kept, and who is still there."""

    family: NDArray[np.int64]
    had: Floats
    kept: Floats
    there: NDArray[np.bool_]
    rank: Floats
    rank_after: Floats


def change(before: Listed, after: Listed) -> Change:
    """``kept`` is the smaller share of a place of the two months; nobody keeps one who has left the cohort."""
    on = np.flatnonzero(before.share > 0)
    at = np.minimum(np.searchsorted(after.people, before.people[on]), max(len(after.people) - 1, 0))
    there = after.people[at] == before.people[on] if len(after.people) else np.zeros(len(on), bool)
    share_after = np.where(there, after.share[at], 0.0) if len(after.people) else np.zeros(len(on))
    rank_after = np.where(there, after.rank[at], np.nan) if len(after.people) else np.full(len(on), np.nan)
    had = before.share[on]
    return Change(before.family[on], had, np.minimum(had, share_after), there, before.rank[on], rank_after)


def moved(days: list[date], months: list[Listed]) -> dict[str, Any]:
    """By month, over all months with intervals, and from the first month to the last."""
    steps = [change(one, other) for one, other in pairwise(months)]
    weights = family_weights(np.concatenate([step.family for step in steps])).astype(float)
    had, kept, there = (np.concatenate([getattr(step, name) for step in steps]) for name in ("had", "kept", "there"))
    with np.errstate(invalid="ignore", divide="ignore"):
        overlap = (kept @ weights) / (had @ weights)
        stays = (kept @ weights) / ((had * there) @ weights)
    return {
        "overlap": figure(overlap).as_json(),
        "stays": figure(stays).as_json(),
        "by_month": {day.isoformat(): _told(step) for day, step in zip(days[1:], steps, strict=True)},
        "over_the_year": _told(change(months[0], months[-1])),
    }


def _told(step: Change) -> dict[str, Any]:
    """``overlap`` of all places, ``stays`` of those still in the cohort; how far people moved, where leavers went."""
    total, still = step.had.sum(), (step.had * step.there).sum()
    far = np.abs(step.rank_after - step.rank)[step.there]
    left = step.rank_after[step.there & (step.kept == 0)]
    return {
        "overlap": _share(step.kept.sum(), total),
        "stays": _share(step.kept.sum(), still),
        "out_of_cohort": float(total - still),
        "left": int((step.there & (step.kept == 0)).sum()),
        "median_move": _quantile(far, 0.5),
        "ninth_decile_move": _quantile(far, 0.9),
        "median_rank_of_those_who_left": _quantile(left, 0.5),
    }


def _share(part: float, whole: float) -> float | None:
    return float(part / whole) if whole > 0 else None


def _quantile(values: Floats, share: float) -> float | None:
    return float(np.quantile(values, share)) if len(values) else None
