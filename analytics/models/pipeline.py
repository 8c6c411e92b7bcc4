"""From indicators and known cases to a model one can defend: train, choose, calibrate, measure, score, explain.

Two trainings. The first stops at T, the last date whose outcomes are wholly known, and is measured at T; which
estimator is used is settled on the cases known by T, and how raw scores become chances at dates whose outcomes were.
The second trains the chosen estimator with everything known today, and gives the scores that people see: unless they
approved a version before, which goes on scoring until they approve this one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from time import perf_counter

from threadpoolctl import threadpool_limits

from analytics.evaluation.labels import evaluation_date
from analytics.models.against import against
from analytics.models.bundle import data_hash, version_of
from analytics.models.calibration import calibrate
from analytics.models.champion import Fitted
from analytics.models.estimator import Ranker
from analytics.models.folds import Folded, fit_folds
from analytics.models.hindsight import hindsight
from analytics.models.inputs import Inputs, Job
from analytics.models.learned import Learned
from analytics.models.measure import judge, measure_at
from analytics.models.outcomes import Outcomes, outcomes_before
from analytics.models.result import ModelResult
from analytics.models.scoring import contributions_today, scores, train_today
from analytics.models.selection import choose
from analytics.models.spec import ModelSpec
from analytics.models.succession import carried_on
from analytics.models.training import TrainingSet, training_set
from analytics.similarity.ranker import SimilarityRanker
from data.snapshot.states import ModelState

TOO_FEW = "There are too few known cases to learn anything from."
TOO_SHORT = "Recorded history is too short: no date has a year after it that is wholly known."


def run(spec: ModelSpec, inputs: Inputs) -> ModelResult:
    """Train, measure and score one model. Never raises for want of cases: such a model is withheld, and says why."""
    job = Job.of(spec, inputs)
    day = evaluation_date(job.matrices, job.today, spec.gap_days, spec.horizon_months)
    if day is None or day == min(job.matrices):
        return _nothing(job, TOO_SHORT)
    training = _training(job, day)
    past = outcomes_before(job, day)
    if training.cases < spec.least_cases or past.positive.sum() < 2:
        return _nothing(job, TOO_FEW)
    # One thread for each sum: how many cores a machine has must not change a score.
    with threadpool_limits(1):
        newcomer = _trained(job, day, training, past)
        return _scored(job, carried_on(job, day, newcomer) or newcomer)


def _training(job: Job, before: date) -> TrainingSet:
    return training_set(job.matrices, job.inputs.known, job.inputs.families, before, job.spec.gap_days)


def _nothing(job: Job, reason: str) -> ModelResult:
    version = version_of(job.spec, "none", job.names, "")
    return ModelResult(job.spec, version, ModelState.WITHHELD, reason, job.today, job.names, capacity=job.capacity)


def _trained(job: Job, day: date, training: TrainingSet, past: Outcomes) -> ModelResult:
    watch = _Watch()
    fitted = _fit_all(job, training)
    watch.lap("fit")
    choice = choose({name: fitted[name] for name in job.makes}, training, job.inputs.families)
    watch.lap("choose")
    earlier = {name: fitted[name].raw(past.values, past.fold) for name in job.makes}
    curves = {name: calibrate(raw, past.positive, past.fold) for name, raw in earlier.items()}
    watch.lap("calibrate")
    chosen = fitted[choice.estimator]
    rows = measure_at(job, day, fitted, curves, choice.estimator)
    rows += against(job, day, choice.estimator, chosen, job.inputs.champion)
    verdict = judge(job.spec, rows, choice.estimator)
    looked_back = hindsight(job, day, chosen)
    watch.lap("evaluate")
    final = train_today(job, choice.estimator, _training(job, job.today))
    learned = final.training
    data = data_hash((learned.values, learned.positive, learned.people, learned.as_of, learned.fold))
    version = version_of(job.spec, choice.estimator, job.names, data)
    watch.lap("train")
    return ModelResult(
        spec=job.spec,
        version=version,
        data=data,
        state=verdict.state,
        reason=verdict.reason,
        trained=job.today,
        names=job.names,
        estimator=choice.estimator,
        evaluated_at=day,
        capacity=job.capacity,
        training=_summary(training, final.training, past),
        choice=choice,
        rows=rows,
        hindsight=looked_back,
        model=final.model,
        measured=chosen,
        calibration=final.calibration,
        similarity=final.similarity,
        similarity_people=final.training.people,
        learned=Learned.of(learned),
        seconds=watch.laps,
    )


def _scored(job: Job, result: ModelResult) -> ModelResult:
    """``result`` with everybody's score by it, and why."""
    assert result.model is not None
    assert result.calibration is not None
    watch = _Watch()
    mine = job.reading(result.names)
    fitted = Fitted(result.model, result.calibration, result.similarity)
    explained = contributions_today(mine, fitted)
    watch.lap("explain")
    told = scores(mine, fitted, result.version, explained)
    watch.lap("score")
    return replace(result, scores=told, contributions=explained, seconds=result.seconds | watch.laps)


def _fit_all(job: Job, training: TrainingSet) -> dict[str, Folded]:
    """Every estimator, and where there are known cases to be like the similar-case search, in folds."""
    makes: dict[str, Callable[[], Ranker]] = dict(job.makes)
    if job.spec.profile:
        makes["similarity"] = SimilarityRanker
    fitted = fit_folds(list(makes.values()), training.values, training.positive, training.fold)
    return dict(zip(makes, fitted, strict=True))


def _summary(measured: TrainingSet, final: TrainingSet, past: Outcomes) -> dict[str, object]:
    return {
        "cases_measured": measured.cases,
        "rows_measured": len(measured.people),
        "cases": final.cases,
        "rows": len(final.people),
        "dates": [str(day) for day in sorted(set(final.as_of.tolist()))],
        "calibrated_at": [day.isoformat() for day in past.dates],
    }


class _Watch:
    """Seconds of each step, for the build's report."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = perf_counter()

    def lap(self, name: str) -> None:
        now = perf_counter()
        self.laps[name] = round(now - self._last, 2)
        self._last = now
