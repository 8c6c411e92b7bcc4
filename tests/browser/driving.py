"""Chromium as a reader of Kinsight uses it: sign in, go to a page, wait until it is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from pages.entry import sign_in as sign_in_page
from tests.browser.provision import FLAGS, HELP, installed

SIZE = {"width": 1366, "height": 768}


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with a fresh profile. Raises `RuntimeError` where none is installed."""
    path = installed()
    if path is None:
        raise RuntimeError(HELP)
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=list(FLAGS))


# Looked at on every frame: Playwright's own expectations look less and less often, too rarely to measure by.
_SETTLED = """title => {
    const app = document.querySelector("[data-testid=stApp]")
    return app && app.dataset.testScriptState === "notRunning" && document.title.startsWith(title)
        && !document.querySelector("[data-testid=stSkeleton], [data-stale=true]")
}"""


def settled(page: Page, title: str = "", seconds: float = 30.0) -> None:
    """Wait until Streamlit has drawn the page called ``title`` and its script rests."""
    page.wait_for_function(_SETTLED, arg=title, timeout=seconds * 1000)


@contextmanager
def window(context: BrowserContext) -> Iterator[Page]:
    """A fresh window, which leaves nothing but what the browser has loaded.

    Raises `AssertionError` at its end when a page logged an error or asked anything outside.
    """
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: wrong.append(request.url) if _outside(request.url) else None)
    yield page
    if page.url.startswith("http"):
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
    page.close()
    context.clear_cookies()
    assert wrong == []


def _outside(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:"))


def sign_in(page: Page, port: int, account: str = "demo.north", path: str = "") -> None:
    """Come as a stranger to ``/path``, and sign in there; after `sign_out`, and without a path, where one stands."""
    here = page.url.startswith(f"http://127.0.0.1:{port}/") and page.title().startswith(sign_in_page.TITLE)
    if path or not here:
        page.goto(f"http://127.0.0.1:{port}/{path}")
        settled(page)
    page.locator(f".st-key-sign_in_{account.replace('.', '-')} button").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=30_000)
    settled(page)


def sign_out(page: Page) -> None:
    """Leave, for somebody else to sign in at the same window."""
    page.get_by_role("button", name="Sign out").click()
    settled(page, sign_in_page.TITLE)


def go(page: Page, title: str) -> None:
    """Go to a page by its name in the navigation."""
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=re.compile(rf"^{re.escape(title)}$")).click()
    settled(page, title)


def search_for(page: Page, typed: str) -> None:
    """On Search, say why, and search, by keyboard alone: the box has the focus when the page opens."""
    box = page.get_by_label("Name, date of birth, postcode")
    expect(box).to_be_focused(timeout=30_000)
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    settled(page)
    reason = page.get_by_role("radio", name="Allocated case").or_(page.get_by_role("button", name="Allocated case"))
    for _ in range(4):
        if reason.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    settled(page)
