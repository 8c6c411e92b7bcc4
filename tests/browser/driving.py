"""Chromium as a reader of Kinsight uses it: sign in, go to a page, wait until it is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect, sync_playwright

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


def settled(page: Page, seconds: float = 30.0) -> None:
    """Wait until Streamlit has drawn the page and its script rests."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=seconds * 1000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=seconds * 1000)


def sign_in(page: Page, port: int, account: str = "demo.north", path: str = "") -> None:
    """Come as a stranger to ``/path``, and sign in there."""
    page.goto(f"http://127.0.0.1:{port}/{path}")
    settled(page)
    page.locator(f".st-key-sign_in_{account.replace('.', '-')} button").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=30_000)
    settled(page)


def go(page: Page, title: str) -> None:
    """Go to a page by its name in the navigation."""
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=re.compile(rf"^{re.escape(title)}$")).click()
    expect(page).to_have_title(re.compile(re.escape(title)))
    settled(page)
