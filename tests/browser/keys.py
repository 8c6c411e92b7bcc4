"""A reader without a mouse: Tab until something has the focus, Enter, arrows and letters, and nothing else."""

from __future__ import annotations

import re

from playwright.sync_api import Frame, Locator, Page, expect

from tests.browser.driving import settled

# What a screen reader would call whatever has the focus now; in a frame, of the frame's own document.
_FOCUSED = """() => {
    const it = document.activeElement
    if (!it.matches("a, button, input, textarea, summary, [role]")) return ""
    const named = it.getAttribute("aria-label") || it.innerText || (it.labels && it.labels[0] && it.labels[0].innerText)
    return (named || "").trim()
}"""


def tab_to(
    page: Page, name: str | re.Pattern[str], most: int = 200, within: Frame | None = None, key: str = "Tab"
) -> None:
    """Press Tab until what is called ``name``, or has it in its name, has the focus."""
    sought = name if isinstance(name, re.Pattern) else re.compile(re.escape(name))
    met = []
    for _ in range(most):
        page.keyboard.press(key)
        met.append((within or page).evaluate(_FOCUSED))
        if sought.search(met[-1]):
            return
    raise AssertionError(f"{name!r} can't be reached by Tab; met {met}")


def press(page: Page, name: str | re.Pattern[str], key: str = "Tab") -> None:
    """Reach what is called ``name``, and press Enter on it."""
    tab_to(page, name, key=key)
    page.keyboard.press("Enter")


def write(page: Page, box: str | re.Pattern[str], words: str, enter: bool = False) -> None:
    """Reach a box, and type; ``enter`` sends it or chooses what the box offers for the words."""
    tab_to(page, box)
    page.keyboard.type(words)
    if enter:
        page.keyboard.press("Enter")


def come(page: Page, port: int, who: str = "Ruth Osei", path: str = "") -> None:
    """As `sign_in`, by keyboard."""
    page.goto(f"http://127.0.0.1:{port}/{path}")
    settled(page)
    press(page, f"Sign in as {who}")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=60_000)
    settled(page)


def turn_to(page: Page, title: str) -> None:
    """Go to a page by its name in the navigation."""
    press(page, re.compile(rf"(^|\n){re.escape(title)}$"))
    settled(page, title)


def open_tab(page: Page, name: str, first: str = "Story") -> None:
    """From the first tab to another by arrows; ``first`` may be whichever is open."""
    tab_to(page, re.compile(rf"^{first}$"))
    if not _by_arrows(page, page.get_by_role("tab", name=name)):
        # What was drawn anew meanwhile has lost the focus: a reader goes there once more.
        settled(page)
        tab_to(page, re.compile(rf"^{first}$"))
        assert _by_arrows(page, page.get_by_role("tab", name=name)), name
    page.keyboard.press("Enter")
    settled(page)


def _by_arrows(page: Page, sought: Locator, most: int = 20) -> bool:
    """Whether arrows to the right lead to ``sought``."""
    for _ in range(most):
        if sought.evaluate("it => it === document.activeElement"):
            return True
        page.keyboard.press("ArrowRight")
    return False


def choose(page: Page, box: str | re.Pattern[str], option: str) -> None:
    """Reach a list to choose from, type what is wanted, and take what it offers."""
    tab_to(page, box)
    page.keyboard.type(option)
    page.keyboard.press("Enter")
    settled(page)


def pick(page: Page, option: str) -> None:
    """Among a few that stand side by side: Tab to their group, arrows to ``option``, Enter."""
    one = page.get_by_role("radio", name=option, exact=True).first
    group = one.locator("xpath=ancestor::*[@role='radiogroup'][1]")
    for _ in range(200):
        page.keyboard.press("Tab")
        if group.evaluate("it => it.contains(document.activeElement)"):
            break
    assert _by_arrows(page, one), option
    page.keyboard.press("Enter")


def is_there(page: Page, words: str) -> None:
    """Wait until the page says so and rests."""
    expect(page.get_by_role("main").or_(page.get_by_test_id("stPopoverBody")).first).to_contain_text(
        words, timeout=60_000
    )
    settled(page)
