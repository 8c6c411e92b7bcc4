"""Measure every ranking at T, and hold the chosen one to the pass mark that was fixed before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from analytics.evaluation.baselines import prior_contacts, random_order
from analytics.evaluation.bootstrap import Figure
from analytics.evaluation.evaluate import Contest, evaluate
from analytics.evaluation.labels import Attribute, Labels, identified_label, not_yet_identified, truth_label
from analytics.evaluation.names import ESTIMATORS
from analytics.evaluation.rows import EVERYONE, Row
from analytics.evaluation.watched import watched_rows
from analytics.models.calibration import Calibration
from analytics.models.estimator import LogOdds
from analytics.models.folds import Folded, fold_of
from analytics.models.inputs import Job
from analytics.models.spec import ModelSpec
from data.snapshot.states import ModelState

AGE_BANDS = ((10, "under 10"), (13, "10 to 12"), (15, "13 and 14"), (18, "15 to 17"), (200, "18 and over"))


def measure_at(
    job: Job, day: date, fitted: Mapping[str, Folded], curves: Mapping[str, Calibration], chosen: str
) -> list[Row]:
    """Every figure of every ranking of the cohort at ``day``; by group for the chosen one and the rival."""
    contest = contest_at(job, day, fitted, curves, chosen)
    return evaluate(contest) + _by_watchedness(job, day, contest)


def contest_at(
    job: Job, day: date, fitted: Mapping[str, Folded], curves: Mapping[str, Calibration], chosen: str = ""
) -> Contest:
    """Every ranking of the cohort at ``day`` and what it is measured against; by group and pair for the chosen one."""
    everyone = job.inputs.matrices[day]
    keep = not_yet_identified(job.inputs.known, everyone.people, day)
    cohort, matrix = everyone.rows(keep), job.matrices[day].rows(keep)
    family = job.inputs.families.of(cohort.people)
    fold = fold_of(family)
    scores = {name: model.raw(matrix.values, fold) for name, model in fitted.items()}
    told = {name: curves[name].probability(scores[name]) for name in curves}
    scores["prior_contacts"] = prior_contacts(cohort, job.spec.prior_contacts)
    scores["random"] = random_order(cohort.people)
    groups = {name: group.get(cohort.people) for name, group in job.inputs.groups.items()}
    if job.inputs.born is not None:
        groups["age"] = age_band(ages(job.inputs.born, cohort.people, day))
    return Contest(
        family=family,
        scores=scores,
        labels=_labels(job, cohort.people, day),
        capacity=job.capacity,
        rival=job.spec.pass_mark.rival,
        probabilities=told,
        groups=groups,
        grouped=(chosen, job.spec.pass_mark.rival) if chosen else (),
        paired=(chosen,),
        uncalibrated={name: _plain_chance(fitted[name], scores[name]) for name in curves},
    )


def _plain_chance(model: Folded, raw: NDArray[np.float64]) -> NDArray[np.float64]:
    """What an estimator would tell by itself: of the training set's mixture of cases and others, not of the city's."""
    return np.asarray(expit(raw) if isinstance(model.models[0], LogOdds) else np.clip(raw, 0, 1), float)


def _by_watchedness(job: Job, day: date, contest: Contest) -> list[Row]:
    """Whether those rank higher who are watched more closely and no more exploited; an invented city alone knows."""
    if job.inputs.watched is None or "truth" not in contest.labels:
        return []
    everyone = job.matrices[day].people
    people = everyone[not_yet_identified(job.inputs.known, everyone, day)]
    closely = job.inputs.watched.get(people, np.nan).astype(float)
    return watched_rows(contest.scores, closely, contest.labels["truth"].positive, contest.family)


def _labels(job: Job, people: NDArray[np.int64], day: date) -> dict[str, Labels]:
    spec = job.spec
    labels = {"identified": identified_label(job.inputs.known, people, day, spec.gap_days, spec.horizon_months)}
    if job.inputs.truth is not None:
        labels["truth"] = truth_label(job.inputs.truth, people, day, spec.horizon_months)
    return labels


def ages(born: Attribute, people: NDArray[np.int64], day: date) -> NDArray[np.int64]:
    """Age in whole years on ``day``, int64[n]; -1 where the date of birth is not known."""
    birth = born.get(people, np.datetime64("NaT", "D")).astype("datetime64[D]")
    month = birth.astype("datetime64[M]")
    within = (birth - month).astype(int)
    months = (np.datetime64(day, "M") - month).astype(int) - (within > day.day - 1)
    return np.where(np.isnat(birth), -1, months // 12)


def age_band(age: NDArray[np.int64]) -> NDArray[np.object_]:
    """Band in words, object[n]; ``None`` where the age is not known."""
    uppers = np.array([upper for upper, _ in AGE_BANDS])
    words = np.array([word for _, word in AGE_BANDS], dtype=object)
    band = words[np.minimum(np.searchsorted(uppers, age, side="right"), len(words) - 1)]
    band[age < 0] = None
    return band


@dataclass(frozen=True)
class Verdict:
    """The state that the figures earn, and why, in words fit to show."""

    state: ModelState
    reason: str


def judge(spec: ModelSpec, rows: list[Row], chosen: str) -> Verdict:
    """Hold the chosen estimator's figures to the pass mark; with too few outcomes they say nothing either way."""
    overall = {row.metric: row for row in rows if _is_overall(row, chosen)}
    found = overall["precision_at_capacity"].positives
    if found < spec.least_found:
        few = f"Only {found} children were identified in the year measured: too few to tell how good it is."
        return Verdict(ModelState.UNMEASURED, few)
    precision, lead = overall["precision_at_capacity"].figure, overall["lead_at_capacity"].figure
    mark = spec.pass_mark
    enough = precision.value is not None and precision.value >= mark.precision
    ahead = lead.low is not None and lead.low > mark.lead
    reason = f"Of its list {_percent(precision)} were right; the pass mark is {100 * mark.precision:.0f} %. "
    rival = ESTIMATORS[mark.rival].lower()
    reason += f"Its lead over {rival} is {_percent(lead)}, and has to lie above {100 * mark.lead:.0f} %."
    return Verdict(ModelState.CANDIDATE if enough and ahead else ModelState.WITHHELD, reason)


def _is_overall(row: Row, estimator: str) -> bool:
    return (row.estimator, row.label, row.grouping) == (estimator, "identified", EVERYONE)


def _percent(figure: Figure) -> str:
    if figure.value is None or figure.low is None or figure.high is None:
        return "an unknown share"
    return f"{100 * figure.value:.0f} % (between {100 * figure.low:.0f} and {100 * figure.high:.0f} %)"
