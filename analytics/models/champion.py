"""The version of a model that people approved: as it was measured, and as it scores until they approve another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.models.calibration import Calibration
from analytics.models.folds import Folded
from analytics.models.learned import Learned
from analytics.similarity.known_cases import KnownCaseSimilarity

#: What of a declaration may change without another question being asked: when people look at it again.
_REVIEW = "review_on"


@dataclass(frozen=True)
class Fitted:
    """All that a score is made by: what a bundle holds."""

    model: Folded
    calibration: Calibration
    similarity: KnownCaseSimilarity | None


@dataclass(frozen=True)
class Champion:
    """``measured``: before it learned from the year that it is measured on. ``names``: the indicators that it reads.

    ``fitted``: with everything that was known when it was ``trained``. ``learned``: what drift is measured from.
    ``spec``: its declaration, in plain JSON. ``data``: hash of what it was trained on.
    """

    version: str
    estimator: str
    measured: Folded
    fitted: Fitted
    names: tuple[str, ...]
    learned: Learned
    trained: date
    data: str
    spec: Mapping[str, Any]

    def reads(self, names: tuple[str, ...]) -> bool:
        """Whether all that it reads is among the indicators ``names``."""
        return not set(self.names) - set(names)

    def answers(self, declared: Mapping[str, Any]) -> bool:
        """Whether it was approved for what is ``declared`` now: to all but the day of its review the same."""
        return _asked(self.spec) == _asked(declared)


def _asked(spec: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in spec.items() if name != _REVIEW}
