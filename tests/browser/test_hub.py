"""The hub by keyboard: a contact read, graded, decided; then a second pair of eyes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data.home import home
from data.journal import hub
from data.journal.journal import Journal
from tests.browser.driving import go, settled, sign_in
from tests.browser.serving import served
from tests.unit.triage.hub_town import LOW, WAITS, build_hub


@pytest.fixture(scope="module")
def fernhill(journal: Path) -> Iterator[int]:
    """The port of a server on Fernhill's hub."""
    build_hub(home(journal.parent / "home"))
    with served(journal.parent / "home", journal) as port:
        yield port


def test_from_a_contact_to_a_second_look(page: Page, fernhill: int, journal: Path) -> None:
    sign_in(page, fernhill, "demo.hub")
    go(page, "Queue")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Yasmin Khan", timeout=30_000)
    page.keyboard.press("1")
    expect(main).to_contain_text("Your grade: none · Suggestion: assessment", timeout=30_000)
    page.keyboard.press("Enter")
    expect(main).to_contain_text("Nothing waits.", timeout=30_000)
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, fernhill, "demo.hub.second")
    _look_again(page)
    written = Journal(f"sqlite:///{journal}")
    assert (WAITS, "NFA") in {(row["contact"], row["outcome"]) for row in hub.decisions(written)}
    assert {row["contact"] for row in hub.second_looks(written)} < {WAITS, LOW}


def _look_again(page: Page) -> None:
    go(page, "Second look")
    main = page.get_by_role("main")
    expect(main).to_contain_text("2 contacts decided", timeout=30_000)
    page.get_by_label("Because").fill("Nothing new was found")
    page.get_by_label("Because").press("Tab")
    page.get_by_role("button", name="Record").click()
    expect(main).to_contain_text("1 second look", timeout=30_000)
    settled(page)
