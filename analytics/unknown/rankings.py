"""Every ranking of a cohort at the date of measurement: the models', plain ones, and those that were taught the truth.

What learns from known cases is handed a job without the truth: nothing here could leak into it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import ThreadpoolController, threadpool_limits

from analytics.evaluation.baselines import prior_contacts, random_order
from analytics.evaluation.labels import Exploitation, evaluation_date, not_yet_identified
from analytics.matrix.matrix import Matrix
from analytics.models.elkan_noto import ElkanNoto
from analytics.models.estimator import Floats, Ranker, Values
from analytics.models.folds import fit_folds, fold_of
from analytics.models.inputs import Inputs, Job
from analytics.models.outcomes import outcomes_before
from analytics.models.selection import Choice, choose
from analytics.models.spec import ModelSpec
from analytics.models.training import TrainingSet, training_set
from analytics.similarity.ranker import SimilarityRanker
from analytics.unknown.ceiling import true_training
from data.snapshot.engine import StoreError

KNOWN_AGAINST_REST, ELKAN_NOTO, SIMILARITY = "known_against_rest", "elkan_noto", "similarity"
PRIOR_CONTACTS, RANDOM = "prior_contacts", "random"
_THREADS = ThreadpoolController()


class KnownAgainstRest:
    """What one does without thinking: scikit-learn's boosting as it comes, the known cases against everyone else."""

    def fit(self, X: Values, y: NDArray[np.bool_]) -> Self:
        nobody_has = np.isnan(X).all(axis=0)
        self.model_ = HistGradientBoostingClassifier(early_stopping=False, random_state=0)
        with _THREADS.limit(limits=1, user_api="openmp"):
            self.model_.fit(np.where(nobody_has, 0, X), y)
        return self

    def raw(self, X: Values) -> Floats:
        with _THREADS.limit(limits=1, user_api="openmp"):
            return self.model_.decision_function(X)


@dataclass(frozen=True)
class Rankings:
    """A cohort known to nobody at ``day``, and how everything ranks it.

    ``scores`` float64[n] of what learned from known cases, ``ceilings`` of what was taught the truth; ``choice`` is of
    the estimator that the model itself would use, ``cases`` how many known cases it learned from.
    """

    day: date
    cohort: Matrix
    family: NDArray[np.int64]
    capacity: int
    choice: Choice
    scores: Mapping[str, Floats]
    ceilings: Mapping[str, Floats]
    cases: int


def rank(spec: ModelSpec, inputs: Inputs) -> Rankings:
    """Fits everything, in the folds that models use. Raises `StoreError` where nothing can be learned or measured."""
    truth = inputs.truth
    job = Job.of(spec, replace(inputs, truth=None, watched=None))
    day = evaluation_date(job.matrices, job.today, spec.gap_days, spec.horizon_months)
    if truth is None:
        raise StoreError("the unknown are counted on the truth of an invented city: there is none for this model")
    if day is None or day == min(job.matrices):
        raise StoreError("recorded history is too short to measure anything")
    training = training_set(job.matrices, inputs.known, inputs.families, day, spec.gap_days)
    past = outcomes_before(job, day)
    if training.cases < spec.least_cases or past.positive.sum() < 2:
        raise StoreError(f"there are only {training.cases} known cases: too few to learn anything from")
    with threadpool_limits(1):
        return _rank(job, day, training, truth)


def _rank(job: Job, day: date, training: TrainingSet, truth: Exploitation) -> Rankings:
    everyone = job.inputs.matrices[day]
    keep = not_yet_identified(job.inputs.known, everyone.people, day)
    cohort, matrix = everyone.rows(keep), job.matrices[day].rows(keep)
    family = job.inputs.families.of(cohort.people)
    fold = fold_of(family)
    makes: dict[str, Callable[[], Ranker]] = {
        **job.makes, SIMILARITY: SimilarityRanker, ELKAN_NOTO: ElkanNoto, KNOWN_AGAINST_REST: KnownAgainstRest,
    }  # fmt: skip
    fitted = dict(zip(makes, fit_folds(list(makes.values()), *_of(training)), strict=True))
    choice = choose({name: fitted[name] for name in job.makes}, training, job.inputs.families)
    scores = {name: model.raw(matrix.values, fold) for name, model in fitted.items()}
    scores[PRIOR_CONTACTS] = prior_contacts(cohort, job.spec.prior_contacts)
    scores[RANDOM] = random_order(cohort.people)
    taught = fit_folds(list(job.makes.values()), *_of(true_training(job, day, truth)))
    ceilings = {name: model.raw(matrix.values, fold) for name, model in zip(job.makes, taught, strict=True)}
    return Rankings(day, cohort, family, job.capacity, choice, scores, ceilings, training.cases)


def _of(training: TrainingSet) -> tuple[Values, NDArray[np.bool_], NDArray[np.int8]]:
    return training.values, training.positive, training.fold
