"""Screenshots of every page for every role: ``python -m tests.browser.shots --home HOME --out DIR``.

Look at them after each change of a page; ``--page`` and ``--account`` narrow the round. ``--states`` takes every state
of the person's page instead, in a town written for it, or with ``--page daily`` what goes on there from day to day.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Page

from data.access.roles import may
from data.home import Home
from pages.entry.registry import declared
from tests.browser import walk, walk_room
from tests.browser.driving import SIZE, chromium, go, settled, sign_in
from tests.browser.serving import served
from tests.unit.casework.town_model import write_model
from tests.unit.casework.town_states import build_states
from tests.unit.casework.town_work import write_work

ACCOUNTS = {
    "demo.north": "lead_professional",
    "demo.manager": "manager",
    "demo.trainer": "trainer",
    "demo.analyst": "analyst",
    "demo.quality": "data_quality",
    "demo.auditor": "auditor",
    "demo.hub": "mash_officer",
    "demo.hub.manager": "hub_manager",
}


def main() -> None:
    """Serve the home, walk through the pages, write one PNG each."""
    args = _arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    if args.states:
        print(*_states(args), sep="\n")
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium() as browser,
        served(args.home.absolute(), args.journal or Path(folder) / "journal.sqlite") as port,
    ):
        for account in args.account or ACCOUNTS:
            window = browser.new_page(viewport=SIZE)
            print(*_round(window, port, account, args), sep="\n")
            if account == "demo.trainer" and (not args.page or "room-session" in args.page):
                print(*_room(browser, window, port, args), sep="\n")
            window.close()


def _room(browser: Browser, wall: Page, port: int, args: argparse.Namespace) -> Iterator[Path]:
    """A room session, on the wall and on a phone."""
    phones = [browser.new_context(viewport=walk_room.PHONE).new_page() for _ in range(2)]  # type: ignore[arg-type]
    for name, window in walk_room.session(wall, *phones, port):
        yield _shot(window, args, name)
    for phone in phones:
        phone.context.close()


def _round(window: Page, port: int, account: str, args: argparse.Namespace) -> list[Path]:
    """One role's way through its pages. A page opened by its address would mean signing in again."""
    sign_in(window, port, account)
    taken = [] if args.page else [_shot(window, args, f"{account}-home")]
    for page in declared():
        listed = page.spec.listed and may(ACCOUNTS.get(account, "lead_professional"), page.spec.needs)
        if listed and (not args.page or page.spec.path in args.page):
            go(window, page.spec.title)
            taken.append(_shot(window, args, f"{account}-{page.spec.path}"))
    return taken + list(_walks(window, account, args))


def _walks(window: Page, account: str, args: argparse.Namespace) -> Iterator[Path]:
    """What a role meets beyond its addresses."""
    ways: dict[str, dict[str, Callable[[Page], walk.Steps]]] = {
        "demo.north": {"person": partial(walk.child, what_if=True)},
        "demo.manager": {path: partial(walk.figures, path=path) for path in walk.FIGURES},
        "demo.trainer": {
            "training": walk.lesson, "reading-a-score": walk.lessons, "write-a-case": walk.writing,
            "my-judgement": walk.own_judgement,
        },
        "demo.hub": {"queue": walk.contact},
    }  # fmt: skip
    for path, way in ways.get(account, {}).items():
        if args.page and path not in args.page:
            continue
        for name, step in way(window):
            step()
            yield _shot(window, args, f"{account}-{name}")


def _states(args: argparse.Namespace) -> Iterator[Path]:
    """Every state of the person's page, what goes on from day to day, and the same town where something is shut."""
    ways = {
        "daily": walk.daily, "states": walk.states, "withheld": walk.withheld, "untrained": walk.untrained,
    }  # fmt: skip
    for name, way in ways.items():
        if args.page and name not in args.page:
            continue
        first = {"KINSIGHT_TRAINING_FIRST": "1"} if way is walk.untrained else {}
        with tempfile.TemporaryDirectory() as folder, chromium() as browser:
            people = build_states(Home(Path(folder) / "home"), withheld=way is walk.withheld)
            if way is walk.daily:
                write_model(Home(Path(folder) / "home"))
                write_work(Home(Path(folder) / "home"), Path(folder) / "journal.sqlite")
            with served(Path(folder) / "home", Path(folder) / "journal.sqlite", **first) as port:
                window = browser.new_page(viewport=SIZE)
                for name, step in way(window, port, people):
                    step()
                    yield _shot(window, args, name)


def _shot(window: Page, args: argparse.Namespace, name: str) -> Path:
    # Charts and tables draw a moment after the script has finished.
    window.wait_for_timeout(1500)
    settled(window)
    path = args.out / f"{name}.png"
    window.screenshot(path=path, full_page=False)
    return path


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=Path("store"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--page", action="append", help="only this path; may be given again")
    parser.add_argument("--account", action="append", help="only this account; may be given again")
    parser.add_argument(
        "--journal", type=Path, help="what people did (SQLite); without it nobody has done anything yet"
    )
    parser.add_argument("--states", action="store_true", help="every state of the person's page")
    return parser.parse_args()


if __name__ == "__main__":
    main()
