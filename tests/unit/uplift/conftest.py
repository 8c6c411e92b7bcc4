"""Trials of which the right answer is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from analytics.matrix.matrix import Matrix
from analytics.models.specs.parenting import PARENTING
from analytics.models.training import Families
from analytics.models.uplift_spec import UpliftSpec
from analytics.uplift.facts import Given
from analytics.uplift.trial import Trial

NAMES = ("behaviour", "domestic", "contacts_24m", "age")
Make = Callable[..., Trial]


@pytest.fixture
def spec() -> UpliftSpec:
    return PARENTING


@pytest.fixture
def trial() -> Make:
    """A trial of ``size`` families. Half of them are spared ``helps`` of their contacts: those with behaviour noted.

    With ``by_need`` places went to those with domestic abuse noted, mostly.
    """

    def make(size: int = 2400, helps: float = 0.8, by_need: bool = False, seed: int = 0) -> Trial:
        rng = np.random.default_rng(seed)
        behaviour, domestic = (rng.random(size) < 0.5), (rng.random(size) < 0.5)
        before = rng.poisson(1.0 + domestic)
        offered = rng.random(size) < (np.where(domestic, 0.85, 0.15) if by_need else 0.5)
        expected = 1.0 + domestic
        outcome = rng.poisson(expected * np.where(offered & behaviour, 1 - helps, 1.0)).astype(float)
        values = np.column_stack([behaviour, domestic, before, rng.integers(3, 11, size)]).astype(np.float32)
        people = np.arange(size, dtype=np.int64)
        return Trial(people, people // 2 * 2 + 1, offered, outcome, values, NAMES, np.full(size, offered.mean()))

    return make


@pytest.fixture
def told() -> Callable[[Trial], Given]:
    """What a run reads of a trial: a thousand others may be offered a place today."""

    def make(trial: Trial) -> Given:
        values = trial.values[:1000]
        people = np.arange(10_000, 10_000 + len(values), dtype=np.int64)
        today = Matrix(people, date(2026, 10, 1), trial.names, values)
        return Given(trial, today, Families(people, people), applied=1200.0, family_count=27_000)

    return make
