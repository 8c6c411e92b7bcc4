"""Weighted points that fit on a card: at most ten lines, whole points, nothing to compute but a sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from analytics.models.estimator import Floats, LogOdds, Values

CUT_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)
SHORT_LIST = 40
HIGHEST_POINTS = 6
#: The lasso's, as 1 / penalty, from the weakest.
PENALTIES = tuple(np.geomspace(0.3, 1e-4, 15).tolist())
NOW_AND_THEN = 4
# All of a process's liblinear draws from one row of chances: two at once would each have others than alone.
_LIBLINEAR = Lock()


@dataclass(frozen=True)
class Line:
    """One line of the card: ``points`` when the indicator is at least, or at most, ``cut``."""

    indicator: int
    at_least: bool
    cut: float
    points: int


class Points(LogOdds):
    """Learned by lasso on yes/no indicators, then rounded. What is not known scores no points.

    An indicator has one cut, the one that tells known cases from the rest best, on the side that raises risk
    (``directions`` +1: at least; -1: at most; 0: whichever tells more).
    """

    def __init__(self, directions: Sequence[int] | None = None, lines: int = 10) -> None:
        self.directions = directions
        self.lines = lines

    def fit(self, X: Values, y: NDArray[np.bool_]) -> Self:
        X, y = np.asarray(X), np.asarray(y, bool)
        directions = np.zeros(X.shape[1], int) if self.directions is None else np.asarray(self.directions)
        candidates = [_best_cut(X[:, j], y, j, directions[j]) for j in range(X.shape[1])]
        ranked = sorted((c for c in candidates if c), key=lambda c: (-c[0], c[1].indicator))[:SHORT_LIST]
        lines = [line for _, line in ranked]
        chosen = _few(_answers(X, lines), y, self.lines)
        self.card_ = _whole_points([lines[j] for j in chosen], X, y)
        self.base_, self.worth_ = _worth(_answers(X, self.card_) @ _points(self.card_), y)
        self.n_features_in_ = X.shape[1]
        return self

    def raw(self, X: Values) -> Floats:
        return self.base_ + self.worth_ * (_answers(np.asarray(X), self.card_) @ _points(self.card_))

    def contributions(self, X: Values) -> tuple[float, Floats]:
        """Base and what each indicator adds, in log-odds: float, float64[n, m]; no indicator has two lines."""
        parts = np.zeros(np.shape(X))
        for line, yes in zip(self.card_, _answers(np.asarray(X), self.card_).T, strict=True):
            parts[:, line.indicator] = self.worth_ * line.points * yes
        return self.base_, parts


def _answers(X: Values, lines: Sequence[Line]) -> Floats:
    """Yes (1) or no (0) to each line, float64[n, lines]; not known is no."""
    out = np.zeros((len(X), len(lines)))
    for n, line in enumerate(lines):
        column = X[:, line.indicator]
        out[:, n] = column >= line.cut if line.at_least else column <= line.cut
    return out


def _points(lines: Sequence[Line]) -> Floats:
    return np.array([line.points for line in lines], dtype=float)


def _best_cut(column: Values, y: NDArray[np.bool_], indicator: int, direction: int) -> tuple[float, Line] | None:
    """The cut with the highest G statistic among those where a yes is commoner in known cases."""
    known = column[~np.isnan(column)]
    if len(known) == 0 or known.min() == known.max():
        return None
    mine = column[y & ~np.isnan(column)]
    cuts = np.unique(np.quantile(np.concatenate([known, mine, mine, mine]), CUT_QUANTILES, method="nearest"))
    cuts = np.unique(np.r_[cuts, known[known > known.min()].min(), known[known < known.max()].max()])
    best: tuple[float, Line] | None = None
    for at_least in (True, False):
        if direction * (1 if at_least else -1) < 0:
            continue
        yes = column[:, None] >= cuts if at_least else column[:, None] <= cuts
        gain = _g_statistic(yes, y)
        where = int(np.argmax(gain))
        if gain[where] > 0 and (best is None or gain[where] > best[0]):
            best = float(gain[where]), Line(indicator, at_least, float(cuts[where]), 1)
    return best


def _g_statistic(yes: NDArray[np.bool_], y: NDArray[np.bool_]) -> Floats:
    """How much a yes tells about being a known case; 0 where it tells the other way. float64[cuts]."""
    n, positives = len(y), y.sum()
    said, hit = yes.sum(axis=0).astype(float), yes[y].sum(axis=0).astype(float)
    observed = np.array([hit, said - hit, positives - hit, n - said - positives + hit])
    said_not, negatives = n - said, n - positives
    expected = np.array([said * positives, said * negatives, said_not * positives, said_not * negatives])
    with np.errstate(divide="ignore", invalid="ignore"):
        gain = 2 * np.where(observed > 0, observed * np.log(observed * n / expected), 0).sum(axis=0)
    return np.where(hit * n > said * positives, gain, 0.0)


def _few(answers: Floats, y: NDArray[np.bool_], lines: int) -> list[int]:
    """The first (largest) set of at most ``lines`` answers that the lasso keeps as its penalty grows."""
    kept = cache(lambda place: [int(j) for j in np.flatnonzero(lasso(answers, y, PENALTIES[place]) > 0)])
    first, weaker = len(PENALTIES) if answers.shape[1] else 0, 0
    # Fewer are kept the larger the penalty, so that halving finds about where; weak penalties take longest to fit.
    while weaker < first:
        middle = (weaker + first) // 2
        first, weaker = (middle, weaker) if len(kept(middle)) <= lines else (first, middle + 1)
    # About the border one more or less is kept now and then.
    for place in range(min(first, len(PENALTIES)) - 1, -1, -1):
        if len(kept(place)) > lines + NOW_AND_THEN:
            break
        first = place if len(kept(place)) <= lines else first
    return kept(first) if answers.shape[1] and first < len(PENALTIES) else []


def lasso(answers: Floats, y: NDArray[np.bool_], C: float) -> Floats:
    """Weight of each answer, float64[lines], when the penalty is 1 / ``C``."""
    # liblinear without a random_state shuffles; with one, the same rows give the same weights, if nobody else draws.
    with _LIBLINEAR:
        model = LogisticRegression(l1_ratio=1.0, C=C, solver="liblinear", random_state=0, max_iter=300)
        return np.asarray(model.fit(answers, y).coef_[0])


def _whole_points(lines: list[Line], X: Values, y: NDArray[np.bool_]) -> tuple[Line, ...]:
    """Weights of an ordinary fit, as whole points from 1 to 6; lines that would lower the score are left out."""
    if not lines:
        return ()
    weight = LogisticRegression(C=1.0, max_iter=500).fit(_answers(X, lines), y).coef_[0]
    if weight.max() <= 0:
        return ()
    points = np.rint(HIGHEST_POINTS * weight / weight.max()).astype(int)
    kept = [Line(a.indicator, a.at_least, a.cut, int(p)) for a, p in zip(lines, points, strict=True) if p > 0]
    return tuple(sorted(kept, key=lambda line: (-line.points, line.indicator)))


def _worth(total: Floats, y: NDArray[np.bool_]) -> tuple[float, float]:
    """Log-odds at no points, and what one point adds."""
    model = LogisticRegression(C=1e4, max_iter=500).fit(total[:, None], y)
    return float(model.intercept_[0]), float(model.coef_[0, 0])
