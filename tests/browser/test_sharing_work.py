"""The journey of a list: a child is met there, judged, allocated, followed up late, and the outcome written down."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from data.journal.casework import allocations, steps
from data.journal.journal import Journal
from data.journal.log import entries
from data.journal.verification import verify
from tests.browser.driving import go, settled, sign_in


def test_from_the_list_to_an_outcome(page: Page, fernhill: int, journal: Path) -> None:
    sign_in(page, fernhill)
    _judge_from_the_list(page)
    _allocate(page)
    go(page, "Home")
    expect(page.get_by_role("main")).to_contain_text("No follow-up is due today.")
    _follow_up(page)
    _read_back(journal)


def _judge_from_the_list(page: Page) -> None:
    go(page, "Heightened risk")
    page.get_by_role("button", name=re.compile(r"1\. Yasmin Khan")).click()
    expect(page.get_by_role("heading", name="Yasmin Khan")).to_be_visible(timeout=30_000)
    settled(page)
    page.get_by_role("tab", name="Score").click()
    settled(page)
    expect(page.get_by_role("main")).to_contain_text("You met this child on a ranked list", timeout=30_000)
    page.get_by_text("very worried").click()
    page.get_by_role("button", name="Save and show").click()
    expect(page.get_by_role("heading", name="What raises it")).to_be_visible(timeout=30_000)


def _allocate(page: Page) -> None:
    go(page, "Heightened risk")
    page.get_by_role("button", name="Allocate").first.click()
    settled(page)
    box = page.get_by_role("combobox", name=re.compile("Key worker"))
    box.click()
    box.fill("Jo Bloggs, Barnardo's")
    box.press("Enter")
    page.get_by_test_id("stForm").get_by_role("button", name="Allocate").click()
    expect(page.get_by_role("main")).to_contain_text("With Jo Bloggs, Barnardo's since", timeout=30_000)
    expect(page.get_by_role("main")).to_contain_text("1 allocated")


def _follow_up(page: Page) -> None:
    go(page, "Allocations")
    page.get_by_role("combobox", name=re.compile("Whose")).click()
    page.get_by_role("option", name="Every team").click()
    settled(page)
    due = datetime.now(UTC).date() + timedelta(14)
    expect(page.get_by_role("main")).to_contain_text(f"Follow up by {due.day} {due:%b %Y}")
    page.get_by_role("button", name="Follow up").click()
    page.get_by_role("combobox", name=re.compile("How it stands")).click()
    page.get_by_role("option", name="Ended: accepted help").click()
    page.get_by_label("What followed").fill("A mentor twice a week")
    page.get_by_role("button", name="Write down").click()
    page.get_by_text("Ended", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("A mentor twice a week", timeout=30_000)


def _read_back(journal: Path) -> None:
    """Seen on the list before it was judged, given, followed up; and the log is whole."""
    log = Journal(f"sqlite:///{journal}")
    done = [entry["action"] for entry in reversed(entries(log))]
    order = ["see ranked list", "judge", "see score", "allocate", "see allocations", "follow up allocation"]
    assert sorted(order, key=done.index) == order
    assert [row["outcome"] for row in allocations(log)] == ["accepted help"]
    assert [row["step"] for row in steps(log)] == ["allocated", "accepted help"]
    assert verify(log).ok
    log.close()
