"""The version in use beside a newer one: at one date, on the same children, by the same families' weights.

Both are taken as they were measured, before they learned from the year that they are measured on: the one in use had
seen less of the past, never more. Each child is ranked by the part of either that never saw their family.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.bootstrap import family_weights, figure
from analytics.evaluation.labels import identified_label, not_yet_identified
from analytics.evaluation.metrics import Ranking, list_figures, ranking_figures
from analytics.evaluation.rows import Row
from analytics.models.champion import Champion
from analytics.models.folds import Folded, fold_of
from analytics.models.inputs import Job

#: The grouping under which these figures are kept; their group is the version in use.
GROUPING = CHAMPION = "champion"
METRICS = ("precision_at_capacity", "recall_at_capacity", "average_precision")
Floats = NDArray[np.float64]


def against(job: Job, day: date, chosen: str, challenger: Folded, champion: Champion | None) -> list[Row]:
    """The champion's figures at ``day``, and how far the challenger is ahead of it; none without a champion.

    A champion that reads what is not an indicator any more cannot be ranked by: none then either.
    """
    everyone = job.inputs.matrices[day]
    if champion is None or not champion.reads(everyone.names):
        return []
    cohort = everyone.rows(not_yet_identified(job.inputs.known, everyone.people, day))
    label = identified_label(job.inputs.known, cohort.people, day, job.spec.gap_days, job.spec.horizon_months)
    family = job.inputs.families.of(cohort.people)
    positive, weights = label.positive[label.measured], family_weights(family[label.measured])

    def figures(model: Folded, names: tuple[str, ...]) -> dict[str, Floats]:
        raw = model.raw(cohort.select(names).values, fold_of(family))[label.measured]
        ranking = Ranking.of(raw)
        return ranking_figures(ranking, positive, weights) | list_figures(ranking, positive, weights, job.capacity)

    ours, theirs = figures(challenger, job.names), figures(champion.measured, champion.names)
    told = [(CHAMPION, metric, theirs[metric]) for metric in METRICS]
    told += [(chosen, metric, ours[metric] - theirs[metric]) for metric in METRICS]
    size, found = len(positive), int(positive.sum())
    return [
        Row(name, "identified", GROUPING, champion.version, metric, figure(values), size, found)
        for name, metric, values in told
    ]
