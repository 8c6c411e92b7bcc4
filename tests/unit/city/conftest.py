"""A small finished simulation that several tests look at."""

import pytest

from data.city.simulation import Run, simulate


@pytest.fixture(scope="session")
def run() -> Run:
    """300 families, simulated once (about a second)."""
    return simulate(300, 1)
