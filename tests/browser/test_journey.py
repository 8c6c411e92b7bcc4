"""On the way to a person: from the search box by arrows, and what an address, a title and a reload give away."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.driving import go, search_for, settled, sign_in


def find_yasmin(page: Page, port: int) -> None:
    sign_in(page, port, "demo.north")
    go(page, "Search")
    search_for(page, "jasmin kahn")
    page.get_by_role("button", name="Yasmin Khan").first.click()
    expect(page.get_by_role("heading", name="Yasmin Khan")).to_be_visible(timeout=30_000)
    settled(page)


def test_from_a_misspelt_name_to_the_person_by_keyboard_alone(page: Page, fernhill: int) -> None:
    sign_in(page, fernhill, "demo.north")
    go(page, "Search")
    search_for(page, "jasmin kahn")
    expect(page.get_by_role("button", name="Yasmin Khan")).to_be_visible(timeout=30_000)
    page.keyboard.press("Shift+Tab")
    while not page.get_by_label("Name, date of birth, postcode").evaluate("box => box === document.activeElement"):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="Yasmin Khan")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Name, date of birth, postcode")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Yasmin Khan")).to_be_visible(timeout=30_000)


def test_no_person_is_in_the_address_or_the_title_and_a_reload_asks_for_the_sign_in_again(
    page: Page, fernhill: int
) -> None:
    find_yasmin(page, fernhill)
    assert "asmin" not in page.url + page.title()
    assert "?" not in page.url
    page.reload()
    expect(page.get_by_role("button", name="Sign in as Ruth Osei")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("main")).not_to_contain_text("Yasmin")


def test_a_page_for_others_is_not_in_the_navigation_and_says_whom_it_is_for(page: Page, fernhill: int) -> None:
    sign_in(page, fernhill, "demo.north", "access-log")
    expect(page.get_by_role("main")).to_contain_text("This page is for")
    expect(page.get_by_test_id("stSidebarNav").get_by_role("link", name="Access log")).to_have_count(0)


def test_the_address_asked_for_is_kept_through_the_sign_in(page: Page, fernhill: int) -> None:
    sign_in(page, fernhill, "demo.north", "search")
    expect(page.get_by_role("heading", name="Find a person")).to_be_visible(timeout=30_000)
    assert page.url.endswith("/search")
