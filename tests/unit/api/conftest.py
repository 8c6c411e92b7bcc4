"""The interface on Fernhill's hub: a client of it, and tokens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from data.access.tokens import issue, offer_demonstration_token
from data.home import Home
from data.journal.accounts import Account, save_account
from data.journal.journal import Journal, journal_of
from data.snapshot.reading import current
from pages.api.app import interface
from pages.api.guard import Guard
from pages.api.rate import Rate
from tests.journals import offered
from tests.unit.casework.conftest import Fernhill
from tests.unit.triage.hub_town import build_hub


class Client:
    """Requests to an interface in this process."""

    def __init__(self, app: Guard) -> None:
        self.app = app

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://hub") as client:
                return await client.request(method, path, **more)

        return asyncio.run(asked())

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.request("GET", path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self.request("POST", path, **more)


@dataclass
class Platform:
    """The hub's own platform, as it reaches the interface on ``home``."""

    home: Path
    client: Client
    token: str

    @property
    def journal(self) -> Journal:
        return journal_of(Home(self.home))

    def told(self, number: str, *people: dict[str, Any], **more: Any) -> dict[str, Any]:
        contact = {"agency": "school", "reason": "neglect", "narrative": "She was hit and is afraid."}
        return contact | {"number": number, "people": list(people)} | more

    def hand_in(self, number: str, *people: dict[str, Any], **more: Any) -> httpx.Response:
        return self.client.post("/v1/contacts", json=self.told(number, *people, **more), headers=self.signed())

    def get(self, path: str, token: str | None = None) -> httpx.Response:
        return self.client.get(path, headers=self.signed(token))

    def signed(self, token: str | None = None) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token if token is None else token}", "Kinsight-Officer": "staff-17"}


@pytest.fixture(scope="session")
def hub_town(tmp_path_factory: pytest.TempPathFactory) -> Fernhill:
    """Read only."""
    home = tmp_path_factory.mktemp("interface")
    return Fernhill(home, build_hub(Home(home)))


Reach = Callable[[Path], Platform]


@pytest.fixture
def reach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reach:
    """``reach(home)``: the platform of that home, with a token and a journal of the test's own."""
    monkeypatch.setenv("KINSIGHT_JOURNAL", f"sqlite:///{tmp_path / 'journal.sqlite'}")

    def reached(home: Path) -> Platform:
        monkeypatch.setenv("KINSIGHT_HOME", str(home))
        journal = offered(Home(home))
        with current(Home(home)) as snapshot:
            offer_demonstration_token(journal, snapshot)
        save_account(journal, Account("hub.platform", "Hub platform", "hub_platform"), by="it")
        return Platform(home, Client(interface(Rate(10_000))), issue(journal, "hub.platform", 30, by="it")[1])

    return reached


@pytest.fixture
def platform(reach: Reach, hub_town: Fernhill) -> Platform:
    return reach(hub_town.home)
