"""Where a published model stands: what it was made from, computed again from the snapshot that is served."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from analytics.build.facts import inputs
from analytics.build.indicators import FEATURES, as_of_dates
from analytics.evaluation.labels import KnownCases, evaluation_date
from analytics.matrix.load import City, load
from analytics.matrix.matrix import Matrix
from analytics.matrix.scatter import matrix
from analytics.models.folds import Folded, fit_folds
from analytics.models.inputs import Job
from analytics.models.spec import ModelSpec
from analytics.models.training import TrainingSet, training_set

Tell = Callable[[str, float], None]
COMPUTING = "indicators"
_SERVED = "SELECT person, raw FROM score WHERE model = $model AND as_of = $today ORDER BY person"


@dataclass(frozen=True)
class Stand:
    """A model's job with every date that the snapshot's history allows; ``day`` is T, at which it was measured.

    ``indicators``: the matrix of any other date. ``delivered``: the sources that have sent anything. ``served``: people
    and raw scores of today as they are stored.
    """

    job: Job
    estimator: str
    day: date
    indicators: Callable[[date], Matrix]
    delivered: frozenset[str]
    served: tuple[NDArray[np.int64], NDArray[np.float64]]


def stand(
    con: duckdb.DuckDBPyConnection, spec: ModelSpec, estimator: str, today: date, truth: Path | None, tell: Tell
) -> Stand:
    """From the tables that ``con`` finds by their plain names. Raises ``ValueError`` when history is too short."""
    city = load(con, FEATURES)
    dates = as_of_dates(city, today)
    matrices = {}
    for done, day in enumerate(dates):
        tell(COMPUTING, done / len(dates))
        matrices[day] = _indicators(city, spec, day)
    job = Job.of(spec, inputs(con, spec, matrices, truth))
    measured = evaluation_date(job.matrices, job.today, spec.gap_days, spec.horizon_months)
    if measured is None:
        raise ValueError("recorded history is too short to measure anything")
    scores = con.execute(_SERVED, {"model": spec.name, "today": job.today}).fetchnumpy()
    return Stand(
        job=job,
        estimator=estimator,
        day=measured,
        indicators=lambda at: _indicators(city, spec, at).select(job.names),
        delivered=frozenset(city.feeds),
        served=(np.asarray(scores["person"], np.int64), np.asarray(scores["raw"], float)),
    )


def _indicators(city: City, spec: ModelSpec, day: date) -> Matrix:
    return matrix(city, FEATURES, day, (spec.ages,))


def training_before(job: Job, day: date, known: KnownCases | None = None) -> TrainingSet:
    """What could be learned from before ``day``; ``known`` where fewer had been identified than were."""
    return training_set(job.matrices, known or job.inputs.known, job.inputs.families, day, job.spec.gap_days)


def learned(job: Job, estimator: str, training: TrainingSet) -> Folded:
    """The estimator, fitted so that nobody is scored by a model that saw their family."""
    (model,) = fit_folds([job.makes[estimator]], training.values, training.positive, training.fold)
    return model


def can_learn(job: Job, training: TrainingSet) -> bool:
    """Whether there are as many cases as the model's declaration asks for."""
    return training.cases >= job.spec.least_cases
