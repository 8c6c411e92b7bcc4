"""What a model's run hands over to whoever publishes it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation import rows as evaluation_rows
from analytics.evaluation.evaluate import as_json
from analytics.evaluation.rows import Row
from analytics.models.calibration import Calibration
from analytics.models.folds import Folded
from analytics.models.hindsight import Hindsight
from analytics.models.learned import Learned
from analytics.models.selection import Choice
from analytics.models.spec import ModelSpec
from analytics.similarity.known_cases import KnownCaseSimilarity

SCORE_COLUMNS = "person model version as_of raw probability band rank percentile similarity reasons".split()
CONTRIBUTION_COLUMNS = "person model as_of indicator value contribution".split()
LEAST_AMOUNT = 5e-4


@dataclass(frozen=True)
class Contributions:
    """What each indicator adds to each person's raw score: base float64[n], values and amounts float32[n, m]."""

    people: NDArray[np.int64]
    as_of: date
    names: tuple[str, ...]
    base: NDArray[np.float64]
    values: NDArray[np.float32]
    amounts: NDArray[np.float32]

    def table(self, model: str) -> pd.DataFrame:
        """Long, with the columns of the snapshot's ``contribution``: a row ``base`` a person, then what adds something.

        Amounts that no screen could show (under 0.0005) go together in one row ``rest``, so that the sum still holds.
        """
        shown = np.abs(self.amounts) >= LEAST_AMOUNT
        who, what = np.nonzero(shown)
        n, m = len(self.people), len(self.names)
        rest = np.where(shown, 0, self.amounts).astype(np.float64).sum(axis=1)
        blank = np.full(n, np.nan, np.float32)
        codes = np.concatenate([np.full(n, m), np.full(n, m + 1), what])
        frame = pd.DataFrame(
            {
                "person": np.concatenate([self.people, self.people, self.people[who]]),
                "model": model,
                "as_of": np.datetime64(self.as_of, "s"),
                "indicator": pd.Categorical.from_codes(codes, pd.Index([*self.names, "base", "rest"])),
                "value": np.concatenate([blank, blank, self.values[who, what]]),
                "contribution": np.concatenate([self.base, rest, self.amounts[who, what].astype(np.float64)]),
            },
            columns=CONTRIBUTION_COLUMNS,
        )
        return frame[frame["contribution"] != 0].sort_values(["person", "indicator"], ignore_index=True)


@dataclass(frozen=True)
class ModelResult:
    """One run of one spec. A model that is withheld may still have scores, for training staff, or none at all."""

    spec: ModelSpec
    version: str
    state: str
    reason: str
    trained: date
    names: tuple[str, ...]
    estimator: str | None = None
    #: Hash of what it was trained on.
    data: str = ""
    evaluated_at: date | None = None
    capacity: int = 0
    training: dict[str, object] = field(default_factory=dict)
    choice: Choice | None = None
    rows: list[Row] = field(default_factory=list)
    hindsight: Hindsight | None = None
    model: Folded | None = None
    #: The same as it was measured: fitted on what was known by the date of measurement.
    measured: Folded | None = None
    calibration: Calibration | None = None
    similarity: KnownCaseSimilarity | None = None
    similarity_people: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    learned: Learned | None = None
    scores: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=SCORE_COLUMNS))
    contributions: Contributions | None = None
    #: The version that was trained now, where the one that people approved goes on scoring.
    challenger: ModelResult | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    def evaluation_table(self, labels: tuple[str, ...] = ("identified",)) -> pd.DataFrame:
        """Rows of the snapshot's ``evaluation``; ``truth`` only where it is asked for, since it stays beside."""
        return evaluation_rows.table(self.spec.name, self.rows, labels)

    def model_table(self) -> pd.DataFrame:
        """The one row of the snapshot's ``model``."""
        row = (self.spec.name, self.version, self.estimator, self.state, self.reason, self.trained)
        columns = "model version estimator state reason trained spec".split()
        return pd.DataFrame([(*row, json.dumps(self.spec.as_json(), sort_keys=True))], columns=columns)

    def as_json(self, labels: tuple[str, ...] = ("identified", "truth")) -> dict[str, object]:
        """The run and its figures against ``labels``; what is kept with the model must leave out the truth."""
        day = self.evaluated_at
        return {
            "model": self.spec.name,
            "version": self.version,
            "state": self.state,
            "reason": self.reason,
            "estimator": self.estimator,
            "evaluated_at": None if day is None else day.isoformat(),
            "capacity": self.capacity,
            "training": self.training,
            "choice": None if self.choice is None else self.choice.as_json(),
            "calibration": None if self.calibration is None else self.calibration.kind,
        } | as_json([row for row in self.rows if row.label in labels])
