"""Those identified since the date of measurement: where the ranking that is measured there had put them, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.labels import Days, identified_label, not_yet_identified, window
from analytics.models.calibration import HEIGHTENED, bands
from analytics.models.folds import Folded, fold_of
from analytics.models.inputs import Job

#: When a child was identified: within the gap, in the year measured, after it.
GAP, YEAR, SINCE = "gap", "year", "since"


@dataclass(frozen=True)
class Hindsight:
    """Children identified on ``as_of`` or later, by rank; arrays run along them, n children by m indicators.

    ``rank``: place among the ``ranked`` children of the measurement; those identified within the gap were set apart
    there, and have the place that their score would have given them. ``amounts`` sum with a base to the raw score.
    """

    as_of: date
    ranked: int
    places: int
    people: NDArray[np.int64]
    identified_on: Days
    phase: NDArray[np.object_]
    rank: NDArray[np.int64]
    listed: NDArray[np.bool_]
    values: NDArray[np.float32]
    amounts: NDArray[np.float32]


def hindsight(job: Job, day: date, model: Folded) -> Hindsight:
    """Looks back from today at ``day``, with the ``model`` that was fitted on what was known by then."""
    everyone = job.matrices[day]
    cohort = everyone.rows(not_yet_identified(job.inputs.known, everyone.people, day))
    fold = fold_of(job.inputs.families.of(cohort.people))
    raw = model.raw(cohort.values, fold)
    when = job.inputs.known.identified(cohort.people)
    label = identified_label(job.inputs.known, cohort.people, day, job.spec.gap_days, job.spec.horizon_months)
    rank, least = _places(raw, label.measured, job.capacity)
    kept = np.flatnonzero(~np.isnat(when))
    kept = kept[np.lexsort((cohort.people[kept], rank[kept]))]
    _, amounts = model.contributions(cohort.values[kept], fold[kept])
    return Hindsight(
        as_of=day,
        ranked=int(label.measured.sum()),
        places=job.capacity,
        people=cohort.people[kept],
        identified_on=when[kept],
        phase=_phase(when[kept], *window(day, job.spec.gap_days, job.spec.horizon_months)),
        rank=rank[kept],
        listed=raw[kept] >= least,
        values=cohort.values[kept],
        amounts=amounts.astype(np.float32),
    )


def _places(raw: NDArray[np.float64], measured: NDArray[np.bool_], capacity: int) -> tuple[NDArray[np.int64], float]:
    """Everybody's place among the measured, int64[n], 1 the highest; and the least score that is on the list."""
    ordered = np.sort(raw[measured])
    rank = len(ordered) - np.searchsorted(ordered, raw, side="right") + 1
    listed = raw[measured][bands(raw[measured], capacity) == HEIGHTENED]
    return rank.astype(np.int64), float(listed.min()) if len(listed) else np.inf


def _phase(when: Days, start: date, end: date) -> NDArray[np.object_]:
    early, late = when < np.datetime64(start, "D"), when >= np.datetime64(end, "D")
    return np.select([early, late], [GAP, SINCE], YEAR).astype(object)
