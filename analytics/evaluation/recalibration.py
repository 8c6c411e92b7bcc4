"""Whether chances are what they say: outcomes regressed on the logit of the chance told (Cox, 1958).

Slope 1 and intercept 0 are perfect. A slope under 1 says that high chances were told too high and low ones too low; an
intercept under 0 that chances are too high altogether.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from analytics.evaluation.baselines import scatter
from analytics.evaluation.metrics import segment_sums

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
#: Logits are told to the hundredth, so that people with the same one are counted together.
STEP = 0.01
EDGE = 1e-6
ROUNDS = 30
#: A slope that still moves further than this in the last round runs away: the outcomes are parted perfectly.
SETTLED = 1e-4
TINY = 1e-9
FOLDS = 5


def slope_and_intercept(told: Floats, positive: Bools, weights: NDArray[np.int16]) -> tuple[Floats, Floats]:
    """Logistic recalibration for each weighting, float64[r] each; NaN where there is nothing to fit."""
    steps = np.rint(_logit(told) / STEP).astype(np.int64)
    values, at = np.unique(steps, return_inverse=True)
    order = np.argsort(at, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(at[order]) != 0]) if len(at) else np.zeros(0, int)
    if len(values) < 2:
        nothing = np.full(weights.shape[1], np.nan)
        return nothing, nothing
    people = segment_sums(weights[order], starts).astype(float)
    found = np.zeros_like(people)
    cases = order[positive[order]]
    if len(cases):
        groups, first = np.unique(at[cases], return_index=True)
        found[groups] = segment_sums(weights[cases], first)
    return _fit((values * STEP).astype(float), people, found)


def _logit(told: Floats) -> Floats:
    return np.asarray(logit(np.clip(told, EDGE, 1 - EDGE)), float)


def _fit(x: Floats, people: Floats, found: Floats) -> tuple[Floats, Floats]:
    """Newton's method on the groups, all weightings at once. x float[g], people and found float[g, r].

    It begins at everybody's rate; a step that makes things worse is halved until it doesn't.
    """
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        at = np.array([_logit(found.sum(axis=0) / people.sum(axis=0)), np.zeros(people.shape[1])])
        size = np.ones(people.shape[1])
        here = _likelihood(at, x, people, found)
        for _ in range(ROUNDS):
            step = _step(at, x, people, found)
            there = _likelihood(at + size * step, x, people, found)
            better = there >= here - TINY
            at, here = np.where(better, at + size * step, at), np.where(better, there, here)
            size = np.where(better, np.minimum(1, 2 * size), size / 2)
    settled = np.isfinite(step).all(axis=0) & (np.abs(step).max(axis=0) < SETTLED) & (found.sum(axis=0) > 0)
    return np.where(settled, at[1], np.nan), np.where(settled, at[0], np.nan)


def _step(at: Floats, x: Floats, people: Floats, found: Floats) -> Floats:
    """Newton's step of intercept and slope, float64[2, r]."""
    chance = expit(at[0] + x[:, None] * at[1])
    wrong, spread = found - people * chance, people * chance * (1 - chance)
    a, b, c = spread.sum(axis=0), x @ spread, (x * x) @ spread
    first, second = wrong.sum(axis=0), x @ wrong
    return np.array([c * first - b * second, a * second - b * first]) / (a * c - b * b)


def _likelihood(at: Floats, x: Floats, people: Floats, found: Floats) -> Floats:
    """Log-likelihood, float64[r]."""
    z = at[0] + x[:, None] * at[1]
    return np.asarray((found * z - people * np.logaddexp(0, z)).sum(axis=0), float)


def recalibrated(told: Floats, positive: Bools, family: NDArray[np.int64]) -> Floats:
    """Chances corrected by slope and intercept that other families taught, float64[n]: nobody corrects their own."""
    out = told.astype(float).copy()
    fold = (scatter(family, salt=1) % np.uint64(FOLDS)).astype(int)
    for number in range(FOLDS):
        mine = fold == number
        slope, intercept = slope_and_intercept(told[~mine], positive[~mine], np.ones(((~mine).sum(), 1), np.int16))
        if np.isfinite(slope[0]):
            out[mine] = expit(intercept[0] + slope[0] * _logit(told[mine]))
    return out
