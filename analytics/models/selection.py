"""Which estimator is used: the simplest whose average precision is within noise of the best, and not far from it.

Noise is one standard error (Breiman, Friedman, Olshen and Stone, 1984, section 3.4.3), of the difference on the same
resamplings. Where known cases are few that is much, and would excuse a loss that children bear whom nobody knows: so
besides it a simpler one may fall short by a tenth of the best at most, as is asked where one treatment is to be shown
no worse than another (docs/unknown.md has what each rule cost).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.bootstrap import Figure, family_weights, figure
from analytics.evaluation.metrics import Ranking, ranking_figures

METRIC = "average_precision"
#: Of the best one's figure: a simpler estimator that may lose more is not taken for being simple.
MARGIN = 0.1


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
    """The estimator chosen and the evidence, simplest first."""

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


def choose(scores: Mapping[str, NDArray[np.float64]], positive: NDArray[np.bool_], family: NDArray[np.int64]) -> Choice:
    """``scores`` float[n] each, from the simplest estimator to the most complex; families are resampled in pairs.

    A candidate is within noise when its shortfall is at most the standard error of that, and a tenth of the best.
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
    within = error is None or not short[0] > min(error, MARGIN * best[0])
    return Candidate(name, figure(values), figure(short), error, within)
