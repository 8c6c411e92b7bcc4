"""The town of Fernhill, built once, and sessions of its readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from data.access.gate import Session
from data.access.session import session
from data.home import Home
from tests.journals import offered
from tests.unit.casework.town import build

SessionOf = Callable[..., Session]


@dataclass(frozen=True)
class Fernhill:
    """Where the town lives, and the people whom tests speak of."""

    home: Path
    people: dict[str, int]

    def __getitem__(self, name: str) -> int:
        return self.people[name]


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Fernhill:
    """Five hundred invented people. Read only: what readers do goes into a journal of each test's own."""
    home = tmp_path_factory.mktemp("fernhill")
    return Fernhill(home, build(Home(home)))


def _sessions(home: Home) -> Iterator[SessionOf]:
    offered(home)
    with ExitStack() as stack:

        def opened(account: str = "demo.north", purpose: str = "Allocated case") -> Session:
            return stack.enter_context(session(home, account, purpose))

        yield opened


@pytest.fixture
def session_of(town: Fernhill, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionOf]:
    """``session_of("demo.north")``: a script run of that reader, with a fresh journal for the test."""
    monkeypatch.setenv("KINSIGHT_JOURNAL", f"sqlite:///{tmp_path / 'journal.sqlite'}")
    yield from _sessions(Home(town.home))


@pytest.fixture(scope="session")
def town_later(town: Fernhill, tmp_path_factory: pytest.TempPathFactory) -> Fernhill:
    """Fernhill, whose readers saw a list a quarter ago."""
    from tests.unit.casework.later import later

    return later(town, tmp_path_factory.mktemp("fernhill_later"))


@pytest.fixture
def later_of(town_later: Fernhill, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionOf]:
    """``session_of`` for the town a quarter later."""
    monkeypatch.setenv("KINSIGHT_JOURNAL", f"sqlite:///{tmp_path / 'later.sqlite'}")
    yield from _sessions(Home(town_later.home))
