"""From a trial to a model of benefit one can defend: check the lots, learn, choose, measure, judge, score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from time import perf_counter

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from analytics.evaluation.bootstrap import family_weights
from analytics.evaluation.rows import Row
from analytics.matrix.matrix import Matrix
from analytics.models.bundle import version_of
from analytics.models.folds import Folded, fold_of
from analytics.models.result import SCORE_COLUMNS, Contributions
from analytics.models.training import Families
from analytics.models.uplift_spec import Assignment, UpliftSpec
from analytics.uplift.balance import Balance, balance
from analytics.uplift.estimators import ESTIMATORS, TwoModels, fit_folds, losses
from analytics.uplift.facts import Given
from analytics.uplift.measure import Standing, balance_rows, judge, rows_of, tenth_rows, truth_rows
from analytics.uplift.trial import Trial
from data.snapshot.states import ModelState

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class UpliftResult:
    """One run of one model of benefit; without scores where there was too little to learn from."""

    spec: UpliftSpec
    version: str
    state: ModelState
    reason: str
    trained: date
    names: tuple[str, ...]
    estimator: str | None = None
    #: Hash of what it learned from.
    data: str = ""
    capacity: int = 0
    arms: tuple[int, int] = (0, 0)
    rows: list[Row] = field(default_factory=list)
    balance: Balance | None = None
    model: Folded | None = None
    scores: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=SCORE_COLUMNS))
    contributions: Contributions | None = None
    losses: Mapping[str, float] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


def run(spec: UpliftSpec, told: Given) -> UpliftResult:
    """Learn, measure and score. Never raises for want of families: such a model is withheld, and says why."""
    began, capacity, trial = perf_counter(), spec.capacity.of(told.family_count), told.trial
    if min(trial.arms) < spec.least_families:
        offered, waiting = trial.arms
        words = (
            f"Only {offered} families drawn and {waiting} left waiting can be followed for a year: "
            f"{spec.least_families} of each are needed."
        )
        return _nothing(spec, told, capacity, words)
    with threadpool_limits(1):
        found, propensity = balance(trial)
        if spec.assignment is Assignment.JUDGEMENT:
            trial = replace(trial, chance=np.clip(propensity, 0.05, 0.95))
        result = _whole(spec, replace(told, trial=trial), found, capacity)
    return replace(result, seconds={"all": round(perf_counter() - began, 2)})


def _nothing(spec: UpliftSpec, told: Given, capacity: int, reason: str) -> UpliftResult:
    version = version_of(spec, "none", told.trial.names, "")
    today, names = told.today.as_of, told.trial.names
    return UpliftResult(
        spec, version, ModelState.WITHHELD, reason, today, names, capacity=capacity, arms=told.trial.arms
    )


def _whole(spec: UpliftSpec, told: Given, found: Balance, capacity: int) -> UpliftResult:
    trial = told.trial
    fitted = {name: fit_folds(make, trial) for name, make in ESTIMATORS.items()}
    benefit = {name: model.raw(trial.values, trial.fold) for name, model in fitted.items()}
    chosen, lost = choose(benefit, trial)
    lists = benefit | {"highest_risk": _risk(fitted["two_models"], trial)}
    if spec.prior_contacts in trial.names:
        lists["prior_contacts"] = np.nan_to_num(trial.values[:, trial.names.index(spec.prior_contacts)].astype(float))
    share = min(1.0, capacity / max(told.applied, 1.0))
    rows = rows_of(trial, lists, share) + tenth_rows(trial, chosen, benefit[chosen]) + balance_rows(trial, found)
    verdict: Standing = judge(spec, rows, chosen, found)
    if told.spared is not None:
        rows += truth_rows(trial, lists, told.spared)
    data = trial.sha256
    version = version_of(spec, chosen, trial.names, data)
    why = contributions(told.today, told.families, fitted[chosen])
    return UpliftResult(
        spec=spec,
        version=version,
        state=verdict.state,
        reason=verdict.reason,
        trained=told.today.as_of,
        names=trial.names,
        estimator=chosen,
        data=data,
        capacity=capacity,
        arms=trial.arms,
        rows=rows,
        balance=found,
        model=fitted[chosen],
        scores=scores(spec, version, why, capacity),
        contributions=why,
        losses=lost,
    )


def choose(benefit: Mapping[str, Floats], trial: Trial) -> tuple[str, dict[str, float]]:
    """The simplest estimator within noise of the best, by how well what followed fits what it told; and the losses.

    Another is chosen over a simpler one only if it is surely better: by the interval of the difference.
    """
    lost = {name: losses(told, trial) for name, told in benefit.items()}
    times = family_weights(trial.family)
    chosen = next(iter(lost))
    for name in list(lost)[1:]:
        apart = ((lost[name] - lost[chosen])[:, None] * times).sum(0) / times.sum(0)
        if np.percentile(apart[1:], 97.5) < 0:
            chosen = name
    return chosen, {name: float(each.mean()) for name, each in lost.items()}


def _risk(two: Folded, trial: Trial) -> Floats:
    """What is expected without an offer, by the model of those waiting that never saw the family."""
    out = np.zeros(len(trial))
    for number, model in enumerate(two.models):
        mine = trial.fold == number
        if mine.any() and isinstance(model, TwoModels):
            out[mine] = model.expected(trial.values[mine])
    return out


def contributions(matrix: Matrix, families: Families, model: Folded) -> Contributions:
    """What each indicator adds to the contacts that an offer would spare, for whoever may be offered a place today."""
    fold = fold_of(families.of(matrix.people))
    base, amounts = model.contributions(matrix.values, fold)
    return Contributions(matrix.people, matrix.as_of, matrix.names, base, matrix.values, amounts.astype(np.float32))


def scores(spec: UpliftSpec, version: str, why: Contributions, capacity: int) -> pd.DataFrame:
    """Rows of the snapshot's ``score``: ``raw`` is contacts spared by an offer, and there is no probability."""
    raw = why.base + why.amounts.astype(np.float64).sum(axis=1)
    rank = pd.Series(-raw).rank(method="min").astype(int).to_numpy() if len(raw) else np.zeros(0, int)
    # A month's places: the list is drawn up anew each month.
    month = max(1, round(capacity / 12))
    band = np.select([rank <= month, rank <= 3 * month], ["heightened", "raised"], "lower")
    return pd.DataFrame(
        {
            "person": why.people,
            "model": spec.name,
            "version": version,
            "as_of": np.datetime64(why.as_of, "s"),
            "raw": raw,
            "probability": np.nan,
            "band": band,
            "rank": rank,
            "percentile": 1 - (rank - 1) / max(len(raw), 1),
            "similarity": np.nan,
            "reasons": "[]",
        },
        columns=SCORE_COLUMNS,
    )
