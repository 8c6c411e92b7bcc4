"""The scores that people see: everyone by a model that never saw their family, with chance, band and reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.labels import not_yet_identified
from analytics.explanation.points import strongest
from analytics.matrix.matrix import Matrix
from analytics.models.calibration import bands, calibrate, ranks
from analytics.models.champion import Fitted
from analytics.models.folds import fit_folds, fold_of
from analytics.models.inputs import Job
from analytics.models.measure import ages
from analytics.models.outcomes import outcomes_before
from analytics.models.result import SCORE_COLUMNS, Contributions
from analytics.models.training import TrainingSet
from analytics.similarity.known_cases import KnownCaseSimilarity

DATES = 8


@dataclass(frozen=True)
class Final(Fitted):
    """The chosen estimator, trained with everything known today, and what it was trained on."""

    estimator: str
    training: TrainingSet


def train_today(job: Job, estimator: str, training: TrainingSet) -> Final:
    """Fits the chosen estimator, its calibration on outcomes known by today, and the similar-case search."""
    (model,) = fit_folds([job.makes[estimator]], training.values, training.positive, training.fold)
    past = outcomes_before(job, job.today)
    curve = calibrate(model.raw(past.values, past.fold), past.positive, past.fold)
    similarity = KnownCaseSimilarity().fit(training.values, training.positive) if job.spec.profile else None
    return Final(model, curve, similarity, estimator, training)


def contributions_today(job: Job, final: Fitted) -> Contributions:
    """What each indicator adds, for everyone in today's cohort."""
    matrix = cohort(job, job.today)
    fold = fold_of(job.inputs.families.of(matrix.people))
    base, amounts = final.model.contributions(matrix.values, fold)
    return Contributions(matrix.people, matrix.as_of, matrix.names, base, matrix.values, amounts.astype(np.float32))


def scores(job: Job, final: Fitted, version: str, today: Contributions) -> pd.DataFrame:
    """Rows of the snapshot's ``score`` at the last eight as-of dates; similarity and reasons only for today."""
    frames = [scores_at(job, final, version, day, today) for day in list(job.matrices)[-DATES:]]
    return pd.concat(frames, ignore_index=True)


def cohort(job: Job, day: date) -> Matrix:
    """Those whom a list at ``day`` may still find."""
    matrix = job.matrices[day]
    return matrix.rows(not_yet_identified(job.inputs.known, matrix.people, day))


def scores_at(job: Job, final: Fitted, version: str, day: date, today: Contributions | None) -> pd.DataFrame:
    """Rows of ``score`` of everybody whom a list at ``day`` may still find; reasons where ``today`` tells them."""
    matrix = cohort(job, day)
    raw = final.model.raw(matrix.values, fold_of(job.inputs.families.of(matrix.people)))
    now = day == job.today
    return pd.DataFrame(
        {
            "person": matrix.people,
            "model": job.spec.name,
            "version": version,
            "as_of": np.datetime64(day, "s"),
            "raw": raw,
            "probability": final.calibration.probability(raw),
            "band": bands(raw, job.capacity),
            "rank": ranks(raw),
            "percentile": _percentile(raw, _age(job, matrix)),
            "similarity": final.similarity.score_samples(matrix.values) if now and final.similarity else np.nan,
            "reasons": strongest(today.amounts, today.names) if now and today else "[]",
        },
        columns=SCORE_COLUMNS,
    )


def _age(job: Job, matrix: Matrix) -> NDArray[np.int64]:
    if job.inputs.born is None:
        return np.zeros(len(matrix.people), np.int64)
    return ages(job.inputs.born, matrix.people, matrix.as_of)


def _percentile(raw: NDArray[np.float64], age: NDArray[np.int64]) -> NDArray[np.float64]:
    """Share of those of the same age who score lower, float64[n]."""
    out = np.zeros(len(raw))
    for years in np.unique(age):
        same = age == years
        out[same] = np.searchsorted(np.sort(raw[same]), raw[same], side="left") / same.sum()
    return out
