"""Take along: one page for a meeting, whoever it is about; logged before it is made; a score only after a judgement."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from analytics.casework import take_along
from analytics.casework.score import judge
from data.access.gate import Session
from data.access.reader import AccessRefused
from data.journal.casework import allocations
from data.journal.log import entries
from data.papers.sheet import Section
from pages.casework import take_along as page
from pages.entry import here
from tests.unit.casework.conftest import Fernhill

Paper = Callable[[Session, int], dict[str, Any]]


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> Paper:
    """The words of the page, section by section, and its bytes."""

    def made(session: Session, person: int) -> dict[str, Any]:
        said: dict[str, Any] = {}

        def sheet(title: str, about: list[str], *columns: list[Section], mark: str, foot: str) -> bytes:
            said.update({each.title: " | ".join(each.lines) for column in columns for each in column})
            said.update(title=title, about=" ".join(about), mark=mark, foot=foot)
            return SHEET(title, about, *columns, mark=mark, foot=foot)

        monkeypatch.setattr(page, "sheet", sheet)
        token = here._HERE.set(here.Here(session, session.reader))
        try:
            said["bytes"] = page.paper(take_along.taken(session, person))
        finally:
            here._HERE.reset(token)
        return said

    return made


SHEET = page.sheet


def pages_of(document: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", document))


def test_who_family_whom_to_call_what_happened_strengths_and_services(
    town: Fernhill, session_of: Callable[..., Session], paper: Paper
) -> None:
    said = paper(session_of(), town["yasmin"])
    assert said["title"] == "Yasmin Khan"
    assert "14 years, girl" in said["about"]
    assert "Saima Khan**, mother" in said["Family and household"]
    assert "Ruth Osei" in said["Whom to call"]
    assert said["What happened lately, latest first"].startswith("**20 Aug 2026** Reported missing")
    assert "Early help" in said["Open services"]
    assert said["mark"] == "Invented city: no real people"
    assert re.fullmatch(r"Taken by Ruth Osei on .* for: Allocated case. Records to 1 Oct 2026.", said["foot"])
    assert pages_of(said["bytes"]) == 1


def test_no_score_until_the_reader_has_judged_and_then_with_its_reasons_and_limits(
    town: Fernhill, session_of: Callable[..., Session], paper: Paper
) -> None:
    before = paper(session_of(), town["yasmin"])
    assert not [name for name in before if name.startswith("Score")]
    assert "the reader has not said what they think" in before["Limits"]
    session = session_of()
    judge(session, town["yasmin"], "cse", 2, "")
    after = paper(session, town["yasmin"])
    (score,) = [words for name, words in after.items() if name.startswith("Score")]
    assert "children of the same age" in score
    assert "Reported missing 4 times" in score
    assert "It does not know" in score
    assert pages_of(after["bytes"]) == 1


def test_it_is_in_the_log_before_anything_is_read(
    town: Fernhill, session_of: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of()
    run, seen = Session.run, []

    def running(self: Session, query: str, params: Any) -> Any:
        seen.append([entry["action"] for entry in entries(session.journal)])
        return run(self, query, params)

    monkeypatch.setattr(Session, "run", running)
    take_along.taken(session, town["yasmin"])
    assert seen
    assert all("take a page along" in each for each in seen)
    assert not allocations(session.journal)


def test_nobody_outside_the_readers_area_is_taken_along(town: Fernhill, session_of: Callable[..., Session]) -> None:
    with pytest.raises(AccessRefused, match="outside your area"):
        take_along.taken(session_of("demo.central"), town["yasmin"])
    with pytest.raises(AccessRefused, match="Your role"):
        take_along.taken(session_of("demo.manager"), town["yasmin"])


def test_from_the_page_in_two_steps(town: Fernhill, open_page: Any) -> None:
    app = open_page("person", home=town.home, person=town["yasmin"])
    app.button(key=f"person_take_{town['yasmin']}").click().run()
    assert not app.exception
    (download,) = app.get("download_button")
    assert download.proto.label == "Download the page"
    assert any(f"/person?id={town['yasmin']}" in each.value for each in app.code)
