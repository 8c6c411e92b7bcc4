"""What tests of several folders look at: a small invented history, and what a model learns from it, learned once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from analytics.models.inputs import Inputs
    from analytics.models.result import ModelResult


@pytest.fixture(scope="session")
def history() -> Inputs:
    """Three thousand children."""
    from tests.unit.models.conftest import invent

    return invent(3000)


@pytest.fixture(scope="session")
def small_run(history: Inputs) -> ModelResult:
    from analytics.models.pipeline import run
    from analytics.models.specs.cse import CSE

    return run(CSE, history)
