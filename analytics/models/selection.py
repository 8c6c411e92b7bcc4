"""Which estimator is used: the simplest that is within one standard error of the best at finding known cases.

Every known case is ranked among the others of the training set by a model that never saw their family. The figure is
AUC, to which each case counts alike: average precision hangs on the few who stand first, and with some hundred cases
differs by chance more than by estimator (docs/unknown.md has what each cost children whom nobody knows). The standard
error (Breiman, Friedman, Olshen and Stone, 1984, section 3.4.3) is of the difference on the same resamplings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.bootstrap import Figure, family_weights, figure
from analytics.evaluation.metrics import Ranking, ranking_figures
from analytics.models.folds import Folded
from analytics.models.training import Families, TrainingSet

METRIC = "auc"


@dataclass(frozen=True)
class Candidate:
    """One estimator's figure, and how far it falls short of the best on the same resamplings: ``error``, of that."""

    estimator: str
    value: Figure
    shortfall: Figure
    error: float | None
    within_noise: bool


@dataclass(frozen=True)
class Choice:
    """The estimator chosen and the evidence, simplest first: of ``n`` rows, ``positives`` of which are known cases."""

    estimator: str
    best: str
    metric: str
    n: int
    positives: int
    evidence: tuple[Candidate, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "estimator": self.estimator,
            "best": self.best,
            "metric": self.metric,
            "n": self.n,
            "positives": self.positives,
            "evidence": [
                {
                    "estimator": one.estimator,
                    "value": one.value.as_json(),
                    "shortfall": one.shortfall.as_json(),
                    "error": one.error,
                    "within_noise": one.within_noise,
                }
                for one in self.evidence
            ],
        }


def choose(fitted: Mapping[str, Folded], training: TrainingSet, families: Families) -> Choice:
    """Of estimators ``fitted`` on ``training`` in folds, from the simplest to the most complex."""
    scores = {name: model.raw(training.values, training.fold) for name, model in fitted.items()}
    return simplest(scores, training.positive, families.of(training.people))


def simplest(
    scores: Mapping[str, NDArray[np.float64]], positive: NDArray[np.bool_], family: NDArray[np.int64]
) -> Choice:
    """``scores`` float[n] each, from the simplest estimator to the most complex; families are resampled in pairs.

    A candidate is within noise when its shortfall is at most the standard error of that.
    """
    weights = family_weights(family)
    drawn = {name: ranking_figures(Ranking.of(score), positive, weights)[METRIC] for name, score in scores.items()}
    best = max(drawn, key=lambda name: np.nan_to_num(drawn[name][0], nan=-1.0))
    evidence = tuple(_candidate(name, values, drawn[best]) for name, values in drawn.items())
    chosen = next(one.estimator for one in evidence if one.within_noise)
    return Choice(chosen, best, METRIC, len(positive), int(positive.sum()), evidence)


def _candidate(name: str, values: NDArray[np.float64], best: NDArray[np.float64]) -> Candidate:
    short = best - values
    drawn = short[1:][np.isfinite(short[1:])]
    error = float(drawn.std(ddof=1)) if len(drawn) > 1 else None
    within = error is None or not short[0] > error
    return Candidate(name, figure(values), figure(short), error, within)
