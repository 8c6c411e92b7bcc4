"""Whole cohorts at earlier dates whose outcomes were known by then: for choosing and for calibrating."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.labels import identified_label, not_yet_identified, window
from analytics.models.folds import fold_of
from analytics.models.inputs import Job

DATES = 4


@dataclass(frozen=True)
class Outcomes:
    """Cohorts of several dates, one under the other: n rows, and the dates they stand for."""

    values: NDArray[np.float32]
    positive: NDArray[np.bool_]
    family: NDArray[np.int64]
    fold: NDArray[np.int8]
    dates: tuple[date, ...]


def outcomes_before(job: Job, day: date) -> Outcomes:
    """The last four as-of dates whose windows had closed by ``day``; n may be 0."""
    spec, known = job.spec, job.inputs.known
    whole = [d for d in job.matrices if window(d, spec.gap_days, spec.horizon_months)[1] <= day][-DATES:]
    values, positive, people = [], [], []
    for at in whole:
        matrix = job.matrices[at]
        label = identified_label(known, matrix.people, at, spec.gap_days, spec.horizon_months)
        keep = not_yet_identified(known, matrix.people, at) & label.measured
        values.append(matrix.of(keep))
        positive.append(label.positive[keep])
        people.append(matrix.people[keep])
    family = job.inputs.families.of(np.concatenate([np.zeros(0, np.int64), *people]))
    return Outcomes(
        values=np.concatenate([np.zeros((0, len(job.names)), np.float32), *values]),
        positive=np.concatenate([np.zeros(0, bool), *positive]),
        family=family,
        fold=fold_of(family),
        dates=tuple(whole),
    )
