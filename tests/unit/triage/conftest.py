"""Fernhill's hub, built once, and sessions of its officers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from data.access.gate import Session
from data.access.session import session
from data.home import Home
from data.journal.accounts import Account, save_account
from data.snapshot.reading import current
from tests.journals import offered
from tests.unit.casework.conftest import Fernhill
from tests.unit.triage.hub_town import build_hub

Enter = Callable[..., Session]


@pytest.fixture(scope="session")
def hub_town(tmp_path_factory: pytest.TempPathFactory) -> Fernhill:
    """Read only: what officers do goes into a journal of each test's own."""
    home = tmp_path_factory.mktemp("hub")
    return Fernhill(home, build_hub(Home(home)))


@pytest.fixture
def enter(hub_town: Fernhill, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Enter]:
    """``enter("demo.hub")``: a script run of that officer on Fernhill, or on another home."""
    monkeypatch.setenv("KINSIGHT_JOURNAL", f"sqlite:///{tmp_path / 'journal.sqlite'}")
    with ExitStack() as stack:

        def entered(account: str = "demo.hub", home: Path = hub_town.home) -> Session:
            journal = offered(Home(home))
            with current(Home(home)) as snapshot:
                if not snapshot.invented:
                    save_account(journal, Account(account, "Nia Roberts", "mash_officer"), by="test")
            return stack.enter_context(session(Home(home), account, "New contact or referral"))

        yield entered
