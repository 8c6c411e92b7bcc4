"""A town small enough to build in a second, for pages whose every state has to be met."""

from __future__ import annotations

import pytest

from data.home import Home
from tests.unit.casework.conftest import Fernhill, session_of
from tests.unit.casework.town import build

__all__ = ["session_of"]


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Fernhill:
    """Five hundred invented people, with Yasmin Khan among them. Read only."""
    home = tmp_path_factory.mktemp("fernhill")
    return Fernhill(home, build(Home(home)))
