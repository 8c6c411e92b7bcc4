"""The same figures by sex, ethnicity, age, SEN and deprivation, on each group's share of the one common list."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.bootstrap import figure
from analytics.evaluation.metrics import Ranking, list_figures, ranking_figures
from analytics.evaluation.rows import Row

NOT_RECORDED = "not recorded"


def group_rows(
    estimator: str,
    label: str,
    score: NDArray[np.float64],
    positive: NDArray[np.bool_],
    weights: NDArray[np.int16],
    capacity: float,
    groups: Mapping[str, NDArray[np.object_]],
) -> list[Row]:
    """One row a grouping, group and metric. ``groups`` maps a grouping to each person's group, object[n]."""
    ranking = Ranking.of(score)
    rows: list[Row] = []
    for grouping, member in groups.items():
        names = np.array([NOT_RECORDED if name is None else str(name) for name in member], dtype=object)
        for name in sorted(set(names)):
            within = names == name
            figures = list_figures(ranking, positive, weights, capacity, within) | _ranked_within(
                score, positive, weights, within
            )
            del figures["ceiling"]
            size, found = int(within.sum()), int((positive & within).sum())
            rows += [
                Row(estimator, label, grouping, name, metric, figure(values), size, found)
                for metric, values in figures.items()
            ]
    return rows


def _ranked_within(
    score: NDArray[np.float64], positive: NDArray[np.bool_], weights: NDArray[np.int16], within: NDArray[np.bool_]
) -> dict[str, NDArray[np.float64]]:
    """How well the group itself is put in order."""
    ranking = Ranking.of(score[within])
    return ranking_figures(ranking, positive[within], weights[within])
