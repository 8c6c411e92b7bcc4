"""A room session in real browsers: a trainer opens it, two phones come in and answer, the wall shows it, paper out."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from tests.browser.barriers import barriers, spills
from tests.browser.driving import settled, sign_in
from tests.browser.walk_room import PHONE, press, session


def test_a_room_from_the_code_to_the_summary_without_a_barrier(page: Page, browser: Browser, served_app: int) -> None:
    sign_in(page, served_app, "demo.trainer")
    with browser.new_context(viewport=PHONE) as mine, browser.new_context(viewport=PHONE) as theirs:  # type: ignore[arg-type]
        for name, window in session(page, mine.new_page(), theirs.new_page(), served_app):
            settled(window)
            assert barriers(window) == [], name
            told = spills(window)
            assert (told["wide"], told["cut"]) == (0, []), name
    press(page, "Prepare the summary")
    with page.expect_download(timeout=30_000) as taken:
        press(page, "Download the summary")
    assert taken.value.path().read_bytes().startswith(b"%PDF")
