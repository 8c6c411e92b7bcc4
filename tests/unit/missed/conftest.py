"""The invented history of the models' own tests."""

from tests.unit.models.conftest import history, small_run

__all__ = ["history", "small_run"]
