"""How grave a contact is likely to be: an ordinal logistic regression, calibrated, that says why.

One regression for each step of what followed (another contact, taken up, harm), on the same indicators (a continuation
of Peterson and Harrell's partial proportional odds, 1990: the steps need not have the same weights); probabilities are
then put in order. Whoever is scored was in no fold that the score was learned from.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from analytics.models.folds import FOLDS
from analytics.triage.harm import AGAIN, HARM, TAKEN_UP
from analytics.triage.logistic import Logistic
from data.contacts import LEVELS

Floats = NDArray[np.float64]
STEPS = (AGAIN, TAKEN_UP, HARM)
#: Their names in the snapshot.
STEP_NAMES = ("again", "taken_up", "harm")


@dataclass(frozen=True)
class Grader:
    """One logistic regression a step of what followed, in the order of `STEPS`."""

    steps: tuple[Logistic, ...]

    @classmethod
    def fit(cls, X: Floats, followed: NDArray[np.int64]) -> Grader:
        """X float64[n, m]; followed int64[n], 0 to 3. Raises ``ValueError`` where a step never or always happened."""
        return cls(tuple(Logistic.fit(X, followed >= step) for step in STEPS))

    def raw(self, X: Floats) -> Floats:
        """Log-odds of each step, float64[n, 3]."""
        return np.column_stack([step.raw(X) for step in self.steps])

    def chances(self, X: Floats) -> Floats:
        """P(another contact or worse), P(taken up or worse), P(harm): float64[n, 3], never rising to the right."""
        return np.minimum.accumulate(expit(self.raw(X)), axis=1)

    @property
    def harm(self) -> Logistic:
        """The step that says why: what each indicator adds to the log-odds of harm."""
        return self.steps[-1]


@dataclass(frozen=True)
class Levels:
    """From P(harm) to a level of 0 to 4, as many at each as the hub itself has graded there."""

    at: tuple[float, ...]

    @classmethod
    def as_many(cls, harm: Floats, grade: NDArray[np.int64]) -> Levels:
        """``harm`` float64[n] and what the hub decided, 0 to 4, of the same contacts."""
        below = [(grade < level).mean() for level in range(1, len(LEVELS))]
        return cls(tuple(float(cut) for cut in np.quantile(harm, below)))

    def of(self, harm: Floats) -> NDArray[np.int64]:
        return np.searchsorted(self.at, harm, side="right").astype(np.int64)


def folded(
    X: Floats, followed: NDArray[np.int64], fold: NDArray[np.int8], of: Floats, fold_of: NDArray[np.int8]
) -> Floats:
    """Chances float64[k, 3] of the contacts ``of``, each by a grader that saw nobody of its fold of families."""
    out = np.zeros((len(of), len(STEPS)))
    for number in range(FOLDS):
        mine = fold_of == number
        if mine.any():
            out[mine] = Grader.fit(X[fold != number], followed[fold != number]).chances(of[mine])
    return out
