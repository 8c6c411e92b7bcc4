"""Two cities without people: one invented, one that might be real."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.nowhere import publish


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    return publish(tmp_path / "nowhere")


@pytest.fixture
def real_city(tmp_path: Path) -> Path:
    return publish(tmp_path / "real", invented=False)
