"""A list by benefit measured against lots, against highest risk first, and in an invented city against the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from analytics.evaluation.bootstrap import Figure, family_weights, figure
from analytics.evaluation.rows import EVERYONE, Row
from analytics.models.uplift_spec import Assignment, UpliftSpec
from analytics.uplift import qini
from analytics.uplift.balance import Balance
from analytics.uplift.qini import Arms
from analytics.uplift.trial import Trial
from data.snapshot.states import ModelState

Floats = NDArray[np.float64]
LABEL, TRUTH = "spared", "truth"
TENTHS = 10
PER_PLACES = 100
#: Every fifth point of the curve is kept for the page.
SHOWN = range(0, 101, 5)


@dataclass(frozen=True)
class Standing:
    """What figures earned: a state and a reason fit to show."""

    state: ModelState
    reason: str


def rows_of(trial: Trial, lists: Mapping[str, Floats], share: float) -> list[Row]:
    """Every figure of every list, on the same resamplings of families. ``share``: how much of a list has places."""
    times = family_weights(trial.family)
    arms = Arms(trial.offered, trial.outcome, trial.chance)
    mean = qini.average(arms, times)
    found = {name: qini.curve(score, arms, times) for name, score in lists.items()}
    rows = [
        _row(trial, "everybody", "average_effect", mean),
        _row(trial, "everybody", "spared_per_100", PER_PLACES * mean),
    ]
    for name, curve in found.items():
        spared = PER_PLACES * qini.at_share(curve, share)
        told = {
            "qini": qini.coefficient(curve),
            "spared_per_100": spared,
            "lead_over_lot": spared - PER_PLACES * curve[-1],
            "lead_over_risk": spared - PER_PLACES * qini.at_share(found["highest_risk"], share),
        }
        rows += [_row(trial, name, metric, values) for metric, values in told.items()]
        rows += [_row(trial, name, "curve", PER_PLACES * curve[at], "curve", f"{at:03d}") for at in SHOWN]
    return rows


def tenth_rows(trial: Trial, name: str, benefit: Floats) -> list[Row]:
    """What was told and what was found in each tenth of the list, the highest first."""
    place = np.argsort(np.argsort(-benefit, kind="stable"), kind="stable") * TENTHS // len(benefit)
    rows = []
    for tenth in range(TENTHS):
        mine = place == tenth
        inside = Arms(trial.offered[mine], trial.outcome[mine], trial.chance[mine])
        times = family_weights(trial.family[mine])
        told = (benefit[mine][:, None] * times).sum(0) / np.maximum(times.sum(0), 1)
        for metric, values in (("told", told), ("found", qini.average(inside, times))):
            rows.append(_row(trial, name, metric, PER_PLACES * values, "tenth", f"{tenth + 1:02d}", int(mine.sum())))
    return rows


def balance_rows(trial: Trial, found: Balance) -> list[Row]:
    """How alike the arms were before the draw: overall, and the difference of each indicator in deviations."""
    rows = [
        _plain(trial, "assignment", "arm_told", found.told),
        _plain(trial, "assignment", "overlap", Figure(found.overlap, None, None)),
        _plain(trial, "assignment", "apart", Figure(float(len(found.apart)), None, None)),
    ]
    told_of = zip(found.names, found.differences.tolist(), (1.96 * found.errors).tolist(), strict=True)
    for name, value, wide in told_of:
        if np.isfinite(value):
            told = Figure(value, value - wide, value + wide)
            rows.append(Row("assignment", LABEL, "balance", name, "difference", told, len(trial), trial.arms[0]))
    return rows


def truth_rows(trial: Trial, lists: Mapping[str, Floats], spared: Floats) -> list[Row]:
    """The same lists by what an offer truly spares (float[n], NaN where nobody knows): the invented city alone."""
    known = np.isfinite(spared)
    times = family_weights(trial.family[known])
    real, rows = spared[known], []
    for name, score in {**lists, "truth": spared}.items():
        curve = _true_curve(score[known], real, times)
        rows.append(_row(trial, name, "qini", qini.coefficient(curve), n=int(known.sum()), label=TRUTH))
        ranks = np.array([float(spearmanr(score[known], real).statistic)]) if known.sum() > 2 else np.array([np.nan])
        rows.append(_row(trial, name, "rank_correlation", ranks, n=int(known.sum()), label=TRUTH))
    return rows


def _true_curve(score: Floats, real: Floats, times: NDArray[np.integer]) -> Floats:
    order = np.argsort(-score, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(score[order]) != 0), len(score) - 1)
    n = np.maximum(times.sum(0), 1)
    share = np.cumsum(times[order], 0)[ends] / n
    gain = np.cumsum(real[order][:, None] * times[order], 0)[ends] / n
    return np.stack([np.interp(qini.GRID, np.r_[0, x], np.r_[0, v]) for x, v in zip(share.T, gain.T, strict=True)], 1)


def judge(spec: UpliftSpec, rows: list[Row], estimator: str, found: Balance) -> Standing:
    """Withheld unless places were given by lot, or overlap is shown; and unless the Qini interval is above the mark.

    Where too few families could be followed, it neither passed nor failed.
    """
    if spec.assignment is Assignment.LOT and not found.random:
        return Standing(ModelState.WITHHELD, _not_by_lot(found))
    if spec.assignment is Assignment.JUDGEMENT and not found.overlaps:
        return Standing(
            ModelState.WITHHELD,
            f"Places were given by judgement, and only {found.overlap:.0%} of families could have been in either arm.",
        )
    if min(found.arms) < spec.least_judged:
        return Standing(
            ModelState.UNMEASURED,
            f"Only {found.arms[0]:,} families drawn and {found.arms[1]:,} left waiting could be followed: to tell "
            f"whether a list by benefit is better than lots takes {spec.least_judged:,} of each.",
        )
    got = next(row.figure for row in rows if (row.estimator, row.metric, row.label) == (estimator, "qini", LABEL))
    if got.low is not None and got.low > spec.pass_mark.qini:
        return Standing(ModelState.CANDIDATE, f"Reached its pass mark: a Qini coefficient of {_range(got)}.")
    return Standing(
        ModelState.WITHHELD,
        f"Failed its pass mark: a list by benefit has a Qini coefficient of {_range(got)}, not surely above "
        f"{spec.pass_mark.qini:g}. It cannot be told from drawing lots.",
    )


def _not_by_lot(found: Balance) -> str:
    if found.apart:
        return (
            f"Places are said to be drawn by lot, but those offered and those waiting differ before the draw in "
            f"{len(found.apart)} of {len(found.names)} indicators. What followed cannot be put down to the offer."
        )
    return (
        "Places are said to be drawn by lot, but indicators tell who was offered one in "
        f"{100 * (found.told.value or 0):.0f} of 100 pairs. What followed cannot be put down to the offer."
    )


def _range(told: Figure) -> str:
    ends = "" if told.low is None or told.high is None else f" ({told.low:.3f} to {told.high:.3f})"
    return f"{told.value:.3f}{ends}" if told.value is not None else "nothing known"


def _row(
    trial: Trial, estimator: str, metric: str, values: Floats, grouping: str = EVERYONE, group: str = EVERYONE,
    n: int | None = None, label: str = LABEL,
) -> Row:  # fmt: skip
    size = len(trial) if n is None else n
    return Row(estimator, label, grouping, group, metric, figure(values), size, trial.arms[0])


def _plain(trial: Trial, estimator: str, metric: str, told: Figure) -> Row:
    return Row(estimator, LABEL, EVERYONE, EVERYONE, metric, told, len(trial), trial.arms[0])
