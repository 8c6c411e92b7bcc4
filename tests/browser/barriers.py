"""What axe-core finds on a page, the serious and the critical, less what is Streamlit's alone, listed one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import files
from typing import Any

from playwright.sync_api import Frame, Page

#: WCAG 2.0 to 2.2, levels A and AA.
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: What is still fading is paler than it will be.
_AT_REST = "() => document.getAnimations().every(each => each.playState !== 'running')"
_RUN = """rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"]})"""


@dataclass(frozen=True)
class Barrier:
    """One element that breaks a rule."""

    rule: str
    impact: str
    where: str
    markup: str


@dataclass(frozen=True)
class Upstream:
    """A barrier that is in Streamlit and can't be mended from outside: which rule, in what element, and why."""

    rule: str
    within: str
    why: str


@cache
def script() -> str:
    """axe-core itself, from the package that carries it."""
    found = next(each for each in files("axe-playwright-python") or () if each.name == "axe.min.js")
    return found.locate().read_text(encoding="utf-8")


def barriers(page: Page | Frame, upstream: tuple[Upstream, ...] = ()) -> list[Barrier]:
    """The serious and critical barriers on the page as it is drawn now."""
    page.wait_for_function(_AT_REST)
    # What the browser has read once, it has until the page is loaded anew.
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(script())
    found: dict[str, Any] = page.evaluate(_RUN, _RULES)
    return [each for each in _barriers(found) if not any(_excused(each, one) for one in upstream)]


def _barriers(found: dict[str, Any]) -> Iterator[Barrier]:
    for violation in found["violations"]:
        if violation["impact"] in ("serious", "critical"):
            for node in violation["nodes"]:
                where = " ".join(str(each) for each in node["target"])
                yield Barrier(violation["id"], violation["impact"], where, node["html"][:300])


def _excused(barrier: Barrier, one: Upstream) -> bool:
    return barrier.rule == one.rule and one.within in barrier.where + barrier.markup


# What is wider than the window, or than the box that cuts it off.
_SPILLS = """() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
    const cut = [...document.querySelectorAll("[data-testid=stMain] button, [data-testid=stMain] p, h1, h2, h3, label")]
        .filter(each => each.offsetParent && each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0)
        .filter(each => getComputedStyle(each).overflowX !== "visible" && getComputedStyle(each).display !== "inline")
        .map(each => each.innerText.slice(0, 80))
    const main = document.querySelector("[data-testid=stMain]")
    return {wide, main: main.scrollWidth - main.clientWidth, cut}
}"""


def spills(page: Page) -> dict[str, Any]:
    """How many pixels the page is wider than the window, and which words are cut off."""
    return dict(page.evaluate(_SPILLS))
