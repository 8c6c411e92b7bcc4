"""Those among whom a model learned to find the cases: what later children are held against, to tell drift."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from analytics.models.training import TrainingSet


@dataclass(frozen=True)
class Learned:
    """``values`` float32[n, m], a column an indicator, and ``month`` int8[n] of the dates they are of."""

    values: NDArray[np.float32]
    month: NDArray[np.int8]

    @classmethod
    def of(cls, training: TrainingSet) -> Learned:
        """Everybody of ``training`` but the cases."""
        rest = ~training.positive
        month = training.as_of[rest].astype("datetime64[M]").astype(np.int64) % 12 + 1
        return cls(training.values[rest], month.astype(np.int8))

    def of_season(self, day: date, fewest: int) -> NDArray[np.float32]:
        """Those of the same month, float32[k, m]: what is counted by school terms is another number in October.

        Everybody where they are less than ``fewest``.
        """
        same = self.month == day.month
        return self.values[same] if same.sum() >= fewest else self.values
