"""Ways through the pages that addresses do not show: a child's page by tab, a guided case step by step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from playwright.sync_api import Locator, Page, expect

from tests.browser.driving import go, search_for, settled, sign_in

#: Steps that each leave a picture worth taking: its name, and how to get there from the one before.
Steps = Iterator[tuple[str, Callable[[], None]]]


def child(page: Page, what_if: bool = False) -> Steps:
    """A child's page, tab by tab: from the ranked list, with the score; or where that is withheld, from Search."""
    yield "person-story", lambda: _first_child(page)
    for tab in ("Family and friends", "Agencies"):
        yield f"person-{tab.split()[0].lower()}", lambda tab=tab: _tab(page, tab)  # type: ignore[misc]
    yield "person-judgement", lambda: _tab(page, "Score")
    if page.get_by_role("button", name="Save and show").count():
        yield "person-score", lambda: _judge(page)
        yield "person-reasons", lambda: page.mouse.wheel(0, 420)
        if what_if:
            yield "person-what-if", lambda: _what_if(page)
    yield "person-similar", lambda: _tab(page, "Similar cases")
    yield "person-views", lambda: _tab(page, "Record of views")
    yield "family-criteria", lambda: _family(page)
    for tab in ("Who and when", "Seen with", "Services and changes"):
        yield f"family-{tab.split()[0].lower()}", lambda tab=tab: _tab(page, tab)  # type: ignore[misc]


#: Views of the managers' pages beside the one that opens first, by the page's address: its title, and their names.
FIGURES: dict[str, tuple[str, tuple[str, ...]]] = {
    "caseload": (
        "Caseload", ("Breakdown", "Fair comparison", "Score to contact", "Capacity", "Outcomes", "Children"),
    ),
    "picture": ("Strategic picture", ("Needs together", "Moves", "Where records are thin")),
    "planning": ("Planning", ("Between areas", "Demand to come", "Costs")),
    "tool-outcomes": ("Outcomes of the tool", ("What followed", "Families")),
}  # fmt: skip


def figures(page: Page, path: str) -> Steps:
    """The views of one of the managers' pages."""
    title, views = FIGURES[path]
    go(page, title)
    for view in views:
        yield f"{path}-{view.lower().replace(' ', '-')}", lambda view=view: _view(page, view)  # type: ignore[misc]
    if path == "caseload":
        yield "caseload-children-named", lambda: _press(page, "Show the children", scroll=0)


