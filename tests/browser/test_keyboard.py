"""Every journey without a mouse, in one town: lists, pages and packs are read by Tab, Enter, arrows and letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from data.home import home
from data.journal.casework import allocations, steps
from data.journal.journal import Journal
from data.journal.log import entries
from data.journal.verification import verify
from tests.browser.driving import SIZE
from tests.browser.keys import choose, come, is_there, open_tab, pick, press, tab_to, turn_to, write
from tests.browser.serving import served
from tests.unit.casework.town import build
from tests.unit.casework.town_model import write_model


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keyboard") / "journal.sqlite"


@pytest.fixture(scope="module")
def fernhill(journal: Path) -> Iterator[int]:
    """The port of a server on Fernhill, a town written for tests, where Yasmin Khan is the first of the list."""
    place = home(journal.parent / "home")
    build(place)
    write_model(place)
    with served(place.path, journal) as port:
        yield port


@pytest.fixture(scope="module")
def ruth(browser: Browser, fernhill: int) -> Iterator[Page]:
    """Ruth Osei's window: she signs in once, and goes from journey to journey as on any day."""
    window = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
    come(window, fernhill)
    yield window
    window.close()


def find(page: Page, typed: str, name: str) -> None:
    """From anywhere to somebody's page: search, say why, press the first card."""
    turn_to(page, "Search")
    write(page, "Name, date of birth, postcode", typed, enter=True)
    _say_why(page, name)
    press(page, name)
    expect(page.get_by_role("heading", name=name)).to_be_visible(timeout=60_000)
    is_there(page, "Story")


def _say_why(page: Page, words: str) -> None:
    """Wait for what was asked for, and give the reason where it is asked first."""
    expect(page.get_by_role("main")).to_contain_text(re.compile(f"Why are you looking|{words}"), timeout=60_000)
    if page.get_by_text("Why are you looking?").count():
        press(page, "Allocated case")
    is_there(page, words)


def test_from_a_list_to_the_judgement_and_an_outcome(ruth: Page, journal: Path) -> None:
    """A child is met on the ranked list, judged, allocated, followed up, and the outcome written down."""
    turn_to(ruth, "Heightened risk")
    _say_why(ruth, "Yasmin Khan")
    press(ruth, re.compile(r"2\. Zofia Nowak"))
    expect(ruth.get_by_role("heading", name="Zofia Nowak")).to_be_visible(timeout=60_000)
    is_there(ruth, "Story")
    open_tab(ruth, "Score")
    is_there(ruth, "You met this child on a ranked list")
    _judge(ruth)
    turn_to(ruth, "Heightened risk")
    is_there(ruth, "Yasmin Khan")
    press(ruth, "Allocate")
    is_there(ruth, "Key worker")
    write(ruth, "Key worker", "Jo Bloggs, Barnardo's", enter=True)
    press(ruth, re.compile("^Allocate$"))
    is_there(ruth, "With Jo Bloggs, Barnardo's since")
    turn_to(ruth, "Allocations")
    choose(ruth, "Whose", "Every team")
    due = datetime.now(UTC).date() + timedelta(14)
    is_there(ruth, f"Follow up by {due.day} {due:%b %Y}")
    press(ruth, "Follow up")
    pick(ruth, "Ended: accepted help")
    write(ruth, "What followed", "A mentor twice a week")
    press(ruth, "Write down")
    expect(ruth.get_by_role("main")).not_to_contain_text("Follow up by", timeout=60_000)
    pick(ruth, "Ended")
    is_there(ruth, "A mentor twice a week")
    _read_back(journal)


def _judge(page: Page) -> None:
    expect(page.get_by_role("main")).not_to_contain_text("What raises it")
    tab_to(page, "not worried")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    press(page, "Save and show")
    expect(page.get_by_role("heading", name="What raises it")).to_be_visible(timeout=60_000)


def _read_back(journal: Path) -> None:
    """Seen on the list before it was judged, given, followed up; and the log is whole."""
    log = Journal(f"sqlite:///{journal}")
    done = [entry["action"] for entry in reversed(entries(log, limit=2_000))]
    order = ["see ranked list", "judge", "see score", "allocate", "see allocations", "follow up allocation"]
    assert sorted(order, key=done.index) == order
    assert [row["outcome"] for row in allocations(log)] == ["accepted help"]
    assert [row["step"] for row in steps(log)] == ["allocated", "accepted help"]
    assert verify(log).ok
    log.close()


