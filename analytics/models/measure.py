"""Measure every ranking at T, and hold the chosen one to the pass mark that was fixed before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.baselines import prior_contacts, random_order
from analytics.evaluation.bootstrap import Figure
from analytics.evaluation.evaluate import Contest, evaluate
from analytics.evaluation.labels import Attribute, Labels, identified_label, not_yet_identified, truth_label
from analytics.evaluation.rows import EVERYONE, Row
from analytics.models.calibration import Calibration
from analytics.models.folds import Folded, fold_of
from analytics.models.inputs import Job
from analytics.models.spec import ModelSpec

AGE_BANDS = ((10, "under 10"), (13, "10 to 12"), (15, "13 and 14"), (18, "15 to 17"), (200, "18 and over"))
RIVALS = ("prior_contacts", "random")


def measure_at(
    job: Job, day: date, fitted: Mapping[str, Folded], curves: Mapping[str, Calibration], chosen: str
) -> list[Row]:
    """Every figure of every ranking of the cohort at ``day``; by group for the chosen one and the rival."""
    everyone = job.inputs.matrices[day]
    keep = not_yet_identified(job.inputs.known, everyone.people, day)
    cohort, matrix = everyone.rows(keep), job.matrices[day].rows(keep)
    family = job.inputs.families.of(cohort.people)
    scores = {name: model.raw(matrix.values, fold_of(family)) for name, model in fitted.items()}
    told = {name: curves[name].probability(scores[name]) for name in curves}
    scores["prior_contacts"] = prior_contacts(cohort, job.spec.prior_contacts)
    scores["random"] = random_order(cohort.people)
    groups = {name: group.get(cohort.people) for name, group in job.inputs.groups.items()}
    if job.inputs.born is not None:
        groups["age"] = age_band(ages(job.inputs.born, cohort.people, day))
    grouped = (chosen, job.spec.pass_mark.rival)
    labels = _labels(job, cohort.people, day)
    return evaluate(Contest(family, scores, labels, job.capacity, job.spec.pass_mark.rival, told, groups, grouped))


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


def judge(spec: ModelSpec, rows: list[Row], chosen: str) -> tuple[bool, str]:
    """Whether the chosen estimator reaches the pass mark, and the figures in words."""
    figures = {row.metric: row.figure for row in rows if _is_overall(row, chosen)}
    precision, lead = figures["precision_at_capacity"], figures["lead_at_capacity"]
    mark = spec.pass_mark
    enough = precision.value is not None and precision.value >= mark.precision
    ahead = lead.low is not None and lead.low > mark.lead
    words = f"precision at capacity {_words(precision)} against a pass mark of {mark.precision:.2f}; "
    words += f"lead over {mark.rival.replace('_', ' ')} {_words(lead)}, which must lie above {mark.lead:g}"
    return enough and ahead, words


def _is_overall(row: Row, estimator: str) -> bool:
    return (row.estimator, row.label, row.grouping) == (estimator, "identified", EVERYONE)


def _words(figure: Figure) -> str:
    if figure.value is None or figure.low is None or figure.high is None:
        return "not known"
    return f"{figure.value:.2f} (between {figure.low:.2f} and {figure.high:.2f})"
