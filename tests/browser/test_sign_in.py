"""Sign-in by a real identity provider, deep links that survive it, and a page in another system's frame."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect

from data.home import home
from data.journal.accounts import Account, save_account
from data.journal.journal import Journal
from data.journal.log import entries
from tests.browser import provider as providers
from tests.browser.driving import SIZE, settled
from tests.browser.keys import press, tab_to
from tests.browser.provider import Provider
from tests.browser.serving import free_port, served
from tests.unit.casework.town import build

RUTH, STRANGER = "ruth.osei@avonford.gov.uk", "somebody@avonford.gov.uk"
NORTH = frozenset({"W01", "W02"})


@dataclass
class Place:
    """A town behind an identity provider, and who lives there."""

    port: int
    outside: int
    journal: Path
    yasmin: int
    provider: Provider

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def log(self) -> list[str]:
        journal = Journal(f"sqlite:///{self.journal}")
        try:
            return [f"{entry['reader']}: {entry['action']}" for entry in reversed(entries(journal))]
        finally:
            journal.close()

    def account(self, **changed: object) -> None:
        journal = Journal(f"sqlite:///{self.journal}")
        told = {"id": RUTH, "name": "Ruth Osei", "role": "lead_professional", "team": "North", "wards": NORTH}
        save_account(journal, Account(**(told | changed)), by="test")  # type: ignore[arg-type]
        journal.close()


@pytest.fixture
def laptop(browser: Browser) -> Iterator[BrowserContext]:
    """One for each test, on which nobody ever signed in: cookies are what these tests are about."""
    context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
    yield context
    context.close()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder, port, outside = tmp_path_factory.mktemp("signing"), free_port(), free_port()
    people = build(home(folder / "home"))
    with providers.provider(RUTH, STRANGER) as known:
        asked = {
            "KINSIGHT_ADDRESS": f"http://127.0.0.1:{port}", "KINSIGHT_OIDC_CLIENT": providers.CLIENT,
            "KINSIGHT_OIDC": f"{known.address}/.well-known/openid-configuration",
            "KINSIGHT_OIDC_SECRET": providers.SECRET, "KINSIGHT_COOKIE_SECRET": "c" * 48,
            "KINSIGHT_FRAMED_BY": f"http://127.0.0.1:{outside}",
        }  # fmt: skip
        with served(folder / "home", folder / "journal.sqlite", port, **asked):
            made = Place(port, outside, folder / "journal.sqlite", people["yasmin"], known)
            made.account()
            yield made


@pytest.fixture
def case_system(place: Place) -> Iterator[str]:
    """A page of another system on the same site that holds ours in a frame."""
    body = (
        "<!doctype html><html lang=en><title>Case</title><h1>Case 12</h1><iframe title=Kinsight width=1000 height=700 "
        f'src="{place.address}/person?id={place.yasmin}&embed=true"></iframe>'
    ).encode()

    class Case(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: the test's output is its own."""

    server = ThreadingHTTPServer(("127.0.0.1", place.outside), Case)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{place.outside}/"
    server.shutdown()
    server.server_close()


def arrive(page: Page, place: Place, path: str = "", who: str = RUTH) -> None:
    """Come to ``path`` as a stranger, and sign in at the identity provider, by keyboard."""
    page.goto(f"{place.address}/{path}")
    expect(page.get_by_role("button", name="Sign in with your work account")).to_be_visible(timeout=30_000)
    settled(page)
    press(page, "Sign in with your work account")
    expect(page.get_by_role("link", name=f"I am {who}")).to_be_visible(timeout=30_000)
    press(page, f"I am {who}")


def test_a_link_to_a_person_is_kept_through_the_sign_in_and_names_nobody(page: Page, place: Place) -> None:
    arrive(page, place, f"person?id={place.yasmin}")
    expect(page.get_by_role("heading", name="Yasmin Khan")).to_be_visible(timeout=30_000)
    settled(page)
    assert page.url == f"{place.address}/person?id={place.yasmin}"
    done = [each.removeprefix(f"{RUTH}: ") for each in place.log() if each.startswith(RUTH)]
    assert done[:3] == ["sign in", "search people", "see person"], "whom the link means now is looked up first"
    names = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert "kinsight_way" not in names, "the way is forgotten once it was gone"
    assert names["_streamlit_user"]["sameSite"] == "Lax"
    assert names["_streamlit_user"]["httpOnly"]


def test_who_has_no_account_sees_nobody_and_is_told_what_to_do(page: Page, place: Place) -> None:
    arrive(page, place, f"person?id={place.yasmin}", STRANGER)
    main = page.get_by_role("main")
    expect(main).to_contain_text("You have no account here.", timeout=30_000)
    expect(main).not_to_contain_text("Yasmin")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in with your work account")).to_be_visible(timeout=30_000)


def test_role_and_account_are_looked_up_on_every_click(page: Page, place: Place) -> None:
    arrive(page, place, "search")
    expect(page.get_by_role("heading", name="Find a person")).to_be_visible(timeout=30_000)
    nav = page.get_by_test_id("stSidebarNav")
    place.account(role="trainer", team="Workforce development", wards=None)
    nav.get_by_role("link", name="Home").click()
    expect(nav.get_by_role("link", name="Training")).to_be_visible(timeout=30_000)
    expect(nav.get_by_role("link", name="Search")).to_have_count(0)
    place.account(active=False)
    nav.get_by_role("link", name="Training").click()
    expect(page.get_by_role("main")).to_contain_text("You have no account here.", timeout=30_000)
    place.account()


def framed(page: Page, place: Place) -> Frame:
    page.wait_for_function("document.querySelector('iframe').contentWindow.length >= 0")
    return next(frame for frame in page.frames if frame.url.startswith(place.address))


def test_in_another_systems_page_a_stranger_signs_in_beside_it(page: Page, place: Place, case_system: str) -> None:
    page.goto(case_system)
    beside = framed(page, place).get_by_role("link", name="Sign in in a new tab")
    expect(beside).to_be_visible(timeout=30_000)
    assert beside.get_attribute("target") == "_blank"


def test_in_another_systems_page_there_is_the_person_and_no_navigation(
    page: Page, place: Place, case_system: str
) -> None:
    arrive(page, place)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=30_000)
    page.goto(case_system)
    frame = framed(page, place)
    expect(frame.get_by_role("heading", name="Yasmin Khan")).to_be_visible(timeout=30_000)
    expect(frame.get_by_text("Kinsight · Ruth Osei")).to_be_visible()
    expect(frame.get_by_test_id("stSidebarNav")).to_have_count(0)
    expect(frame.get_by_role("button", name="Sign out")).to_have_count(0)
    tab_to(page, "Story", within=frame)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(frame.get_by_role("heading", name="Recorded as")).to_be_visible(timeout=30_000)


def test_nobody_else_may_frame_it(context_of: BrowserContext, place: Place, case_system: str) -> None:
    """The same page under another name of the machine is another origin, which nobody allowed."""
    page = context_of.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(case_system.replace("127.0.0.1", "localhost"))
    page.wait_for_timeout(1500)
    assert any(re.search("frame-ancestors", said) for said in refused)


@pytest.fixture
def context_of(browser: object) -> Iterator[BrowserContext]:
    context = browser.new_context()  # type: ignore[attr-defined]
    yield context
    context.close()