def test_from_a_misspelt_name_to_the_page_in_hand(ruth: Page, journal: Path) -> None:
    """Found, judged before, read why and in which records, tried what if, taken to a meeting."""
    find(ruth, "jasmin kahn", "Yasmin Khan")
    open_tab(ruth, "Score")
    _judge(ruth)
    is_there(ruth, "Reported missing 4 times")
    press(ruth, "Show the records")
    expect(ruth.get_by_role("dialog").or_(ruth.get_by_role("main"))).to_contain_text("police_missing", timeout=60_000)
    ruth.keyboard.press("Escape")
    press(ruth, "What if something were otherwise?")
    is_there(ruth, "As it is")
    tab_to(ruth, re.compile("missing.*12 months", re.IGNORECASE))
    ruth.keyboard.press("ArrowLeft")
    is_there(ruth, "As it would be")
    press(ruth, "Take along")
    press(ruth, "Prepare the page")
    expect(ruth.get_by_role("button", name="Download the page")).to_be_visible(timeout=60_000)
    with ruth.expect_download(timeout=60_000) as taken:
        press(ruth, "Download the page")
    assert taken.value.suggested_filename == "kinsight-meeting.pdf"
    log = Journal(f"sqlite:///{journal}")
    done = {entry["action"] for entry in entries(log, limit=2_000)}
    assert {"sign in", "search people", "see person", "judge", "see score"} <= done
    assert verify(log).ok
    log.close()


def test_who_is_like_whom_by_ones_own_weights_by_description_and_two_beside_each_other(ruth: Page) -> None:
    turn_to(ruth, "Similar")
    is_there(ruth, "Yasmin Khan")
    press(ruth, "My weights")
    pick(ruth, "Less")
    is_there(ruth, "By your own weights")
    pick(ruth, "A description")
    choose(ruth, "What is known of the child", "missing")
    is_there(ruth, "Nearest children in your area")
    pick(ruth, "Two people")
    write(ruth, "One person", "jasmin kahn", enter=True)
    is_there(ruth, "Which one")
    write(ruth, "The other person", "zofia nowak", enter=True)
    is_there(ruth, "Shared")
    expect(ruth.get_by_role("main")).to_contain_text("Zofia Nowak")


def test_somebody_is_watched_and_whoever_fell_stands_among_those_to_step_down(ruth: Page) -> None:
    find(ruth, "leo nowak 2009", "Leo Nowak")
    press(ruth, re.compile(r"(^|\n)Watch\n"))
    write(ruth, re.compile("^Why$"), "goes quiet at school", enter=True)
    is_there(ruth, "Watched")
    turn_to(ruth, "Step-down")
    is_there(ruth, "Leo Nowak")
    expect(ruth.get_by_role("main")).to_contain_text("you watch")
    turn_to(ruth, "Watching")
    is_there(ruth, "goes quiet at school")
    press(ruth, "Stop watching")
    is_there(ruth, "You watch nobody")


def test_the_glass_is_broken_for_somebody_outside_the_area(ruth: Page) -> None:
    turn_to(ruth, "Search")
    write(ruth, "Name, date of birth, postcode", "ruby williams 21/11/2010", enter=True)
    _say_why(ruth, "Somebody outside your area")
    press(ruth, "Emergency access")
    is_there(ruth, "Why you need to see this person now")
    write(ruth, "Why you need to see this person now", "Missing tonight with a child of mine")
    press(ruth, "Open the record")
    is_there(ruth, "Ruby Williams")
    press(ruth, "Ruby Williams")
    expect(ruth.get_by_role("heading", name="Ruby Williams")).to_be_visible(timeout=60_000)


def test_everything_held_of_one_person_and_what_they_contest(page: Page, fernhill: int) -> None:
    come(page, fernhill, "Peter Adeyemi", "subject-access")
    write(page, "Or surname", "Williams")
    write(page, "with date of birth", "21/11/2010")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    is_there(page, "Whom it is about")
    press(page, "Prepare the pack")
    expect(page.get_by_role("button", name="Download as PDF")).to_be_visible(timeout=60_000)
    press(page, "Write down a contest")
    write(page, "Which one", "Absent in May")
    write(page, "What the person says is wrong", "I was in hospital")
    press(page, "Write it down")
    is_there(page, "I was in hospital")
