"""A room session in real browsers: a trainer opens it, two phones come in and answer, the wall shows it, paper out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.barriers import barriers, spills
from tests.browser.driving import go, settled, sign_in

PHONE = {"width": 360, "height": 740}
CODE = re.compile(r"^[2-9A-Z]{4}-[2-9A-Z]{4}$")


@contextmanager
def phone(browser: Browser, port: int, code: str) -> Iterator[Page]:
    """A phone that came in by the QR code."""
    with browser.new_context(viewport=PHONE) as context:  # type: ignore[arg-type]
        window = context.new_page()
        window.goto(f"http://127.0.0.1:{port}/room?code={code}")
        window.get_by_role("button", name="Come in").click()
        expect(window.get_by_role("main")).to_contain_text("You are in.", timeout=30_000)
        yield window


def said(window: Page, worry: str) -> None:
    """Choose, by keyboard, and send."""
    window.get_by_role("radio", name=worry, exact=True).focus()
    window.keyboard.press("Space")
    window.get_by_role("button", name="Send").press("Enter")
    expect(window.get_by_role("main")).to_contain_text(f"Sent: {worry}", timeout=30_000)


def clean(window: Page, name: str) -> None:
    """No barrier, and nothing wider than the window."""
    if folder := os.environ.get("KINSIGHT_SHOTS"):
        window.screenshot(path=Path(folder) / f"room-{name}.png", full_page=False)
    assert barriers(window) == [], name
    told = spills(window)
    assert (told["wide"], told["cut"]) == (0, []), name


def test_a_room_from_the_code_to_the_summary(page: Page, browser: Browser, served_app: int) -> None:
    sign_in(page, served_app, "demo.trainer")
    go(page, "Room session")
    main = page.get_by_role("main")
    page.get_by_role("button", name="Open a room").click()
    code = page.get_by_role("heading", name=CODE).inner_text(timeout=30_000)
    settled(page)
    clean(page, "lobby")
    with phone(browser, served_app, code) as one, phone(browser, served_app, code) as other:
        expect(main).to_contain_text("2 people are in", timeout=5_000)
        page.get_by_role("button", name="Begin this case").click()
        page.get_by_role("button", name="Now everybody judges").click(timeout=30_000)
        expect(one.get_by_role("radio", name="very worried")).to_be_attached(timeout=30_000)
        clean(one, "phone-judge")
        said(one, "very worried")
        said(other, "not worried")
        expect(main).to_contain_text("2 of 2 answered", timeout=5_000)
        clean(page, "wall-judge")
        page.get_by_role("button", name="Show the score").click()
        expect(one.get_by_role("main")).to_contain_text("You said: very worried", timeout=30_000)
        for step in ("Talk about it", "What happened then?", "End this case"):
            page.get_by_role("button", name=step).click(timeout=30_000)
        page.get_by_role("button", name="Close the room").click(timeout=30_000)
        expect(other.get_by_role("main")).to_contain_text("This room is closed.", timeout=30_000)
    page.get_by_role("button", name="Prepare the summary").click(timeout=30_000)
    with page.expect_download(timeout=30_000) as taken:
        page.get_by_role("button", name="Download the summary").click(timeout=30_000)
    assert taken.value.path().read_bytes().startswith(b"%PDF")
