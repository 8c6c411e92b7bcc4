"""A stranger's first visit to a fresh server, at any address, brings the sign-in and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages.entry.registry import declared
from pages.entry.wire import visit
from tests.browser.serving import nursery, served, started
from tests.nowhere import publish

PATHS = [page.spec.path for page in declared() if not page.spec.public]
#: What a stranger may open beside the sign-in, by name: nothing else, and what it says.
ROOM, ROOM_TITLE = "room", "Training room"
# Addresses of files and functions that are there, but are no pages.
SIDEWAYS = ["app", "pages", "components", "sign_in", "home", "casework/person", "../store"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("stranger") / "home")


def shown(messages: list[ForwardMsg]) -> list[str]:
    """Every element that a visit brought, in words, without the ids that differ from session to session."""
    deltas = [message.delta for message in messages if message.WhichOneof("type") == "delta"]
    elements = [delta.new_element for delta in deltas if delta.WhichOneof("type") == "new_element"]
    return [f"{element.WhichOneof('type')}: {words(element)}" for element in elements]


def words(element: object) -> str:
    inner = getattr(element, element.WhichOneof("type"))  # type: ignore[attr-defined]
    return str(getattr(inner, "body", "") or getattr(inner, "label", ""))


def titles(messages: list[ForwardMsg]) -> set[str]:
    """What the navigation calls the pages."""
    return {page.page_name for message in messages for page in message.navigation.app_pages}


@pytest.fixture(scope="module")
def sign_in(home: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    with nursery().fresh(home, tmp_path_factory.mktemp("first") / "journal.sqlite") as port:
        return shown(visit(port))


def test_the_sign_in_is_what_it_should_be(sign_in: list[str]) -> None:
    kinds = {element.split(":")[0] for element in sign_in}
    assert kinds == {"html", "heading", "markdown", "button"}
    assert "heading: Kinsight" in sign_in
    assert all(element.startswith("button: Sign in as ") for element in sign_in if element.startswith("button"))


@pytest.mark.parametrize("path", PATHS)
def test_a_fresh_servers_first_visitor_gets_the_sign_in(
    path: str, home: Path, sign_in: list[str], tmp_path: Path
) -> None:
    with nursery().fresh(home, tmp_path / "journal.sqlite") as port:
        messages = visit(port, path)
    assert shown(messages) == sign_in
    assert titles(messages) <= {"Sign in", ROOM_TITLE, "app"}


def test_so_does_everybody_later_at_every_address(home: Path, sign_in: list[str], tmp_path: Path) -> None:
    with started(home, tmp_path / "journal.sqlite") as port:
        for path in ["", *PATHS, *SIDEWAYS]:
            messages = visit(port, path)
            assert shown(messages) == sign_in, path
            assert titles(messages) == {"Sign in", ROOM_TITLE}
            # The start-up's own visit has made the pages known: nobody is told that theirs does not exist.
            lost = any(message.WhichOneof("type") == "page_not_found" for message in messages)
            assert lost == (path in SIDEWAYS)


def test_the_room_is_the_one_page_that_is_open_and_asks_for_a_code(
    home: Path, sign_in: list[str], tmp_path: Path
) -> None:
    assert [page.spec.path for page in declared() if page.spec.public] == [ROOM]
    with served(home, tmp_path / "journal.sqlite") as port:
        came = visit(port, ROOM)
        assert shown(came)[-5:] == [
            "heading: Training room",
            "markdown: You need no account. Nothing about you is asked but what you type here.",
            "text_input: Code on the wall",
            "text_input: Your name, if you want it in the training record",
            "button: Come in",
        ]
        assert not {each for each in shown(came) if each.startswith("button: Sign in")}
        assert titles(came) == {"Sign in", ROOM_TITLE}
        assert shown(visit(port)) == sign_in
