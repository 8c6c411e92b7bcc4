"""Whether places fell as lots fall: are the two arms alike in everything that was known before the draw?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from analytics.evaluation.bootstrap import Figure, family_weights, figure
from analytics.models.folds import FOLDS
from analytics.models.logistic import Logistic
from analytics.uplift.trial import Trial

Floats = NDArray[np.float64]
#: A difference of a tenth of a standard deviation is the usual limit (Austin, 2009).
ALIKE = 0.1
#: By chance alone, one of 136 indicators lies further apart than this many standard errors in one draw of 60.
FAR = 4.0
#: Beyond these chances of an offer there is nobody to compare with; so many may lie beyond.
OVERLAP, MAY_LIE_BEYOND = (0.1, 0.9), 0.05


@dataclass(frozen=True)
class Balance:
    """Differences between the arms in standard deviations and their standard errors, float[m] by indicator.

    ``told``: how often indicators tell which of two families was offered a place; ``overlap``: the share of families
    who could have been in either arm.
    """

    names: tuple[str, ...]
    differences: Floats
    errors: Floats
    told: Figure
    overlap: float
    arms: tuple[int, int]

    @property
    def apart(self) -> tuple[str, ...]:
        """Indicators in which the arms differ by more than chance and custom allow, the widest first."""
        size = np.abs(np.nan_to_num(self.differences))
        far = np.flatnonzero(size > np.maximum(ALIKE, FAR * self.errors))
        return tuple(self.names[place] for place in far[np.argsort(-size[far], kind="stable")])

    @property
    def random(self) -> bool:
        """Whether the arms are as alike as lots would leave them."""
        blind = self.told.low is None or self.told.low <= 0.5 or (self.told.value or 0.5) < 0.55
        return blind and not self.apart

    @property
    def overlaps(self) -> bool:
        """Whether nearly every family could have been in either arm."""
        return self.overlap >= 1 - MAY_LIE_BEYOND


def balance(trial: Trial) -> tuple[Balance, Floats]:
    """How alike the arms are, and each row's chance of an offer as indicators tell it, by a model without its fold."""
    chance = propensity(trial)
    inside = (chance >= OVERLAP[0]) & (chance <= OVERLAP[1])
    found = Balance(trial.names, *differences(trial), _told(trial, chance), float(inside.mean()), trial.arms)
    return found, chance


def differences(trial: Trial) -> tuple[Floats, Floats]:
    """Standardised mean difference of each indicator, offered less waiting, and its standard error, float[m] each.

    NaN where an indicator never varies. The error goes by the families of whom it is known.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        mean, spread, error = [], [], np.zeros(len(trial.names))
        for arm in (trial.offered, ~trial.offered):
            values = trial.values[arm].astype(np.float64)
            known = ~np.isnan(values)
            count = np.maximum(known.sum(0), 1)
            centre = np.where(known, values, 0).sum(0) / count
            mean.append(np.where(known.any(0), centre, np.nan))
            spread.append(np.where(known, (values - centre) ** 2, 0).sum(0) / count)
            error += 1 / count
        pooled = np.sqrt((spread[0] + spread[1]) / 2)
        return np.where(pooled > 0, (mean[0] - mean[1]) / pooled, np.nan), np.sqrt(error)


def propensity(trial: Trial) -> Floats:
    """Chance of an offer as indicators tell it, float[n]; each fold by a logistic that never saw it."""
    out, fold = np.full(len(trial), trial.offered.mean()), trial.fold
    for number in range(FOLDS):
        mine = fold == number
        if mine.any() and 0 < trial.offered[~mine].sum() < (~mine).sum():
            told = Logistic(C=0.1).fit(trial.values[~mine], trial.offered[~mine])
            out[mine] = told.predict_proba(trial.values[mine])[:, 1]
    return out


def _told(trial: Trial, chance: Floats) -> Figure:
    """How often the indicators tell who of a pair was offered: one half where lots were drawn."""
    weights = family_weights(trial.family, 100)
    aucs = [_auc(trial.offered, chance, column) for column in weights.T]
    return figure(np.array(aucs))


def _auc(offered: NDArray[np.bool_], chance: Floats, times: NDArray[np.integer]) -> float:
    some = times > 0
    if len(np.unique(offered[some])) < 2:
        return float("nan")
    return float(roc_auc_score(offered[some], chance[some], sample_weight=times[some]))
