"""How many of the exploited that nobody knows stand on each list, and how near that comes to what could be known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.bootstrap import Figure, family_weights, figure
from analytics.evaluation.labels import truth_label
from analytics.evaluation.metrics import Ranking, list_figures, ranking_figures
from analytics.evaluation.rows import Row
from analytics.evaluation.watched import watched_rows
from analytics.models.inputs import Inputs
from analytics.models.spec import ModelSpec
from analytics.unknown.rankings import KNOWN_AGAINST_REST, Rankings, rank

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
#: The best of those that were taught the truth; the prefix that tells them from the others.
TAUGHT = "taught_"


@dataclass(frozen=True)
class Counted:
    """Figures of one city. ``drawn`` has average precision float[1 + resamplings] by ranking, for means over cities."""

    rankings: Rankings
    unknown: Bools
    never: Bools
    figures: Mapping[str, Mapping[str, Figure]]
    drawn: Mapping[str, Floats]
    watched: tuple[Row, ...]

    @property
    def best_taught(self) -> str:
        """The one of those taught the truth that ranks best, by its own figure: the hardest to come near to."""
        return max((name for name in self.drawn if name.startswith(TAUGHT)), key=lambda name: self.drawn[name][0])

    def ratio(self) -> Floats:
        """Average precision of the model over that of the best taught the truth, float[1 + resamplings]."""
        return self.ratio_of(self.rankings.chosen)

    def ratio_of(self, name: str) -> Floats:
        """The same of any ranking."""
        return self.drawn[name] / self.drawn[self.best_taught]

    def lead(self) -> Floats:
        """Average precision of the model less that of plain boosting of known against rest."""
        return self.drawn[self.rankings.chosen] - self.drawn[KNOWN_AGAINST_REST]


def count(spec: ModelSpec, inputs: Inputs) -> Counted:
    """Ranks and measures. Raises `StoreError` where there is no truth, or too little to learn from."""
    found = rank(spec, inputs)
    people, truth = found.cohort.people, inputs.truth
    assert truth is not None
    unknown = truth_label(truth, people, found.day, spec.horizon_months).positive
    never = unknown & np.isnat(inputs.known.identified(people))
    scores = {**found.scores, **{TAUGHT + name: score for name, score in found.ceilings.items()}}
    weights = family_weights(found.family)
    figures, drawn = {}, {}
    for name, score in scores.items():
        ranking = Ranking.of(score)
        whole = ranking_figures(ranking, unknown, weights)
        drawn[name] = whole["average_precision"]
        figures[name] = {metric: figure(values) for metric, values in whole.items()}
        figures[name] |= _listed(ranking, unknown, never, weights, found.capacity)
    return Counted(found, unknown, never, figures, drawn, _watched(inputs, scores, unknown, found))


def _listed(
    ranking: Ranking, unknown: Bools, never: Bools, weights: NDArray[np.int16], capacity: int
) -> dict[str, Figure]:
    """How many on a list of ``capacity`` are exploited and known to nobody, and whom nobody has noticed to this day."""
    on_list = list_figures(ranking, unknown, weights, capacity)["precision_at_capacity"]
    unnoticed = list_figures(ranking, never, weights, capacity)["precision_at_capacity"]
    size = min(capacity, len(unknown))
    return {
        "precision_at_capacity": figure(on_list),
        "unknown_found": figure(size * on_list),
        "never_noticed_found": figure(size * unnoticed),
    }


def _watched(inputs: Inputs, scores: Mapping[str, Floats], unknown: Bools, found: Rankings) -> tuple[Row, ...]:
    if inputs.watched is None:
        return ()
    closely = inputs.watched.get(found.cohort.people, np.nan).astype(float)
    return tuple(watched_rows(scores, closely, unknown, found.family))


def as_json(counted: Counted) -> dict[str, Any]:
    """``rankings.NAME.METRIC = {value, low, high}``, ``ratio``, ``lead_over_known_against_rest``, ``watched``."""
    found = counted.rankings
    watched: dict[str, dict[str, Any]] = {}
    for row in counted.watched:
        watched.setdefault(row.estimator, {})[row.group] = row.figure.as_json() | {"n": row.n}
    return {
        "evaluated_at": found.day.isoformat(),
        "capacity": found.capacity,
        "n": len(counted.unknown),
        "unknown": int(counted.unknown.sum()),
        "never_noticed": int(counted.never.sum()),
        "known_cases": found.cases,
        "estimator": found.chosen,
        "best_taught": counted.best_taught,
        "ratio": figure(counted.ratio()).as_json(),
        "lead_over_known_against_rest": figure(counted.lead()).as_json(),
        "rankings": {
            name: {metric: told.as_json() for metric, told in figures.items()}
            for name, figures in counted.figures.items()
        },
        "watched": watched,
    }
