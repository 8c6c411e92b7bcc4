"""A served city, a served town and a browser: each made once a test process, the town served anew for each module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from data.home import home
from tests.browser.driving import SIZE, chromium, window
from tests.browser.serving import served
from tests.unit.casework.town import build


@pytest.fixture(scope="session")
def served_app(small_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server on the small city."""
    with served(small_home, tmp_path_factory.mktemp("journal") / "journal.sqlite") as port:
        yield port


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of Fernhill, a town written for tests, where Yasmin Khan lives. Read only."""
    place = tmp_path_factory.mktemp("fernhill")
    build(home(place))
    return place


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the journal of a module's tests is."""
    return tmp_path_factory.mktemp("journal") / "journal.sqlite"


@pytest.fixture(scope="module")
def fernhill(town: Path, journal: Path) -> Iterator[int]:
    """The port of a server on Fernhill, where no journal of another module is."""
    with served(town, journal) as port:
        yield port


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def laptop(browser: Browser) -> Iterator[BrowserContext]:
    """A small laptop, on which a module's tests open their windows: what the first has loaded need not come again."""
    context = browser.new_context(viewport=SIZE)
    yield context
    context.close()


@pytest.fixture
def page(laptop: BrowserContext) -> Iterator[Page]:
    """A fresh window; a test with it fails when the page logs an error or asks anything outside."""
    with window(laptop) as opened:
        yield opened
