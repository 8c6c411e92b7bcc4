"""From raw score to P(identified within the horizon), learned where the outcome was already known.

Fitted on whole cohorts at earlier dates, scored by models that had not seen the family, with identifications that
fell before the training date. Two candidates, a sigmoid and isotonic regression; whichever tells unseen families'
outcomes better (log loss, five folds) is used, the smoother one when they are level.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
LEAST_POSITIVES_FOR_STEPS = 50
LOWER, RAISED, HEIGHTENED = "lower", "raised", "heightened"


class Sigmoid:
    """Platt, 1999: one slope and one intercept."""

    def fit(self, raw: Floats, y: Bools) -> Self:
        self.centre_, self.spread_ = float(raw.mean()), float(raw.std()) or 1.0
        model = LogisticRegression(C=1e4, max_iter=500).fit(self._scaled(raw), y)
        # A score that points the wrong way tells nothing: it must not be turned round.
        self.slope_ = max(0.0, float(model.coef_[0, 0]))
        self.intercept_ = float(model.intercept_[0])
        if self.slope_ == 0.0:
            rate = (y.sum() + 0.5) / (len(y) + 1)
            self.intercept_ = float(np.log(rate / (1 - rate)))
        return self

    def predict(self, raw: Floats) -> Floats:
        return expit(self.intercept_ + self.slope_ * self._scaled(raw)[:, 0])

    def _scaled(self, raw: Floats) -> Floats:
        return ((raw - self.centre_) / self.spread_)[:, None]


class Steps:
    """Isotonic regression, held away from 0 and 1, which no finite past can prove."""

    def fit(self, raw: Floats, y: Bools) -> Self:
        edge = 0.5 / len(y)
        model = IsotonicRegression(y_min=edge, y_max=1 - edge, out_of_bounds="clip").fit(raw, y.astype(float))
        self.at_, self.rate_ = model.X_thresholds_, model.y_thresholds_
        return self

    def predict(self, raw: Floats) -> Floats:
        return np.interp(raw, self.at_, self.rate_)


@dataclass(frozen=True)
class Calibration:
    """A fitted map from raw score to probability: which kind it is and what it was learned from."""

    kind: str
    curve: Sigmoid | Steps
    n: int
    positives: int

    def probability(self, raw: Floats) -> Floats:
        """P(identified within the horizon), float64[n]; never falls as ``raw`` rises."""
        return self.curve.predict(raw)


def calibrate(raw: Floats, y: Bools, fold: NDArray[np.int8]) -> Calibration:
    """Learns the map from raw scores float[n], outcomes bool[n] and folds of families.

    Raises ``ValueError`` when ``y`` has only one value: nothing could be learned.
    """
    if y.all() or not y.any():
        raise ValueError("calibration needs people who were identified and people who were not")
    kinds: dict[str, type[Sigmoid] | type[Steps]] = {"sigmoid": Sigmoid}
    if y.sum() >= LEAST_POSITIVES_FOR_STEPS:
        kinds["isotonic"] = Steps
    losses = {name: _held_out_loss(kind, raw, y, fold) for name, kind in kinds.items()}
    best = min(losses, key=lambda name: (round(losses[name], 6), name != "sigmoid"))
    return Calibration(best, kinds[best]().fit(raw, y), len(y), int(y.sum()))


def _held_out_loss(kind: type[Sigmoid] | type[Steps], raw: Floats, y: Bools, fold: NDArray[np.int8]) -> float:
    """Mean log loss on families that the curve was not fitted to."""
    total, people = 0.0, 0
    for number in np.unique(fold):
        mine = fold == number
        if y[~mine].all() or not y[~mine].any():
            continue
        told = kind().fit(raw[~mine], y[~mine]).predict(raw[mine])
        total -= float(np.log(np.where(y[mine], told, 1 - told)).sum())
        people += int(mine.sum())
    return total / max(people, 1)


def ranks(raw: Floats) -> NDArray[np.int32]:
    """1 is highest; equal scores share the better rank. int32[n]."""
    ordered = np.sort(raw)
    return (len(raw) - np.searchsorted(ordered, raw, side="right") + 1).astype(np.int32)


def bands(raw: Floats, capacity: int) -> NDArray[np.object_]:
    """``heightened``: as many as there are places; ``raised``: twice as many after them; ``lower``: the rest.

    Equal scores are never parted: a group that straddles a border belongs above it when at least half of it fits.
    """
    rank = ranks(raw)
    tied = np.searchsorted(np.sort(raw), raw, side="right") - np.searchsorted(np.sort(raw), raw, side="left")
    return _banded(rank - 1 + tied / 2, capacity)


def bands_among(raw: Floats, others: Floats, capacity: int) -> NDArray[np.object_]:
    """The band that each of ``raw`` would have were it one more of ``others``, float[n] in ascending order."""
    up_to, below = np.searchsorted(others, raw, side="right"), np.searchsorted(others, raw, side="left")
    return _banded(len(others) - up_to + (up_to - below + 1) / 2, capacity)


def _banded(middle: Floats, capacity: int) -> NDArray[np.object_]:
    return np.select([middle <= capacity, middle <= 3 * capacity], [HEIGHTENED, RAISED], LOWER).astype(object)
