"""Several rankings of one cohort, and how far each differs from the first, on the same resamplings of families."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.bootstrap import family_weights, figure
from analytics.evaluation.labels import Labels
from analytics.evaluation.metrics import Ranking, list_figures, ranking_figures

Floats = NDArray[np.float64]
METRICS = ("average_precision", "auc", "precision_at_capacity", "recall_at_capacity")


def side_by_side(
    scores: Mapping[str, Floats], base: str, labels: Mapping[str, Labels], family: NDArray[np.int64], capacity: int
) -> dict[str, dict[str, Any]]:
    """``NAME.LABEL.METRIC`` as figure, and ``NAME.LABEL.change.METRIC``: the figure less that of ``base``."""
    told: dict[str, dict[str, Any]] = {name: {} for name in scores}
    for label, who in labels.items():
        positive, weights = who.positive[who.measured], family_weights(family[who.measured])
        drawn = {name: _figures(score[who.measured], positive, weights, capacity) for name, score in scores.items()}
        for name, figures in drawn.items():
            told[name][label] = {
                "n": len(positive),
                "positives": int(positive.sum()),
                "change": {metric: figure(figures[metric] - drawn[base][metric]).as_json() for metric in METRICS},
            } | {metric: figure(figures[metric]).as_json() for metric in METRICS}
    return told


def _figures(
    score: Floats, positive: NDArray[np.bool_], weights: NDArray[np.int16], capacity: int
) -> dict[str, Floats]:
    ranking = Ranking.of(score)
    return ranking_figures(ranking, positive, weights) | list_figures(ranking, positive, weights, capacity)
