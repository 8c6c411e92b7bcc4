"""Mixham, built once, and sessions of its readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from data.access.gate import Session, session
from data.home import Home
from data.journal.accounts import Account, save_account
from tests.journals import offered
from tests.unit.governance.mixed import build

Reviewer = Callable[..., Session]


@dataclass(frozen=True)
class Place:
    """Where the town lives, and its people and clients by name."""

    home: Path
    named: dict[str, int]

    def __getitem__(self, name: str) -> int:
        return self.named[name]


@pytest.fixture(scope="session")
def mixham(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A handful of people. Read only: what reviewers say goes into a journal of each test's own."""
    home = tmp_path_factory.mktemp("mixham")
    return Place(home, build(Home(home)))


@pytest.fixture
def reviewer(mixham: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reviewer]:
    """``reviewer("demo.quality")``: a script run of that reader; ``second`` is another data-quality officer."""
    monkeypatch.setenv("KINSIGHT_JOURNAL", f"sqlite:///{tmp_path / 'journal.sqlite'}")
    home = Home(mixham.home)
    save_account(offered(home), Account("second", "Tom Bell", "data_quality"), by="admin")
    with ExitStack() as stack:

        def opened(account: str = "demo.quality", purpose: str = "Quality of the data") -> Session:
            return stack.enter_context(session(home, account, purpose))

        yield opened
