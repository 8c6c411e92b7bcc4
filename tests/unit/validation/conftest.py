"""A model that stands on a small invented history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from analytics.evaluation.labels import evaluation_date
from analytics.matrix.matrix import Matrix
from analytics.models.inputs import Inputs, Job
from analytics.models.specs.cse import CSE
from analytics.validation.stand import Stand
from tests.unit.models.conftest import invent

SILENT: Callable[[str, float], None] = lambda stage, share: None  # noqa: E731


def standing(inputs: Inputs, estimator: str = "points") -> Stand:
    """As `stand` makes it from a snapshot; between two quarters the indicators are the earlier one's."""
    job = Job.of(CSE, inputs)
    day = evaluation_date(job.matrices, job.today, CSE.gap_days, CSE.horizon_months)
    assert day is not None

    def indicators(at: date) -> Matrix:
        latest = job.matrices[max(each for each in job.matrices if each <= at)]
        return Matrix(latest.people, at, latest.names, latest.values)

    return Stand(job, estimator, day, indicators, frozenset(), (np.zeros(0, np.int64), np.zeros(0)))


@pytest.fixture(scope="session")
def invented() -> Inputs:
    return invent(900, share=0.08)


@pytest.fixture(scope="session")
def given_model(invented: Inputs) -> Stand:
    return standing(invented)
