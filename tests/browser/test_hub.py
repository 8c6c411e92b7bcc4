"""The hub by keyboard: a contact read, graded, decided; a second pair of eyes; a pilot, from contact to report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from data.home import home
from data.journal import hub
from data.journal.journal import Journal
from data.journal.log import entries
from tests.browser.driving import SIZE, go, settled, sign_in, sign_out
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
    sign_out(page)
    sign_in(page, fernhill, "demo.hub.second")
    _look_again(page, journal)
    written = Journal(f"sqlite:///{journal}")
    assert (WAITS, "NFA") in {(row["contact"], row["outcome"]) for row in hub.decisions(written)}
    assert {row["contact"] for row in hub.second_looks(written)} < {WAITS, LOW}


def test_from_a_contact_in_to_the_report_of_a_pilot_out(
    page: Page, browser: Browser, fernhill: int, journal: Path, tmp_path: Path
) -> None:
    with browser.new_context(viewport=SIZE) as one, browser.new_context(viewport=SIZE) as other:
        officer, second = one.new_page(), other.new_page()
        sign_in(page, fernhill, "demo.hub.manager")
        go(page, "Pilot")
        _say(page, page.get_by_label("Because", exact=True).last, "To see what it does", "Begin the pilot")
        expect(page.get_by_role("main")).to_contain_text("Shadow, pilot P", timeout=30_000)
        _grade_one(officer, fernhill)
        _say(page, page.get_by_label("Stop it because"), "Enough was seen", "Stop the pilot")
        expect(page.get_by_role("main")).to_contain_text("No pilot runs.", timeout=30_000)
        sign_in(second, fernhill, "demo.hub.second")
        go(second, "Second look")
        expect(second.get_by_role("main")).to_contain_text("Child was hit, was injured.", timeout=30_000)
        _record(second, journal)
    report, figures = _report(page, tmp_path)
    assert report.startswith(b"%PDF")
    assert '"Looked at again","In shadow","c","1"' in figures
    written = Journal(f"sqlite:///{journal}")
    (came,) = [row["contact"] for row in hub.contacts(written)]
    assert {row["contact"]: row["suggested"] for row in hub.grades(written)}[came] == 3
    assert came in {row["contact"] for row in hub.second_looks(written)}
    assert "take a pilot's report" in {entry["action"] for entry in entries(written)}


def _say(page: Page, field: Locator, why: str, button: str) -> None:
    field.fill(why)
    field.press("Tab")
    settled(page)
    page.get_by_role("button", name=button).click()


def _grade_one(page: Page, port: int) -> None:
    """An officer hands a contact in and decides it low, in a pilot that shows no suggestion."""
    sign_in(page, port, "demo.hub")
    go(page, "Queue")
    _hand_in(page)
    main = page.get_by_role("main")
    expect(main).to_contain_text("Suggestions are being tried in the background", timeout=30_000)
    page.keyboard.press("1")
    expect(main).to_contain_text("Your grade: none · no suggestion", timeout=30_000)
    page.keyboard.press("Enter")
    expect(main).not_to_contain_text("Child was hit, was injured.", timeout=30_000)


def _hand_in(page: Page) -> None:
    """A contact about Yasmin Khan, typed by hand."""
    page.get_by_role("button", name="New contact").click()
    page.get_by_label("Whom is it about?").fill("Yasmin Khan")
    page.get_by_label("Whom is it about?").press("Enter")
    for field, option in (("People", "Yasmin Khan"), ("Told by", "Housing"), ("Reason", "Neglect")):
        page.get_by_role("combobox", name=field).click()
        page.get_by_role("option").filter(has_text=option).first.click()
        page.keyboard.press("Tab")
        settled(page)
    page.get_by_label("What was said").fill("Child was hit, was injured.")
    page.get_by_label("What was said").press("Tab")
    page.get_by_role("button", name="Put in the queue").click()
    expect(page.get_by_role("button", name="Put in the queue")).to_be_hidden(timeout=30_000)
    settled(page)


def _report(page: Page, folder: Path) -> tuple[bytes, str]:
    """The evaluation report and its figures, as they are taken away."""
    page.get_by_text("Results", exact=True).click()
    page.get_by_role("button", name="Prepare the report").click()
    for name, file in (("Download the report", "report.pdf"), ("Figures as CSV", "figures.csv")):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        download.value.save_as(folder / file)
    return (folder / "report.pdf").read_bytes(), (folder / "figures.csv").read_text("utf-8-sig")


def _look_again(page: Page, journal: Path) -> None:
    go(page, "Second look")
    expect(page.get_by_role("main")).to_contain_text("2 contacts decided", timeout=30_000)
    _record(page, journal)


def _record(page: Page, journal: Path) -> None:
    """Until it is written: a press while the page is drawn anew may be lost, and a reader presses again."""
    written = Journal(f"sqlite:///{journal}")
    before = len(hub.second_looks(written))
    for _ in range(5):
        page.get_by_label("Because").fill("Nothing new was found")
        page.get_by_label("Because").press("Tab")
        page.wait_for_timeout(300)
        settled(page)
        page.get_by_role("button", name="Record").click()
        page.wait_for_timeout(1500)
        settled(page)
        if len(hub.second_looks(written)) > before:
            break
    expect(page.get_by_role("main")).to_contain_text("Nothing new was found", timeout=30_000)
    settled(page)
