"""Families in five folds: everyone is scored by a model that has never seen their family."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray

from analytics.models.estimator import Floats, Ranker, Scorer, Telling, Values

FOLDS = 5
WORKERS = 2


def fold_of(family: NDArray[np.int64]) -> NDArray[np.int8]:
    """Fold of each family number, int8[n]: by MD5, so that it never changes and depends on nothing else."""
    numbers, index = np.unique(family, return_inverse=True)
    return np.fromiter(map(_fold, numbers.tolist()), np.int8, len(numbers))[index]


@lru_cache(maxsize=1 << 20)
def _fold(number: int) -> int:
    """Worked out once a family: every model asks for the same ones at every date."""
    digest = hashlib.md5(str(number).encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[:8], "big") % FOLDS


@dataclass(frozen=True)
class Folded:
    """One fitted estimator a fold; ``models[f]`` has not seen fold ``f``."""

    models: tuple[Scorer, ...]

    def raw(self, X: Values, fold: NDArray[np.int8]) -> Floats:
        """Raw score of each person by the model that never saw their fold, float64[n]."""
        out = np.full(len(X), np.nan)
        for number, model in enumerate(self.models):
            mine = fold == number
            if mine.any():
                out[mine] = model.raw(X[mine])
        return out

    def contributions(self, X: Values, fold: NDArray[np.int8]) -> tuple[Floats, Floats]:
        """Base float64[n], by fold, and contributions float64[n, m]; of models that can say why."""
        base, parts = np.zeros(len(X)), np.zeros(X.shape)
        for number, model in enumerate(self.models):
            mine = np.flatnonzero(fold == number)
            if len(mine):
                base[mine], parts[mine] = cast(Telling, model).contributions(X[mine])
        return base, parts


def fit_folds(
    makes: Sequence[Callable[[], Ranker]], X: Values, y: NDArray[np.bool_], fold: NDArray[np.int8]
) -> list[Folded]:
    """Fits every estimator without each fold in turn; two threads, each keeping its sums in one order."""
    jobs = [delayed(_fit)(make(), X, y, fold != number) for make in makes for number in range(FOLDS)]
    models = Parallel(n_jobs=WORKERS, backend="threading")(jobs)
    return [Folded(tuple(models[at : at + FOLDS])) for at in range(0, len(models), FOLDS)]


def _fit(model: Ranker, X: Values, y: NDArray[np.bool_], rows: NDArray[np.bool_]) -> Ranker:
    return model.fit(X[rows], y[rows])
