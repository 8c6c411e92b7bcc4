"""A home of its own for each test."""

from __future__ import annotations

import pytest

from data.home import Home, home


@pytest.fixture
def place(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Home:
    for name in ("KINSIGHT_KEY", "KINSIGHT_JOURNAL"):
        monkeypatch.delenv(name, raising=False)
    return home(tmp_path / "home")
