"""A room session, screen by screen: a trainer at the wall and two phones, from the empty page to the closed room."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.browser.driving import go, settled

PHONE = {"width": 360, "height": 740}
CODE = re.compile(r"^[2-9A-Z]{4}-[2-9A-Z]{4}$")
#: A screen worth a look: its name, and the window that shows it.
Screens = Iterator[tuple[str, Page]]


def session(wall: Page, one: Page, other: Page, port: int) -> Screens:
    """Every screen, in order. The trainer is signed in at ``wall``; nobody is at the phones."""
    go(wall, "Room session")
    yield "room", wall
    press(wall, "Open a room")
    code = wall.get_by_role("heading", name=CODE).inner_text(timeout=30_000)
    settled(wall)
    yield "room-lobby", wall
    for phone in (one, other):
        phone.goto(f"http://127.0.0.1:{port}/room?code={code}")
        expect(phone.get_by_role("button", name="Come in")).to_be_visible(timeout=30_000)
    yield "room-phone", one
    for phone in (one, other):
        press(phone, "Come in")
        says(phone, "You are in.")
    says(wall, "2 people are in")
    press(wall, "Begin this case")
    says(one, "The file (")
    yield "room-read", wall
    yield "room-phone-read", one
    yield from _judged(wall, one, other)
    yield from _over(wall, one, other)


def _judged(wall: Page, one: Page, other: Page) -> Screens:
    press(wall, "Now everybody judges")
    expect(one.get_by_role("radio", name="very worried")).to_be_attached(timeout=30_000)
    yield "room-phone-judge", one
    answer(one, "very worried", "Missing, and an older boyfriend")
    answer(other, "not worried")
    says(wall, "2 of 2 answered")
    yield "room-judge", wall
    press(wall, "Show the score")
    says(one, "You said: very worried")
    says(wall, "two of you at random gave the same answer 0 times of 10")
    yield "room-score", wall
    yield "room-phone-score", one
    press(wall, "Talk about it")
    expect(other.get_by_role("radio", name="very worried")).to_be_attached(timeout=30_000)
    answer(other, "worried")
    says(wall, "1 became more worried and 0 less")
    yield "room-discuss", wall
    press(wall, "What happened then?")
    says(one, "In short:")
    yield "room-outcome", wall
    yield "room-phone-outcome", one


def _over(wall: Page, one: Page, other: Page) -> Screens:
    press(wall, "End this case")
    press(wall, "Ask for feedback")
    says(one, "Before you go")
    one.get_by_role("radio", name="very much").first.focus()
    one.keyboard.press("Space")
    one.get_by_label("What will you do differently?").fill("Ask sooner who else she goes with")
    press(one, "Send")
    says(one, "Thank you.")
    yield "room-phone-feedback", one
    says(wall, "Ask sooner who else she goes with")
    yield "room-feedback", wall
    press(wall, "Close the room")
    says(other, "This room is closed.")
    yield "room-phone-closed", other
    says(wall, "Rooms that are over")
    yield "room-closed", wall


def answer(phone: Page, worry: str, why: str = "") -> None:
    """Choose, by keyboard, and send."""
    phone.get_by_role("radio", name=worry, exact=True).focus()
    phone.keyboard.press("Space")
    phone.get_by_label("What makes you think so?").fill(why)
    press(phone, "Send")
    says(phone, f"Sent: {worry}")


def press(window: Page, name: str) -> None:
    """Press the button, once it is there."""
    window.get_by_role("button", name=name).click(timeout=30_000)


def says(window: Page, words: str) -> None:
    """Wait until the page says so."""
    expect(window.get_by_role("main")).to_contain_text(words, timeout=30_000)