def _view(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()
    # What is counted for the first time takes a moment before anything is drawn anew.
    page.wait_for_timeout(500)
    settled(page, seconds=60)


def states(page: Page, port: int, people: dict[str, int]) -> Steps:
    """Every state of the person's page, in the town of `tests.unit.casework.town_states`."""

    def opened(name: str, tab: str = "Story") -> Callable[[], None]:
        return lambda: _address(page, port, f"person?id={people[name]}", tab)

    yield "person-nobody", lambda: _address(page, port, "person")
    yield "person-not-found", lambda: _address(page, port, "person?id=12345")
    yield "person-outside", lambda: _address(page, port, f"person?id={people['outside']}")
    yield "person-story", opened("yasmin")
    yield "person-call", lambda: _press(page, "Whom to call", scroll=0)
    yield "person-family", opened("yasmin", "Family and friends")
    yield "person-agencies", opened("yasmin", "Agencies")
    yield "person-views", opened("yasmin", "Record of views")
    for name in ("adult", "baby", "quiet", "died", "busy"):
        yield f"person-{name}", opened(name)
    yield "person-busy-all", lambda: _press(page, "All", scroll=0)
    for name in ("adult", "baby", "known"):
        yield f"person-{name}-score", opened(name, "Score")
    yield from _judged(page, opened)


def _judged(page: Page, opened: Callable[..., Callable[[], None]]) -> Steps:
    """From the reader's own view to what was decided, of one child; of another, several models."""
    yield "person-judgement", opened("yasmin", "Score")
    yield "person-judgement-more", lambda: page.mouse.wheel(0, 600)
    yield "person-score", lambda: _judge(page)
    yield "person-reasons", lambda: page.mouse.wheel(0, 420)
    yield "person-records", lambda: page.get_by_role("button", name="Show the records").first.click()
    yield "person-agree", lambda: page.mouse.wheel(0, 4000)
    yield "person-decided", lambda: _decide(page)
    yield "person-models", opened("brother", "Score")
    yield "person-unmeasured", lambda: _skip(page, "Coming into care")
    yield "person-skipped", lambda: _skip(page, "Not in education, work or training")


def daily(page: Page, port: int, people: dict[str, int]) -> Steps:
    """What goes on from day to day, in the same town: who is like whom, who is with whom, what if, a request."""
    yield "similar-weights", lambda: _similar(page, port)
    yield "similar-description", lambda: _describe(page)
    yield "similar-two-people", lambda: _beside(page)
    yield "allocations", lambda: _everybodys(page)
    yield "watching", lambda: go(page, "Watching")
    yield "step-down", lambda: go(page, "Step-down")
    yield "subject-access", lambda: _request(page, port, people["yasmin"])


def _similar(page: Page, port: int) -> None:
    sign_in(page, port, "demo.north")
    go(page, "Similar")
    page.get_by_text("My weights", exact=True).click()
    settled(page)


def _describe(page: Page) -> None:
    page.get_by_text("My weights", exact=True).click()
    page.get_by_text("A description", exact=True).click()
    box = page.get_by_role("combobox", name="What is known of the child")
    for words in ("times reported missing, 12", "suspen"):
        box.fill(words)
        page.keyboard.press("Enter")
        settled(page)
    page.keyboard.press("Escape")


def _beside(page: Page) -> None:
    page.get_by_text("Two people", exact=True).click()
    for label, typed in (("One person", "yasmin khan"), ("The other person", "zofia nowak")):
        page.get_by_label(label).fill(typed)
        page.keyboard.press("Enter")
        settled(page)


def _everybodys(page: Page) -> None:
    go(page, "Allocations")
    page.get_by_role("combobox", name=re.compile("Whose")).click()
    page.get_by_role("option", name="Every team").click()
    settled(page)


def _what_if(page: Page) -> None:
    page.get_by_text("What if something were otherwise?").click()
    settled(page)
    page.get_by_role("slider").first.press("ArrowLeft")
    settled(page)
    page.get_by_text("What if something were otherwise?").evaluate("it => it.scrollIntoView()")


def _request(page: Page, port: int, person: int) -> None:
    sign_in(page, port, "demo.auditor", "subject-access")
    page.get_by_label("An agency's number").fill(str(person))
    page.keyboard.press("Enter")
    settled(page)
    page.get_by_role("button", name="Prepare the pack").click()
    settled(page)


def withheld(page: Page, port: int, people: dict[str, int]) -> Steps:
    """The same town where no model passed."""
    yield "person-withheld", lambda: _address(page, port, f"person?id={people['yasmin']}", "Score")


def contact(page: Page) -> Steps:
    """A contact of the hub before anybody graded it, and with what is suggested."""
    go(page, "Queue")
    yield "contact", lambda: _suggested(page)


def _suggested(page: Page) -> None:
    page.get_by_role("button", name="Suggestion first").click()
    settled(page)


def lesson(page: Page) -> Steps:
    """A guided case from the file to what happened."""
    go(page, "Training")
    yield "training-judge", lambda: _press(page, "I have read it")
    yield "training-score", lambda: _judge_lesson(page)
    yield "training-discuss", lambda: _press(page, "Talk about it")
    yield "training-after", lambda: _press(page, "What happened then?")


def lessons(page: Page) -> Steps:
    """Every lesson of reading a score, the first one answered."""
    go(page, "Reading a score")
    yield "lesson-1-answered", lambda: _answer(page)
    for number in range(2, 7):
        yield f"lesson-{number}", lambda at=number: _lesson(page, at)  # type: ignore[misc]


def writing(page: Page) -> Steps:
    """A case being written, beginning with a copy."""
    go(page, "Write a case")
    yield "write-child", lambda: _copied(page)
    for tab in ("People", "The file", "What happened", "Questions", "Check and save"):
        name = tab.removeprefix("The ").removeprefix("What ").split()[0].lower()
        yield f"write-{name}", lambda tab=tab: _tab(page, tab)  # type: ignore[misc]


def own_judgement(page: Page) -> Steps:
    """One's own judgements, after a guided case."""
    yield "my-judgement-after", lambda: go(page, "My judgement")


def _judge_lesson(page: Page) -> None:
    _picked(page, page.get_by_role("radio", name="worried", exact=True), "Save and show")


def _picked(page: Page, choice: Locator, button: str) -> None:
    """Choose, by keyboard, and press the button."""
    choice.focus()
    page.keyboard.press("Space")
    settled(page)
    page.get_by_role("button", name=button).click()
    settled(page)


def untrained(page: Page, port: int, people: dict[str, int]) -> Steps:
    """Somebody who took part in no training room, where the council has that come first."""
    yield "training-first", lambda: _address(page, port, f"person?id={people['yasmin']}", "Score")


def _answer(page: Page) -> None:
    _picked(page, page.get_by_role("radio").nth(6), "Check my answer")
    page.mouse.wheel(0, 4000)


def _lesson(page: Page, number: int) -> None:
    page.get_by_text(re.compile(rf"^{number}\. ")).first.click()
    settled(page)


def _copied(page: Page) -> None:
    page.get_by_role("combobox", name="Begin with").click()
    page.get_by_role("option").nth(1).click()
    page.get_by_role("button", name="Open it").click()
    settled(page)


def _first_child(page: Page) -> None:
    go(page, "Heightened risk")
    if not page.get_by_text("There is no list.").count():
        page.get_by_role("button", name=re.compile(r"^\s*(person )?1\.")).first.click()
    else:
        go(page, "Search")
        search_for(page, "smith 2011")
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


def _press(page: Page, name: str, scroll: int = 4000) -> None:
    page.get_by_role("button", name=name, exact=not scroll).or_(page.get_by_role("radio", name=name)).first.click()
    settled(page)
    page.mouse.wheel(0, scroll)


def _address(page: Page, port: int, path: str, tab: str = "") -> None:
    """Open an address anew: that is another visit, which begins with signing in."""
    sign_in(page, port, "demo.north", path)
    if tab:
        _tab(page, tab)


def _skip(page: Page, model: str) -> None:
    page.get_by_role("radio", name=model).or_(page.get_by_role("button", name=model)).first.click()
    settled(page)
    page.get_by_role("button", name="Skip, and show").click()
    expect(page.get_by_role("heading", name="What raises it")).to_be_visible(timeout=30_000)
    settled(page)


def _decide(page: Page) -> None:
    page.get_by_text("agree", exact=True).click()
    page.get_by_label("Because").fill("it fits what school says")
    page.get_by_role("button", name="Record", exact=True).click()
    settled(page)
    page.mouse.wheel(0, 4000)
