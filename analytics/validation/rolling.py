"""Measured again and again: at T and at earlier dates, each time knowing only what was known before.

One date may be lucky. At each the model is trained anew, and scores nobody whose family it saw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.bootstrap import family_weights, figure
from analytics.evaluation.evaluate import Contest, as_json, evaluate
from analytics.evaluation.metrics import Ranking, Tally, figures_of, ranking_figures, selected, tally
from analytics.models.calibration import Calibration, calibrate
from analytics.models.inputs import Job
from analytics.models.measure import contest_at
from analytics.models.outcomes import outcomes_before
from analytics.validation.stand import Stand, Tell, can_learn, learned, training_before

Floats = NDArray[np.float64]
#: Every half year on the quarterly grid, three years back.
DATES, STEP = 6, 2
SPREAD = (
    "average_precision", "auc", "precision_at_capacity", "recall_at_capacity", "lift_at_capacity", "lead_at_capacity",
    "calibration_error", "calibration_slope", "calibration_intercept",
)  # fmt: skip
TOO_FEW = "too few known cases by then to learn anything from"


@dataclass(frozen=True)
class Measured:
    """One date: how many cases there were to learn from, and everybody's rankings."""

    day: date
    cases: int
    contest: Contest


def rolling(given: Stand, tell: Tell) -> dict[str, Any]:
    """Figures by date (latest first), pooled over the dates, and their spread from date to date."""
    wanted = dates(given.job, given.day)
    found: list[Measured] = []
    skipped: dict[str, str] = {}
    for done, day in enumerate(wanted):
        tell("dates", done / len(wanted))
        one = measured(given.job, given.estimator, day)
        if one is None:
            skipped[day.isoformat()] = TOO_FEW
        else:
            found.append(one)
    by_date = {one.day.isoformat(): {"cases": one.cases, **_told(one.contest)} for one in found}
    contests = [one.contest for one in found]
    return {"estimator": given.estimator, "by_date": by_date, "skipped": skipped} | {
        "pooled": {"estimators": pooled(contests)} if contests else {},
        "spread": {"estimators": spread([told["estimators"] for told in by_date.values()])},
    }


def _told(contest: Contest) -> dict[str, Any]:
    return {"estimators": as_json(evaluate(contest))["estimators"]}


def dates(job: Job, day: date) -> list[date]:
    """T and earlier dates half a year apart, the latest first."""
    return [at for at in sorted(job.matrices, reverse=True) if at <= day][: DATES * STEP : STEP]


def measured(job: Job, estimator: str, day: date) -> Measured | None:
    """The model as it would have been made on ``day``; ``None`` where there was nothing to learn from."""
    if day == min(job.matrices):
        return None
    training = training_before(job, day)
    if not can_learn(job, training):
        return None
    model = learned(job, estimator, training)
    past = outcomes_before(job, day)
    curves: dict[str, Calibration] = {}
    if past.positive.sum() >= 2:
        curves[estimator] = calibrate(model.raw(past.values, past.fold), past.positive, past.fold)
    return Measured(day, training.cases, contest_at(job, day, {estimator: model}, curves))


def pooled(contests: Sequence[Contest]) -> dict[str, dict[str, Any]]:
    """``NAME.LABEL.METRIC`` over all dates, a list of each; a family is drawn at all dates or at none.

    Lists are added up; average precision and AUC are means over the dates, whose scores are not on one scale.
    """
    out: dict[str, dict[str, Any]] = {name: {} for name in contests[0].scores}
    for label in contests[0].labels:
        kept = [contest.labels[label].measured for contest in contests]
        weights = _together([contest.family[keep] for contest, keep in zip(contests, kept, strict=True)])
        drawn = {name: _pooled_one(contests, name, label, weights) for name in out}
        rival = drawn[contests[0].rival]["precision_at_capacity"]
        for name, figures in drawn.items():
            figures["lead_at_capacity"] = figures["precision_at_capacity"] - rival
            del figures["ceiling"]
            out[name][label] = {"dates": len(contests)} | {
                metric: figure(values).as_json() for metric, values in figures.items()
            }
    return out


def _together(families: Sequence[NDArray[np.int64]]) -> list[NDArray[np.int16]]:
    """Weights of each date's people, from one draw of families for all dates."""
    weights = family_weights(np.concatenate(families))
    return np.split(weights, np.cumsum([len(each) for each in families])[:-1])


def _pooled_one(
    contests: Sequence[Contest], name: str, label: str, weights: Sequence[NDArray[np.int16]]
) -> dict[str, Floats]:
    counts: list[Tally] = []
    ranked: list[dict[str, Floats]] = []
    for contest, weight in zip(contests, weights, strict=True):
        who = contest.labels[label]
        positive, ranking = who.positive[who.measured], Ranking.of(contest.scores[name][who.measured])
        counts.append(tally(ranking, positive, weight, selected(ranking, weight, contest.capacity)))
        ranked.append(ranking_figures(ranking, positive, weight))
    total = counts[0]
    for one in counts[1:]:
        total = total + one
    means = {metric: _mean([each[metric] for each in ranked]) for metric in ranked[0]}
    return means | figures_of(total, contests[0].capacity)


def _mean(values: Sequence[Floats]) -> Floats:
    """Mean over the dates that have a figure, float[r]."""
    stacked = np.array(values)
    there = np.isfinite(stacked)
    with np.errstate(invalid="ignore"):
        return np.where(there, stacked, 0).sum(axis=0) / there.sum(axis=0)


def spread(by_date: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """``NAME.LABEL.METRIC`` -> least, most, mean and standard deviation over the dates that have the figure."""
    out: dict[str, dict[str, Any]] = {}
    for name, labels in (by_date[0] if by_date else {}).items():
        for label in labels:
            told = [each[name][label] for each in by_date]
            of_metric = {metric: _spread([one.get(metric, {}).get("value") for one in told]) for metric in SPREAD}
            out.setdefault(name, {})[label] = {metric: one for metric, one in of_metric.items() if one}
    return out


def _spread(values: Sequence[float | None]) -> dict[str, float | int | None]:
    there = np.array([value for value in values if value is not None])
    if not len(there):
        return {}
    return {
        "dates": len(there),
        "least": float(there.min()),
        "most": float(there.max()),
        "mean": float(there.mean()),
        "deviation": float(there.std(ddof=1)) if len(there) > 1 else None,
    }
