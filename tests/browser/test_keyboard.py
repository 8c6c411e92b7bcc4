"""The main journey without a mouse: sign in, find a child, go through the tabs, judge, read why, take the page."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.driving import settled

# What a screen reader would call whatever has the focus now.
_FOCUSED = """() => {
    const it = document.activeElement
    if (!it.matches("a, button, input, textarea, [role]")) return ""
    const named = it.getAttribute("aria-label") || it.innerText || (it.labels && it.labels[0] && it.labels[0].innerText)
    return (named || "").trim()
}"""


def tab_to(page: Page, name: str, most: int = 120) -> None:
    """Press Tab until what is called ``name`` has the focus."""
    met = []
    for _ in range(most):
        page.keyboard.press("Tab")
        met.append(page.evaluate(_FOCUSED))
        if name in met[-1]:
            return
    raise AssertionError(f"{name!r} can't be reached by Tab; met {met}")


def press(page: Page, name: str) -> None:
    """Reach what is called ``name``, and press Enter on it."""
    tab_to(page, name)
    page.keyboard.press("Enter")


def test_from_the_sign_in_to_the_page_in_hand(page: Page, fernhill: int) -> None:
    page.goto(f"http://127.0.0.1:{fernhill}/search")
    settled(page)
    press(page, "Sign in as Ruth Osei")
    expect(page.get_by_role("heading", name="Find a person")).to_be_visible(timeout=60_000)
    settled(page)
    tab_to(page, "Name, date of birth, postcode")
    page.keyboard.type("jasmin kahn")
    page.keyboard.press("Enter")
    press(page, "Allocated case")
    expect(page.get_by_role("main")).to_contain_text("Yasmin Khan", timeout=60_000)
    settled(page)
    press(page, "Yasmin Khan")
    expect(page.get_by_role("heading", name="Yasmin Khan")).to_be_visible(timeout=60_000)
    settled(page)

    tab_to(page, "Story")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Score")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Save and show")).to_be_visible(timeout=60_000)
    settled(page)
    tab_to(page, "not worried")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    press(page, "Save and show")
    expect(page.get_by_role("heading", name="What raises it")).to_be_visible(timeout=60_000)
    settled(page)

    page.keyboard.press("Home")
    page.evaluate("document.activeElement.blur()")
    press(page, "Take along")
    press(page, "Prepare the page")
    expect(page.get_by_role("button", name="Download the page")).to_be_visible(timeout=60_000)
    settled(page)
    with page.expect_download(timeout=60_000) as taken:
        press(page, "Download the page")
    assert taken.value.suggested_filename == "kinsight-meeting.pdf"
