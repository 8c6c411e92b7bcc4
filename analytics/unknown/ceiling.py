"""The most that the indicators allow: the same estimators, taught the whole truth. It is measured and never served."""

from __future__ import annotations

from datetime import date

import numpy as np

from analytics.evaluation.baselines import scatter
from analytics.evaluation.labels import Exploitation, not_yet_identified, truth_label
from analytics.matrix.matrix import Matrix
from analytics.models.folds import fold_of
from analytics.models.inputs import Job
from analytics.models.training import TrainingSet

#: Half a year apart: in a quarter a child's life changes too little to teach a second lesson.
EVERY = 2
OTHERS_PER_CASE = 8


def true_training(job: Job, before: date, truth: Exploitation) -> TrainingSet:
    """Everybody exploited and known to nobody at dates before ``before``, and some of all others at the same dates.

    Unlike a model's own training set it may say of everyone what they are. Raises ``ValueError`` without a date.
    """
    dates = [day for day in job.matrices if day < before][::-1][::EVERY][::-1]
    if not dates:
        raise ValueError("no as-of date lies before the training date")
    parts = [_at(job, job.matrices[day], truth) for day in dates]
    people = np.concatenate([matrix.people for matrix, _ in parts])
    return TrainingSet(
        values=np.concatenate([matrix.values for matrix, _ in parts]),
        positive=np.concatenate([positive for _, positive in parts]),
        people=people,
        as_of=np.concatenate([np.full(len(matrix.people), np.datetime64(matrix.as_of, "D")) for matrix, _ in parts]),
        fold=fold_of(job.inputs.families.of(people)),
        names=job.names,
    )


def _at(job: Job, matrix: Matrix, truth: Exploitation) -> tuple[Matrix, np.ndarray]:
    unknown = matrix.rows(not_yet_identified(job.inputs.known, matrix.people, matrix.as_of))
    positive = truth_label(truth, unknown.people, matrix.as_of, job.spec.horizon_months).positive
    rest = np.flatnonzero(~positive)
    lot = scatter(unknown.people[rest], salt=matrix.as_of.toordinal())
    taken = rest[np.argsort(lot, kind="stable")][: OTHERS_PER_CASE * int(positive.sum())]
    keep = positive.copy()
    keep[taken] = True
    return unknown.rows(keep), positive[keep]
