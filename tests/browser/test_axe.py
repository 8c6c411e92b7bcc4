"""Barriers: every page of every role in a real browser, without a serious or critical one; at 200 % nothing is cut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser import walk
from tests.browser.barriers import Upstream, barriers, spills
from tests.browser.driving import SIZE, go, settled, sign_in, sign_out, window
from tests.browser.seen import first_shown

#: What is in Streamlit and can't be mended from outside. One by one, and as few as possible.
UPSTREAM: tuple[Upstream, ...] = ()
#: A window of 1366 x 768 at 200 %.
ZOOMED = {"width": SIZE["width"] // 2, "height": SIZE["height"] // 2}


@pytest.fixture(scope="module")
def reader(laptop: BrowserContext) -> Iterator[Page]:
    """A window at which one after another signs in."""
    with window(laptop) as opened:
        yield opened


def come(page: Page, port: int, account: str) -> None:
    """The next to sit down at the window signs in, and begins at home."""
    if page.get_by_role("button", name="Sign out").count():
        sign_out(page)
    sign_in(page, port, account)
    go(page, "Home")


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
def test_every_page_for_who_may_see_it(account: str, titles: list[str], reader: Page, fernhill: int) -> None:
    come(reader, fernhill, account)
    expect_no_barrier(reader, f"home of {account}")
    for title in titles:
        go(reader, title)
        expect_no_barrier(reader, title)


def test_the_sign_in(page: Page, fernhill: int) -> None:
    page.goto(f"http://127.0.0.1:{fernhill}/")
    settled(page)
    expect_no_barrier(page, "sign-in")


def test_a_childs_page_tab_by_tab_and_the_familys(reader: Page, fernhill: int) -> None:
    come(reader, fernhill, "demo.north")
    for name, step in walk.child(reader):
        step()
        expect_no_barrier(reader, name)


def test_what_has_the_focus_is_seen(page: Page, fernhill: int) -> None:
    sign_in(page, fernhill, "demo.north", "search")
    for _ in range(12):
        page.keyboard.press("Tab")
        ring = page.evaluate(
            "() => { const it = document.activeElement, style = getComputedStyle(it);"
            " return it === document.body || it.tagName === 'INPUT' || parseFloat(style.outlineWidth) >= 2"
            " || style.boxShadow !== 'none' }"
        )
        assert ring, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
