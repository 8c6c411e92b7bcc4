"""How many of the exploited that nobody knows stand on each list, and how near that comes to what could be known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.bootstrap import Figure, family_weights, figure
from analytics.evaluation.labels import identified_label, truth_label
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
class Drawn:
    """Average precision float[1 + resamplings] by ranking: all that ratios, leads and means over cities are made of.

    ``chosen`` is the estimator that the model itself uses: ratio and lead are its, unless another is asked for.
    """

    precision: Mapping[str, Floats]
    chosen: str

    @property
    def best_taught(self) -> str:
        """The one of those taught the truth that ranks best, by its own figure: the hardest to come near to."""
        taught = [name for name in self.precision if name.startswith(TAUGHT)]
        return max(taught, key=lambda name: self.precision[name][0])

    def ratio(self) -> Floats:
        """The model's average precision over that of the best taught the truth, float[1 + resamplings]."""
        return self.ratio_of(self.chosen)

    def ratio_of(self, name: str) -> Floats:
        """The same of any ranking."""
        return self.precision[name] / self.precision[self.best_taught]

    def lead(self) -> Floats:
        """The model's average precision less that of plain boosting of known against rest."""
        return self.precision[self.chosen] - self.precision[KNOWN_AGAINST_REST]

    def as_json(self) -> dict[str, Any]:
        return {
            "precision": {name: values.tolist() for name, values in self.precision.items()},
            "chosen": self.chosen,
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        precision = {name: np.array(values, float) for name, values in told["precision"].items()}
        return cls(precision, told["chosen"])


@dataclass(frozen=True)
class Counted:
    """Figures of one city. ``perfect``: how many of the exploited professionals identified in the year measured.

    A list of nobody but exploited children would be right so often, by the measure that the pass mark is held to.
    """

    rankings: Rankings
    unknown: Bools
    never: Bools
    figures: Mapping[str, Mapping[str, Figure]]
    drawn: Drawn
    watched: tuple[Row, ...]
    perfect: Figure


def count(spec: ModelSpec, inputs: Inputs) -> Counted:
    """Ranks and measures. Raises `StoreError` where there is no truth, or too little to learn from."""
    found = rank(spec, inputs)
    people, truth = found.cohort.people, inputs.truth
    assert truth is not None
    unknown = truth_label(truth, people, found.day, spec.horizon_months).positive
    never = unknown & np.isnat(inputs.known.identified(people))
    scores = {**found.scores, **{TAUGHT + name: score for name, score in found.ceilings.items()}}
    weights = family_weights(found.family)
    figures, precision = {}, {}
    for name, score in scores.items():
        ranking = Ranking.of(score)
        whole = ranking_figures(ranking, unknown, weights)
        precision[name] = whole["average_precision"]
        figures[name] = {metric: figure(values) for metric, values in whole.items()}
        figures[name] |= _listed(ranking, unknown, never, weights, found.capacity)
    drawn = Drawn(precision, found.choice.estimator)
    watched, perfect = _watched(inputs, scores, unknown, found), _perfect(spec, inputs, found, unknown, weights)
    return Counted(found, unknown, never, figures, drawn, watched, perfect)


def _perfect(spec: ModelSpec, inputs: Inputs, found: Rankings, unknown: Bools, weights: NDArray[np.int16]) -> Figure:
    people = found.cohort.people
    label = identified_label(inputs.known, people, found.day, spec.gap_days, spec.horizon_months)
    exploited = unknown & label.measured
    told = [weights[rows].sum(axis=0, dtype=np.int64) for rows in (exploited & label.positive, exploited)]
    return figure(told[0] / np.maximum(told[1], 1))


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
    found, drawn = counted.rankings, counted.drawn
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
        "perfect_list_identified": counted.perfect.as_json(),
        "estimator": found.choice.estimator,
        "choice": found.choice.as_json(),
        "best_taught": drawn.best_taught,
        "ratio": figure(drawn.ratio()).as_json(),
        "lead_over_known_against_rest": figure(drawn.lead()).as_json(),
        "rankings": {
            name: {metric: told.as_json() for metric, told in figures.items()}
            for name, figures in counted.figures.items()
        },
        "watched": watched,
    }
