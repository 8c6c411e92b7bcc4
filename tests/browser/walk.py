"""Ways through the pages that addresses do not show: a child's page by tab, a guided case step by step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from playwright.sync_api import Page, expect

from tests.browser.driving import go, settled

#: Steps that each leave a picture worth taking: its name, and how to get there from the one before.
Steps = Iterator[tuple[str, Callable[[], None]]]


def child(page: Page) -> Steps:
    """A child's page, tab by tab: from the ranked list, with the score; or where that is withheld, from Search."""
    yield "person-story", lambda: _first_child(page)
    for tab in ("Family and friends", "Agencies"):
        yield f"person-{tab.split()[0].lower()}", lambda tab=tab: _tab(page, tab)  # type: ignore[misc]
    yield "person-judgement", lambda: _tab(page, "Score")
    if page.get_by_role("button", name="Save and show").count():
        yield "person-score", lambda: _judge(page)
        yield "person-reasons", lambda: page.mouse.wheel(0, 420)
    yield "person-similar", lambda: _tab(page, "Similar cases")
    yield "person-views", lambda: _tab(page, "Record of views")
    yield "family-criteria", lambda: _family(page)
    for tab in ("Who and when", "Seen with", "Services and changes"):
        yield f"family-{tab.split()[0].lower()}", lambda tab=tab: _tab(page, tab)  # type: ignore[misc]


def lesson(page: Page) -> Steps:
    """A guided case from the file to what happened."""
    go(page, "Training")
    yield "training-judge", lambda: _press(page, "I have read it")
    yield "training-score", lambda: _press(page, "Skip, and say so")
    yield "training-after", lambda: _press(page, "What happened then?")


def _first_child(page: Page) -> None:
    go(page, "Heightened risk")
    if not page.get_by_text("There is no list.").count():
        page.get_by_role("button", name=re.compile(r"^\s*(person )?1\.")).first.click()
    else:
        go(page, "Search")
        page.get_by_label("Name, date of birth, postcode").fill("smith 2011")
        page.keyboard.press("Enter")
        page.get_by_role("main").get_by_role("button", name=re.compile("Smith")).first.click()
    expect(page.get_by_role("tab", name="Score")).to_be_visible(timeout=30_000)
    settled(page)


def _tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()
    settled(page)


def _family(page: Page) -> None:
    """From the person's page, as their lead professional would."""
    _tab(page, "Family and friends")
    page.get_by_role("link", name="The whole family").click()
    expect(page.get_by_role("tab", name="Who and when")).to_be_visible(timeout=30_000)
    settled(page)


def _judge(page: Page) -> None:
    page.get_by_text("very worried").click()
    page.get_by_role("button", name="Save and show").click()
    expect(page.get_by_role("heading", name="What raises it")).to_be_visible(timeout=30_000)
    settled(page)


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()
    settled(page)
    page.mouse.wheel(0, 4000)
