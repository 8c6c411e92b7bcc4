"""Barriers: every page of every role in a real browser, without a serious or critical one; at 200 % nothing is cut."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import walk
from tests.browser.barriers import Upstream, barriers, spills
from tests.browser.driving import SIZE, go, settled, sign_in
from tests.browser.seen import first_shown

#: What is in Streamlit and can't be mended from outside. One by one, and as few as possible.
UPSTREAM: tuple[Upstream, ...] = ()
#: A window of 1366 x 768 at 200 %.
ZOOMED = {"width": SIZE["width"] // 2, "height": SIZE["height"] // 2}


def expect_no_barrier(page: Page, where: str) -> None:
    """Neither what axe finds, nor a page wider than its window, at this width and at half of it."""
    found = barriers(page, UPSTREAM)
    assert not found, f"{where}: {found}"
    told = spills(page)
    assert (told["wide"], told["main"], told["cut"]) == (0, 0, []), where
    page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
    page.wait_for_timeout(150)
    told = spills(page)
    page.set_viewport_size(SIZE)  # type: ignore[arg-type]
    assert told["wide"] == 0, f"{where} at 200 %"
    assert told["cut"] == [], f"{where} at 200 %"


@pytest.mark.parametrize(
    ("account", "titles"), first_shown().items(), ids=lambda each: each if isinstance(each, str) else ""
)
def test_every_page_for_who_may_see_it(account: str, titles: list[str], page: Page, fernhill: int) -> None:
    sign_in(page, fernhill, account)
    expect_no_barrier(page, f"home of {account}")
    for title in titles:
        go(page, title)
        expect_no_barrier(page, title)


def test_the_sign_in(page: Page, fernhill: int) -> None:
    page.goto(f"http://127.0.0.1:{fernhill}/")
    settled(page)
    expect_no_barrier(page, "sign-in")


def test_a_childs_page_tab_by_tab_and_the_familys(page: Page, fernhill: int) -> None:
    sign_in(page, fernhill, "demo.north")
    for name, step in walk.child(page):
        step()
        expect_no_barrier(page, name)


def test_what_has_the_focus_is_seen(browser: Browser, fernhill: int) -> None:
    window = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
    sign_in(window, fernhill, "demo.north", "search")
    for _ in range(12):
        window.keyboard.press("Tab")
        ring = window.evaluate(
            "() => { const it = document.activeElement, style = getComputedStyle(it);"
            " return it === document.body || it.tagName === 'INPUT' || parseFloat(style.outlineWidth) >= 2"
            " || style.boxShadow !== 'none' }"
        )
        assert ring, window.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    window.close()
