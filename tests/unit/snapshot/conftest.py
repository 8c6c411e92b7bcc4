"""A home to publish into, with encryption off until a test turns it on."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.home import Home, home


@pytest.fixture(autouse=True)
def _no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KINSIGHT_KEY", raising=False)


@pytest.fixture
def place(tmp_path: Path) -> Home:
    return home(tmp_path / "home")
